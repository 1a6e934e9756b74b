"""The channel for alerts: whether we can post there, and what Slack tells of it by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT
from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, reason
from adapters.slack.membership import Membership
from adapters.slack.people import Workspace
from adapters.slack.refusals import MOVE
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway

QUICK = 1.0
"""Seconds after which we go on without knowing: a person waits."""
OUTSIDE = "I am not in this channel. Type /invite @Brandwarden here, then try again."
ARCHIVED = "This channel is archived. Unarchive it, then try again."
GROUP = "I cannot post alerts in a group message. Try again in a channel."
_GROUPS = "mpdm-"
"""What Slack begins the names of group messages with."""
_LEFT = (
    "I was removed from the channel for alerts.",
    f"Type /invite @Brandwarden there, or {MOVE}.",
)
_ARCHIVED = ("The channel for alerts was archived.", f"Unarchive it, or {MOVE}.")
_DELETED = ("The channel for alerts was deleted.", f"To get alerts again, {MOVE}.")
_LOSSES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("member_left_channel", "channel_left", "group_left"), _LEFT),
    **dict.fromkeys(("channel_archive", "group_archive"), _ARCHIVED),
    **dict.fromkeys(("channel_deleted", "group_deleted"), _DELETED),
    "channel_id_changed": (
        "The channel for alerts has a new ID in Slack.",
        "Type /brand settings channel here in that channel to get alerts there again.",
    ),
}
"""What happened, and what to do about it."""
_RETURNS = ("member_joined_channel", "channel_unarchive", "group_unarchive")
_OF_MEMBERS = ("member_left_channel", "member_joined_channel")
EVENTS = tuple(sorted({*_LOSSES, *_RETURNS, "app_uninstalled", "tokens_revoked"}))
"""What of all this Slack is asked to tell."""


@dataclass(frozen=True)
class Rooms:
    """Asks Slack, each time: what was wrong a moment ago may be mended."""

    client: AsyncWebClient

    async def lacks(self, channel: str, name: str = "") -> str | None:
        """Say why we cannot post there and what to do; empty if we can, None if Slack is silent."""
        if name.startswith(_GROUPS):
            return GROUP
        try:
            async with asyncio.timeout(QUICK):
                told = await self.client.conversations_info(channel=channel)
        except SlackApiError as error:
            return OUTSIDE if reason(error) in ("channel_not_found", "not_in_channel") else None
        except TROUBLE:
            return None
        return _lacks(told.get("channel") or {})


@dataclass(frozen=True)
class Happenings:
    """Notes what is wrong with the channel, and that it is over."""

    gateway: ChatGateway
    workspace: Workspace
    rooms: Rooms
    membership: Membership
    doubt: Callable[[], None]
    """Called when Slack says that the app was removed."""

    async def hear(self, event: Json) -> None:
        """Take note of an event, if it is one of these. Raises StoreError."""
        kind = str(event.get("type"))
        if kind in _LOSSES or kind in _RETURNS:
            self.membership.forget(str(event.get("old_channel_id") or event.get("channel")))
        if kind == "app_uninstalled" or (kind == "tokens_revoked" and self._is_ours(event)):
            self.doubt()
        elif kind in _LOSSES or kind in _RETURNS:
            await self._about_room(kind, event)

    async def _about_room(self, kind: str, event: Json) -> None:
        channel = event.get("old_channel_id") or event.get("channel")
        ours = await self.gateway.channel(CHAT)
        of_others = kind in _OF_MEMBERS and event.get("user") != self.workspace.own
        if not ours or ours != channel or of_others:
            return
        if kind in _LOSSES:
            await self.gateway.trouble(CHAT, Topic.ROOM, *_LOSSES[kind])
        elif await self.rooms.lacks(ours) == "":
            await self.gateway.trouble_over(CHAT, Topic.ROOM)

    def _is_ours(self, event: Json) -> bool:
        tokens = event.get("tokens")
        revoked = tokens.get("bot") if isinstance(tokens, dict) else None
        return isinstance(revoked, list) and self.workspace.own in revoked


def _lacks(told: Json) -> str:
    if told.get("is_mpim"):
        return GROUP
    if told.get("is_archived"):
        return ARCHIVED
    return "" if told.get("is_member") or told.get("is_im") else OUTSIDE
