"""Who a person is in Slack, and whether they belong to the workspace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, UNREADABLE
from bot.core.permissions import Person
from bot.core.text import one_line

KNOWN_FOR, KNOWN = 60.0, 2000
"""Seconds for which we remember what Slack told, and of how many people and channels: whoever is
an admin no more must not stay one for long."""
NAME = 80
QUICK = 1.0
"""Seconds after which names that are not known yet are left as Slack's ids."""
TEAMS_KNOWN_FOR = 60.0
"""Seconds after which an organization is asked again for its workspaces, if one is not known."""
PAGES = 20
PAGE = 100


class Known(NamedTuple):
    """Somebody, and what they are in Slack."""

    person: Person
    told: bool
    """Slack told who they are."""
    leads: bool = False
    """They administer the workspace or the organization."""
    guest: bool = False
    bot: bool = False
    """An app, or an account that is closed."""
    teams: tuple[str, ...] = ()
    """The workspaces that they belong to, their own first; in an Enterprise Grid several, and the
    organization last."""


@dataclass(frozen=True)
class People:
    """Asks Slack who people are and what channels are called, and remembers it for a while."""

    client: AsyncWebClient
    now: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, Json]] = field(default_factory=dict)

    async def who(self, user: str) -> Known:
        """Return who somebody is, as far as Slack tells."""
        found = await self._told("users.info", "user", user)
        if not found:
            return Known(Person(user, user or "somebody"), told=False)
        name = (found.get("profile") or {}).get("display_name") or found.get("real_name") or user
        grid = found.get("enterprise_user") or {}
        teams = (found.get("team_id"), *(grid.get("teams") or ()), grid.get("enterprise_id"))
        theirs = tuple(str(team) for team in teams if team)
        person = Person(user, one_line(str(name), NAME))
        rights = ("is_admin", "is_owner")
        leads = any(each.get(right) for each in (found, grid) for right in rights)
        guest = bool(found.get("is_restricted") or found.get("is_ultra_restricted"))
        bot = bool(found.get("is_bot") or found.get("deleted"))
        return Known(person, told=True, leads=leads, guest=guest, bot=bot, teams=theirs)

    async def channel(self, id: str) -> str:
        """Return what people call a channel; nothing if Slack does not tell."""
        found = await self._told("conversations.info", "channel", id)
        return one_line(str(found.get("name", "")), NAME)

    async def names(self, ids: Sequence[str]) -> dict[str, str]:
        """Return what people and channels with these ids are called, as far as that is known."""
        found: dict[str, str] = {}

        async def look(id: str) -> None:
            name = (await self.who(id)).person.name if id[0] in "UW" else await self.channel(id)
            found[id] = name or id

        try:
            async with asyncio.timeout(QUICK):
                await asyncio.gather(*(look(id) for id in ids))
        except TimeoutError:
            return found
        return found

    async def _told(self, method: str, kind: str, id: str) -> Json:
        if not id:
            return {}
        until, found = self._known.get(id, (0.0, {}))
        asked = self.now()
        if id in self._known and asked < until:
            return found
        try:
            found = (await self.client.api_call(method, params={kind: id})).get(kind) or {}
        except (*TROUBLE, *UNREADABLE):
            return {}
        if not found:
            return {}
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[id] = (asked + KNOWN_FOR, found)
        return found


@dataclass
class Workspace:
    """Where the app is installed: one workspace, or an organization with all of its."""

    client: AsyncWebClient
    id: str = ""
    """The workspace, or the organization if the app is installed for all of it."""
    own: str = ""
    """Our own user id."""
    _org: bool = False
    _teams: frozenset[str] = field(default_factory=frozenset)
    _asked: float = 0.0

    def installed(self, told: Json) -> str:
        """Take over what auth.test tells, and return the id; empty if it does not tell."""
        self.own = str(told.get("user_id") or "")
        self._org = bool(told.get("is_enterprise_install"))
        id = told.get("enterprise_id") if self._org else None
        self.id, self._teams, self._asked = str(id or told.get("team_id") or ""), frozenset(), 0.0
        return self.id

    async def includes(self, teams: Sequence[str]) -> bool:
        """Tell whether who belongs to these workspaces or organizations belongs to us."""
        if not self.id or not teams:
            return False
        if self.id in teams or not self._teams.isdisjoint(teams):
            return True
        if not self._org or time.monotonic() < self._asked:
            return False
        self._asked = time.monotonic() + TEAMS_KNOWN_FOR
        self._teams = await self._workspaces()
        return not self._teams.isdisjoint(teams)

    async def _workspaces(self) -> frozenset[str]:
        """Return the organization's workspaces in which the app may be used."""
        found: set[str] = set()
        cursor = ""
        try:
            for _ in range(PAGES):
                told = await self.client.auth_teams_list(limit=PAGE, cursor=cursor or None)
                found |= {str(team.get("id")) for team in told.get("teams") or ()}
                cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor:
                    break
        except TROUBLE:
            return self._teams
        return frozenset(found)
