"""What stays where words of people were removed for good. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.text import CUT
from bot.core.when import moment

REMOVED = "[removed]"
"""Stands where words of a person were taken out."""
SHORTEST = 4
"""Shorter texts are not looked for inside of others: they would be found everywhere."""
LONG = 12
"""Characters of a text that is no other one's by chance."""

_LETTER = r"[^\W\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]"
"""What makes one word with a letter beside it. In Chinese and Japanese, no blank parts words."""

REMOVALS = "removals"
"""Counts how often words were removed. Long work that quotes them looks whether that happened."""


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """Who removed words, when and why: that stays."""

    who: Person
    at: datetime
    why: str

    def line(self, team: Team) -> str:
        """Say it in one line."""
        return f"{self.who.name}, {moment(self.at, team)}: {self.why}"


def without_texts(value: str, texts: Iterable[str]) -> str:
    """Return the text with each of these texts replaced that stands in it, not in other words."""
    several = {*filter(None, texts)}
    if value in several:
        return REMOVED
    # What was removed before stays as it is, though a text may be of the same word.
    known = sorted({*several, REMOVED}, key=len, reverse=True)
    found = [_whole(text) for text in known if len(text) >= SHORTEST]
    return re.sub("|".join(found), REMOVED, value)


def cut_short(shown: str, text: str) -> bool:
    """Tell whether what is shown was cut in the middle of the text, behind its first words."""
    if not shown.endswith(CUT):
        return False
    kept = shown.removesuffix(CUT)
    starts = (found.start() for found in re.finditer(f"(?={re.escape(text[:LONG])})", kept))
    return any(text.startswith(kept[start:]) for start in starts)


def _whole(text: str) -> str:
    """Return a pattern of the text that is no part of a longer word."""
    before = f"(?<!{_LETTER})" if re.match(_LETTER, text) else ""
    after = f"(?!{_LETTER})" if re.search(f"{_LETTER}$", text) else ""
    return f"{before}{re.escape(text)}{after}"
