"""Who is in the channel for alerts, and in the user groups that the owner named."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT
from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, UNREADABLE, reason
from adapters.slack.people import Known
from bot.core.membership import Affiliation, Reach

log = structlog.get_logger(__name__)

T = TypeVar("T")

KNOWN_FOR, KNOWN = 60.0, 100
"""Seconds, from the question on, for which an answer of Slack's counts, and how many are kept."""
FAILED_FOR = 5.0
"""Seconds after which Slack is asked again when it did not answer."""
PATIENCE = 2.0
"""Seconds that a person waits for it: a form has to open within three."""
PAGES, PAGE = 20, 1000
"""Pages of members that are read, and how many stand on one. Who stands behind is not known."""
HIDDEN = ("channel_not_found", "not_in_channel")


class Room(NamedTuple):
    """A channel: how far it reaches, and who is in it where that is not everybody."""

    reach: Reach
    members: frozenset[str] = frozenset()
    whole: bool = True
    """These are all."""

    def has(self, user: str) -> bool | None:
        """Tell whether somebody is in it; None if that is not known."""
        return user in self.members or (False if self.whole else None)


UNKNOWN = Room(Reach.UNKNOWN)


@dataclass
class _Question:
    until: float
    answer: asyncio.Task[Any]


@dataclass(frozen=True)
class Membership:
    """Asks Slack, and remembers the answers for a minute: who is put out stays out."""

    client: AsyncWebClient
    groups: frozenset[str] = frozenset()
    """The ids of user groups whose people are members here."""
    now: Callable[[], float] = time.monotonic
    _asked: dict[str, _Question] = field(default_factory=dict)

    async def affiliation(self, channel: str, known: Known) -> Affiliation:
        """Say what Slack knows of a person; ``channel`` is where alerts go, empty if nowhere."""
        user = known.person.id
        room, named = await asyncio.gather(self._room_or_none(channel), self._is_named(user))
        return Affiliation(
            # Of whom Slack does not tell it is not known whether they are a guest.
            reach=room.reach if known.told else Reach.UNKNOWN,
            inside=room.has(user),
            leads=known.leads,
            guest=known.guest,
            named=named,
        )

    async def room(self, channel: str) -> Room:
        """Say how far a channel reaches, and who is in it."""
        return await self._told(channel, self._ask_room) or UNKNOWN

    def forget(self, channel: str) -> None:
        """Ask again for a channel: Slack tells that it has changed."""
        self._asked.pop(channel, None)

    async def _room_or_none(self, channel: str) -> Room:
        return await self.room(channel) if channel else Room(Reach.UNSET)

    async def _is_named(self, user: str) -> bool | None:
        found = await asyncio.gather(*(self._told(id, self._ask_group) for id in self.groups))
        if any(users is not None and user in users for users in found):
            return True
        return None if None in found else False

    async def _told(self, id: str, ask: Callable[[str], Awaitable[T]]) -> T | None:
        """Return what is remembered, or ask; None if Slack does not answer in time."""
        known = self._asked.get(id)
        if known is None or self.now() >= known.until:
            if len(self._asked) >= KNOWN:
                self._asked.clear()
            # The minute counts from the question: the answer may take a while.
            known = _Question(self.now() + KNOWN_FOR, asyncio.create_task(self._tried(id, ask)))
            self._asked[id] = known
        try:
            async with asyncio.timeout(PATIENCE):
                answer: T | None = await asyncio.shield(known.answer)
        except TimeoutError:
            return None
        if answer is None:
            known.until = min(known.until, self.now() + FAILED_FOR)
        return answer

    async def _tried(self, id: str, ask: Callable[[str], Awaitable[T]]) -> T | None:
        try:
            return await ask(id)
        except (*TROUBLE, *UNREADABLE, KeyError) as error:
            word = reason(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("members not known", chat=CHAT, of=id, error=word)
            return None

    async def _ask_room(self, channel: str) -> Room:
        archived = False
        try:
            told: Json = (await self.client.conversations_info(channel=channel))["channel"]
            archived = bool(told.get("is_archived"))
            if not told["is_private"]:
                return Room(Reach.OPEN)
            return await self._members(channel)
        except SlackApiError as error:
            if archived or reason(error) in HIDDEN:
                return Room(Reach.LOST)
            raise

    async def _members(self, channel: str) -> Room:
        found: set[str] = set()
        cursor = ""
        for _ in range(PAGES):
            told = await self.client.conversations_members(
                channel=channel, limit=PAGE, cursor=cursor or None
            )
            found |= _ids(told["members"])
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return Room(Reach.CLOSED, frozenset(found))
        return Room(Reach.CLOSED, frozenset(found), whole=False)

    async def _ask_group(self, group: str) -> frozenset[str]:
        told = await self.client.usergroups_users_list(usergroup=group)
        return frozenset(_ids(told["users"]))


def _ids(listed: Iterable[object]) -> set[str]:
    return {str(each) for each in listed}
