"""What a delivery of Slack's says by itself: whether it is for us, and where it happened. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

import msgspec

from adapters.slack.block_kit import Json
from adapters.slack.buttons import LINK
from bot.core.interactions import Audience
from bot.core.text import one_line

NAME = 80
EYES = "eyes"
"""The reaction that says: I look at it."""
SAFE = ("https://files.slack.com", "https://hooks.slack.com")
"""Where Slack keeps files and takes answers; where the Web API is, is safe too."""


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where somebody acted, as far as an answer needs it. A modal carries it with it."""

    user: str = ""
    team: str = ""
    """Their workspace, as far as what came along can be believed."""
    channel: str = ""
    name: str = ""
    """What people call the channel."""
    thread: str = ""
    audience: Audience = Audience.NOBODY
    response_url: str = ""
    """Where an answer may go, if it is Slack's."""
    trigger: str = ""
    view: str = ""
    """The modal on which it was; the answer changes it."""
    home: bool = False
    step: str = ""
    session: str = ""

    def carried(self, session: str = "", step: str = "") -> str:
        """Return what a modal carries with it, to come back with what is done on it."""
        once = {"user": "", "team": "", "trigger": "", "view": ""}
        kept = msgspec.structs.replace(self, session=session, step=step, **once)
        return msgspec.json.encode(kept).decode()


def origin_of(body: Json) -> Origin:
    """Say where it happened."""
    view, event, user = (part(body, name) for name in ("view", "event", "user"))
    container, message, place = (part(body, name) for name in ("container", "message", "channel"))
    modal = view.get("type") == "modal"
    known = _carried(view) if modal else Origin()
    # An event that tells who let us in tells of us as the one who came.
    acted = event.get("inviter") or event.get("user") or body.get("user_id") or user.get("id")
    team = event.get("user_team") or event.get("team") or user.get("team_id")
    item = part(event, "item")
    told = event.get("channel") or item.get("channel")
    channel = body.get("channel_id") or place.get("id") or told or known.channel
    head = (
        item.get("ts")
        or container.get("thread_ts")
        or message.get("thread_ts")
        or event.get("thread_ts")
    )
    own = message.get("ts") or container.get("message_ts")
    return msgspec.structs.replace(
        known,
        user=str(acted or ""),
        team=str(team or body.get("team_id") or ""),
        channel=str(channel),
        name=one_line(str(body.get("channel_name") or place.get("name") or known.name), NAME),
        thread=str(head) if head and head != own else known.thread,
        audience=_audience(body) if body.get("type") == "block_actions" else known.audience,
        response_url=str(body.get("response_url") or known.response_url),
        trigger=str(body.get("trigger_id") or ""),
        view=str(view.get("id", "")) if modal else "",
        home=view.get("type") == "home" or event.get("type") == "app_home_opened" or known.home,
    )


def concerns(body: Json, own: str) -> bool:
    """Tell whether it is for us, whose user id is ``own``: in a busy channel, most is not."""
    match body:
        case {"type": "block_actions", "actions": [{"action_id": str(id)}, *_]}:
            # A link is opened by Slack itself, which tells of it all the same.
            return not id.startswith(f"{LINK}:")
    event = part(body, "event")
    return _tells_us(event, own) if event else "event" not in body


def _tells_us(event: Json, own: str) -> bool:
    """Tell whether an event is for us."""
    match event.get("type"):
        case "message":
            return _is_dropped(event, own)
        case "app_mention":
            return not event.get("bot_id")
        case "reaction_added":
            ours = event.get("item_user") == own and part(event, "item").get("type") == "message"
            return ours and event.get("reaction") == EYES
        case "app_home_opened":
            return bool(event.get("tab") == "home")
        case "member_joined_channel":
            # Slack tells of everybody who joins, and not always who invited us.
            return event.get("user") == own and bool(event.get("inviter"))
    return False


def is_direct(channel: str) -> bool:
    """Tell whether it is the conversation with one person, or none at all."""
    return not channel or channel.startswith("D")


def is_slacks(url: str, api: str) -> bool:
    """Tell whether an address is Slack's, whose Web API is at ``api``: secrets may go there."""
    return _site(url) in (*SAFE, _site(api))


def _is_dropped(event: Json, own: str) -> bool:
    """Tell whether somebody put files into a thread that we head, and did not call us.

    Of a message that calls us, Slack tells once more as a mention.
    """
    if event.get("subtype") != "file_share" or not event.get("files"):
        return False
    heads = event.get("thread_ts") and event.get("parent_user_id", own) == own
    called = f"<@{own}" in str(event.get("text", ""))
    return bool(heads and not event.get("bot_id") and not called)


def part(body: Json, name: str) -> Json:
    """Return a part of what Slack sent; an empty one if it is not there or no object."""
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _carried(view: Json) -> Origin:
    try:
        return msgspec.json.decode(str(view.get("private_metadata", "")), type=Origin)
    except ValueError:
        return Origin()


def _audience(body: Json) -> Audience:
    """Say who sees the card on which somebody pressed: in a conversation with us, only they."""
    container, channel = part(body, "container"), part(body, "channel")
    alone = container.get("is_ephemeral") or is_direct(str(channel.get("id", "")))
    return Audience.ALL if body.get("message") and not alone else Audience.ONE


def _site(url: str) -> str:
    """Return scheme and host; nothing for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else ""
