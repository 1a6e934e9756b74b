"""What a response_url, or the ack of a command, shows in the channel."""

from __future__ import annotations

import time

from tests.platforms.slack.api_chat import replace, thread_root, written
from tests.platforms.slack.methods import check_message, truth
from tests.platforms.slack.state import Invalid, Json, Message, Refused, ResponseUrl
from tests.platforms.slack.workspace import Workspace

_USES = 5
_SECONDS = 30 * 60
_KNOWN = {
    *("text", "blocks", "attachments", "response_type", "replace_original", "delete_original"),
    *("unfurl_links", "unfurl_media", "thread_ts", "metadata", "mrkdwn"),
}


def use(slack: Workspace, id: str, body: Json) -> None:
    """Answer an interaction. Raises Refused if the address is used up."""
    url = slack.response_urls.get(id)
    if url is None or time.monotonic() - url.born > _SECONDS:
        raise Refused("expired_url")
    if url.uses >= _USES:
        raise Refused("used_url")
    url.uses += 1
    show(slack, url, body)


def show(slack: Workspace, url: ResponseUrl, body: Json) -> None:
    """Post, replace or delete, as the body says."""
    _check(slack, body)
    original = url.message
    if truth(body.get("delete_original")):
        _delete(slack, original)
    elif truth(body.get("replace_original")) and original is not None:
        if original not in _shelf(slack, original):
            raise Refused("message_not_found")
        replace(slack, original, body)
    else:
        channel = slack.channels[url.channel]
        message = written(slack, url.channel, body)
        message.thread_ts = thread_root(channel, body.get("thread_ts"))
        if body.get("response_type") != "in_channel":
            message.only_for = url.user
        _shelf(slack, message).append(message)


def _check(slack: Workspace, body: Json) -> None:
    if unknown := set(body) - _KNOWN:
        raise Invalid("invalid_payload", [f"response: unknown key {sorted(unknown)}"])
    has_content = any(body.get(name) for name in ("text", "blocks", "attachments"))
    if not has_content and not truth(body.get("delete_original")):
        raise Invalid("no_text", ["response: nothing to show"])
    check_message(slack, body)


def _shelf(slack: Workspace, message: Message) -> list[Message]:
    """Return the list that a message is seen in."""
    if message.only_for is not None:
        return slack.ephemerals[message.only_for]
    return slack.channels[message.channel].history


def _delete(slack: Workspace, original: Message | None) -> None:
    if original is not None and original in _shelf(slack, original):
        _shelf(slack, original).remove(original)
