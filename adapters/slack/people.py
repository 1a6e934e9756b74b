"""Who somebody is in Slack, what that makes of them here, and what channels are called."""

from __future__ import annotations

import time
from typing import NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.chat import TROUBLE
from adapters.slack.shapes import Json
from bot.domain.people import Person, Role
from bot.ui.text import one_line

KNOWN_FOR = 300.0
"""Seconds for which we remember who somebody is."""
REMEMBERED = 5000
NAME = 80


class Known(NamedTuple):
    """Somebody, and the role that Slack makes of them."""

    person: Person
    natural: Role
    teams: tuple[str, ...] = ()
    """The workspaces that they belong to, their own first; several only in an Enterprise Grid."""


class People:
    """Asks Slack, and remembers it for a while."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Ask through the client."""
        self._client = client
        self._known: dict[str, tuple[float, Known]] = {}
        self._channels: dict[str, str] = {}

    async def who(self, user: str) -> Known:
        """Return who somebody is; of whom Slack does not tell may look and nothing else."""
        until, known = self._known.get(user, (0.0, None))
        now = time.monotonic()
        if known is not None and now < until:
            return known
        try:
            known = _read(user, (await self._client.users_info(user=user))["user"])
        except TROUBLE:
            return Known(Person(user, user or "somebody"), Role.VIEWER)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[user] = (now + KNOWN_FOR, known)
        return known

    async def channel(self, id: str) -> str:
        """Return what people call a channel; nothing if Slack does not tell."""
        if id not in self._channels:
            try:
                found = (await self._client.conversations_info(channel=id))["channel"]
            except TROUBLE:
                return ""
            if len(self._channels) >= REMEMBERED:
                self._channels.clear()
            self._channels[id] = one_line(str(found.get("name", "")), NAME)
        return self._channels[id]


def _read(user: str, found: Json) -> Known:
    name = found.get("profile", {}).get("display_name") or found.get("real_name") or user
    person = Person(user, one_line(str(name), NAME))
    grid = found.get("enterprise_user") or {}
    teams = (found.get("team_id"), *grid.get("teams", ()))
    return Known(person, _role(found), tuple(str(team) for team in teams if team))


def _role(found: Json) -> Role:
    if found.get("is_admin") or found.get("is_owner"):
        return Role.ADMIN
    guest = found.get("is_restricted") or found.get("is_ultra_restricted")
    return Role.VIEWER if guest else Role.MEMBER
