"""What Slack tells the program when a person does something."""

from __future__ import annotations

import time
from copy import deepcopy

from tests.platforms.slack import shapes
from tests.platforms.slack.seen import all_blocks
from tests.platforms.slack.state import Channel, Json, Message, ResponseUrl, Trigger, User, View
from tests.platforms.slack.workspace import Workspace


def command(slack: Workspace, user: User, words: tuple[str, str], channel: Channel) -> Json:
    """Tell of a command and the text after it."""
    url, _ = response_url(slack, user, channel.id, None)
    return {
        "token": "verification",
        "team_id": slack.team_id,
        "team_domain": slack.team_name.lower(),
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": user.id,
        "user_name": user.name.lower(),
        "command": words[0],
        "text": words[1],
        "api_app_id": slack.app_id,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": trigger(slack, user),
    }


def event(slack: Workspace, user: User, body: Json) -> Json:
    """Tell of something that happened."""
    if user.team != slack.team_id:
        body |= {"user_team": user.team, "source_team": user.team}
    installed: Json = {
        "enterprise_id": None,
        "team_id": slack.team_id,
        "user_id": slack.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "verification",
        "team_id": slack.team_id,
        "context_team_id": slack.team_id,
        "api_app_id": slack.app_id,
        "event": body,
        "type": "event_callback",
        "event_id": slack.new_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [installed],
        "is_ext_shared_channel": user.team != slack.team_id,
        "event_context": slack.new_id("context"),
    }


def pressed(slack: Workspace, user: User, where: Message | View, action: Json) -> Json:
    """Tell of a button that was pressed, or an option that was chosen."""
    payload = _interaction(slack, user, "block_actions", in_modal=_is_modal(where))
    payload["actions"] = [action | {"action_ts": slack.new_ts()}]
    if isinstance(where, View):
        payload["container"] = {"type": "view", "view_id": where.id}
        payload["view"] = shapes.of_view(slack, where)
        return payload
    payload |= _place(slack, user, where)
    payload["container"] = _container(where, action["block_id"])
    payload["state"] = {"values": deepcopy(where.answers)}
    if where.only_for is None:
        payload["message"] = shapes.of_message(slack, where, metadata=True)
    return payload


def shortcut(slack: Workspace, user: User, callback_id: str, message: Message | None) -> Json:
    """Tell of a shortcut on a message, or of a global one."""
    kind = "shortcut" if message is None else "message_action"
    payload = _interaction(slack, user, kind) | {"callback_id": callback_id}
    payload["action_ts"] = slack.new_ts()
    if message is not None:
        payload |= _place(slack, user, message)
        payload["message_ts"] = message.ts
        payload["message"] = shapes.of_message(slack, message, metadata=True)
    return payload


def submitted(slack: Workspace, user: User, view: View) -> Json:
    """Tell of a modal that was handed in."""
    payload = _interaction(slack, user, "view_submission", in_modal=True)
    return payload | {"view": shapes.of_view(slack, view), "response_urls": []}


def closed(slack: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    """Tell of a modal that was closed without handing it in."""
    payload = _interaction(slack, user, "view_closed", in_modal=True)
    del payload["trigger_id"]
    return payload | {"view": shapes.of_view(slack, view), "is_cleared": cleared}


def trigger(slack: Workspace, user: User, *, in_modal: bool = False) -> str:
    """Return a new trigger id."""
    id = slack.new_id("trigger.")
    slack.triggers[id] = Trigger(user.id, in_modal)
    return id


def response_url(
    slack: Workspace, user: User, channel: str, message: Message | None
) -> tuple[str, ResponseUrl]:
    """Return a new address for answers, and what is kept about it."""
    id = slack.new_id("r")
    slack.response_urls[id] = ResponseUrl(user.id, channel, message)
    return f"{slack.url}/respond/{id}", slack.response_urls[id]


def _interaction(slack: Workspace, user: User, kind: str, *, in_modal: bool = False) -> Json:
    name = user.name.lower()
    return {
        "type": kind,
        "token": "verification",
        "api_app_id": slack.app_id,
        "team": {"id": slack.team_id, "domain": slack.team_name.lower()},
        "user": {"id": user.id, "username": name, "name": name, "team_id": user.team},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": trigger(slack, user, in_modal=in_modal),
    }


def _place(slack: Workspace, user: User, message: Message) -> Json:
    channel = slack.channels[message.channel]
    url, _ = response_url(slack, user, channel.id, message)
    return {"channel": {"id": channel.id, "name": channel.name}, "response_url": url}


def _container(message: Message, block_id: str) -> Json:
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    for attachment in message.attachments:
        if any(block["block_id"] == block_id for block in attachment["blocks"]):
            container |= {"type": "message_attachment", "attachment_id": attachment["id"]}
    return container


def _is_modal(where: Message | View) -> bool:
    return isinstance(where, View) and where.definition["type"] == "modal"


def actionable(where: Message | View) -> list[tuple[Json, str]]:
    """Return every element that does something, with the block_id of its block."""
    found = []
    for block in all_blocks(where):
        inside = [*(block.get("elements") or []), block.get("accessory")]
        found += [(e, block["block_id"]) for e in inside if e and "action_id" in e]
    return found
