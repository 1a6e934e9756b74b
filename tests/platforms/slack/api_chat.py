"""The chat.* methods: posting, editing and deleting messages."""

from __future__ import annotations

import re
from copy import deepcopy

from tests.platforms.slack import shapes
from tests.platforms.slack.methods import Method, channel_of, check_message, truth
from tests.platforms.slack.state import Channel, Json, Message, Refused
from tests.platforms.slack.workspace import Workspace

_CONTENT = ("text", "blocks", "attachments")
_COMMON = (*_CONTENT, "as_user", "link_names", "parse", "username", "icon_emoji", "icon_url")
_TS = re.compile(r"\d{10}\.\d{6}")


def identified(slack: Workspace, blocks: list[Json] | None) -> list[Json]:
    """Return a copy with the block and action ids that Slack adds where there are none."""
    copied = deepcopy(blocks or [])
    for block in copied:
        block.setdefault("block_id", slack.new_id("b"))
        inside = [*(block.get("elements") or []), block.get("accessory"), block.get("element")]
        for element in inside:
            if element and element["type"] not in ("image", "plain_text", "mrkdwn"):
                element.setdefault("action_id", slack.new_id("a"))
    return copied


def written(slack: Workspace, channel: str, content: Json) -> Message:
    """Return a message of the bot's that is in no history yet."""
    attachments = deepcopy(content.get("attachments") or [])
    for number, attachment in enumerate(attachments, 1):
        attachment["id"] = number
        attachment["blocks"] = identified(slack, attachment.get("blocks"))
    return Message(
        channel=channel,
        ts=slack.new_ts(),
        author=slack.bot_user,
        text=content.get("text") or "",
        blocks=identified(slack, content.get("blocks")),
        attachments=attachments,
        metadata=deepcopy(content.get("metadata")) or None,
    )


def edit(slack: Workspace, message: Message, content: Json) -> None:
    """Change what is mentioned; new text alone takes the place of the old blocks."""
    kept = {name: getattr(message, name) for name in ("text", "attachments", "metadata")}
    if content.get("text") is None:
        kept["blocks"] = message.blocks
    replace(slack, message, content)
    for name, value in kept.items():
        if content.get(name) is None:
            setattr(message, name, value)


def replace(slack: Workspace, message: Message, content: Json) -> None:
    """Put new content in the message's place."""
    new = written(slack, message.channel, content)
    message.text, message.blocks = new.text, new.blocks
    message.attachments, message.metadata = new.attachments, new.metadata
    message.edited = slack.new_ts()


def thread_root(channel: Channel, thread_ts: str | None) -> str | None:
    """Return the ts of the message that began the thread. Raises Refused if there is none."""
    if not thread_ts:
        return None
    if not _TS.fullmatch(str(thread_ts)):
        raise Refused("invalid_thread_ts")
    parent = channel.find(thread_ts)
    if parent is None:
        raise Refused("thread_not_found")
    return parent.thread_ts or parent.ts


def open_channel_of(slack: Workspace, arguments: Json) -> Channel:
    """Return the channel that is meant. Raises Refused if nothing can be posted there."""
    channel = channel_of(slack, arguments)
    if channel.archived:
        raise Refused("is_archived")
    return channel


def _has_content(arguments: Json) -> None:
    if not any(arguments.get(name) for name in _CONTENT):
        raise Refused("no_text")


def _post(slack: Workspace, arguments: Json) -> Json:
    channel = open_channel_of(slack, arguments)
    _has_content(arguments)
    check_message(slack, arguments)
    root = thread_root(channel, arguments.get("thread_ts"))
    message = written(slack, channel.id, arguments)
    message.thread_ts = root
    message.broadcast = truth(arguments.get("reply_broadcast"))
    channel.history.append(message)
    shape = shapes.of_message(slack, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shape}


def _ephemeral(slack: Workspace, arguments: Json) -> Json:
    channel = channel_of(slack, arguments)
    if arguments["user"] not in channel.members:
        raise Refused("user_not_in_channel")
    _has_content(arguments)
    check_message(slack, arguments)
    message = written(slack, channel.id, arguments)
    message.thread_ts = thread_root(channel, arguments.get("thread_ts"))
    message.only_for = arguments["user"]
    slack.ephemerals[message.only_for].append(message)
    return {"message_ts": message.ts}


def _own(slack: Workspace, arguments: Json, refusal: str) -> tuple[Channel, Message]:
    if arguments["channel"] in slack.users:
        # To post, a person's id is enough; to edit, the conversation's own is needed.
        raise Refused("channel_not_found")
    channel = channel_of(slack, arguments)
    if channel.archived:
        raise Refused("is_inactive")
    message = channel.find(str(arguments["ts"]))
    if message is None:
        raise Refused("message_not_found")
    if message.author != slack.bot_user:
        raise Refused(refusal)
    return channel, message


def _update(slack: Workspace, arguments: Json) -> Json:
    channel, message = _own(slack, arguments, "cant_update_message")
    check_message(slack, arguments)
    if all(arguments.get(name) is None for name in (*_CONTENT, "metadata")):
        raise Refused("no_text")
    edit(slack, message, arguments)
    shape = shapes.of_message(slack, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shape}


def _delete(slack: Workspace, arguments: Json) -> Json:
    channel, message = _own(slack, arguments, "cant_delete_message")
    channel.history.remove(message)
    return {"channel": channel.id, "ts": message.ts}


def _permalink(slack: Workspace, arguments: Json) -> Json:
    channel = channel_of(slack, arguments, member=False)
    message = channel.find(str(arguments["message_ts"]))
    if message is None:
        raise Refused("message_not_found")
    link = f"{slack.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS = {
    "chat.postMessage": Method(
        _post,
        "chat:write",
        needs=("channel",),
        takes=(
            *(*_COMMON, "metadata", "thread_ts", "reply_broadcast"),
            *("unfurl_links", "unfurl_media", "mrkdwn"),
        ),
    ),
    "chat.postEphemeral": Method(
        _ephemeral, "chat:write", needs=("channel", "user"), takes=(*_COMMON, "thread_ts")
    ),
    "chat.update": Method(
        _update,
        "chat:write",
        needs=("channel", "ts"),
        takes=(*_CONTENT, "metadata", "as_user", "link_names", "parse", "reply_broadcast"),
    ),
    "chat.delete": Method(_delete, "chat:write", needs=("channel", "ts"), takes=("as_user",)),
    "chat.getPermalink": Method(_permalink, needs=("channel", "message_ts")),
}
