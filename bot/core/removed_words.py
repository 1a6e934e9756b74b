"""What stays where words of people were removed for good. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.when import moment

REMOVED = "[removed]"
"""Stands where words of a person were taken out."""
SHORTEST = 4
"""Shorter texts are not looked for inside of others: they would be found everywhere."""


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Who removed words, when and why: that stays."""

    who: Person
    at: datetime
    why: str

    def line(self, team: Team) -> str:
        """Say it in one line."""
        return f"{self.who.name}, {moment(self.at, team)}: {self.why}"


def without_texts(value: str, texts: Iterable[str]) -> str:
    """Return the text with each of these texts replaced that stands in it."""
    for text in texts:
        if value == text:
            return REMOVED
        if len(text) >= SHORTEST:
            value = value.replace(text, REMOVED)
    return value
