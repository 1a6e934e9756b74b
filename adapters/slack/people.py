"""Who somebody is in Slack, and what that makes of them here."""

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
    """Somebody, their own workspace, and the role that Slack makes of them."""

    person: Person
    workspace: str
    natural: Role


class People:
    """Asks Slack who people are, and remembers it for a while."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Ask through the client."""
        self._client = client
        self._known: dict[str, tuple[float, Known]] = {}

    async def who(self, user: str) -> Known:
        """Return who somebody is; of whom Slack does not tell, no workspace is known."""
        until, known = self._known.get(user, (0.0, None))
        now = time.monotonic()
        if known is not None and now < until:
            return known
        try:
            known = _read(user, (await self._client.users_info(user=user))["user"])
        except TROUBLE:
            return Known(Person(user, user or "somebody"), "", Role.VIEWER)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[user] = (now + KNOWN_FOR, known)
        return known


def _read(user: str, found: Json) -> Known:
    name = found.get("profile", {}).get("display_name") or found.get("real_name") or user
    person = Person(user, one_line(str(name), NAME))
    return Known(person, str(found.get("team_id", "")), _role(found))


def _role(found: Json) -> Role:
    if found.get("is_admin") or found.get("is_owner"):
        return Role.ADMIN
    guest = found.get("is_restricted") or found.get("is_ultra_restricted")
    return Role.VIEWER if guest else Role.MEMBER
