"""Whether we can post in a channel, as Slack tells it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import TROUBLE, reason
from adapters.slack.render import Json

QUICK = 1.0
"""Seconds after which we go on without knowing: a person waits."""
OUTSIDE = "I am not in this channel: type /invite @Brandwarden here, then try again."
ARCHIVED = "This channel is archived: unarchive it, then try again."
GROUP = "Alerts cannot come to a group message: try again in a channel."
_GROUPS = "mpdm-"
"""What Slack begins the names of group messages with."""


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


def _lacks(told: Json) -> str:
    if told.get("is_mpim"):
        return GROUP
    if told.get("is_archived"):
        return ARCHIVED
    return "" if told.get("is_member") or told.get("is_im") else OUTSIDE
