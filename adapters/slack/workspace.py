"""Whose people are listened to: those of one workspace, or of an organization's workspaces."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.calls import TROUBLE
from adapters.slack.shapes import Json

KNOWN_FOR = 60.0
"""Seconds after which an organization is asked again for its workspaces, if one is not known."""
PAGES = 20
PAGE = 100


@dataclass
class Workspace:
    """Where the app is installed."""

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
        self._asked = time.monotonic() + KNOWN_FOR
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
