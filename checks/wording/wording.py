"""What a text says, whatever way Amazon writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.core.text import UNSEEN
from checks.wording.lists import alike, places
from checks.wording.markup import plain_text
from checks.wording.numerals import SPACED
from checks.wording.quantities import in_one_way
from checks.wording.words import Word, words_of

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
"""As they are written where a keyboard has none; casefolding writes ß as ss already."""
_SPACED = re.compile(SPACED)
_AROUND_NUMBERS = "\x1f"
"""Digits of two numbers never join; letters may, as in non-slip, non slip and nonslip."""
TURN = "\u202e"
"""Lets all that follows be read from right to left, letter by letter: it mirrors other texts."""


class Wording(NamedTuple):
    """A text with what it says."""

    text: str
    """As a buyer sees it; a sign in front tells of one that is mirrored."""
    words: tuple[Word, ...]
    key: str
    """The same for all ways of writing the same: spaces and punctuation are no difference."""
    spaced: str
    """The key if spaces part thousands: 1 000 may be two numbers in English, or one."""

    @property
    def turned(self) -> bool:
        """Whether a part of it is mirrored."""
        return self.key.endswith(TURN)

    def says(self, other: Wording) -> bool:
        """Tell whether another text says the same, however the two write lists and thousands."""
        if self.turned != other.turned:
            return False
        return (
            self.key == other.key
            or alike(places(self.text, self.words, key_of), places(other.text, other.words, key_of))
            or (self.spaced == other.spaced and _digits(self.text) == _digits(other.text))
        )


def wording(text: str, tag: str) -> Wording:
    """Return what a text says in the language of a tag."""
    seen, turn = plain_text(text), ""
    if _may_turn(text) and TURN in plain_text(text, hidden=True):
        seen, turn = f"{UNSEEN}{seen}", TURN
    words = in_one_way(words_of(seen, tag))
    key = spaced = key_of(words) + turn
    if _SPACED.search(seen):
        spaced = key_of(in_one_way(words_of(seen, tag, spaced=True))) + turn
    return Wording(seen, words, key, spaced)


def _may_turn(text: str) -> bool:
    return TURN in text or "&" in text


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def key_of(words: Iterable[Word]) -> str:
    """Return what words say, as one string to compare."""
    return "".join(
        f"{_AROUND_NUMBERS}{word.value}{_AROUND_NUMBERS}"
        if word.number
        else word.value.translate(UMLAUTS)
        for word in words
    )


def same(before: str, after: str, tag: str) -> bool:
    """Tell whether two texts say the same."""
    return before == after or wording(before, tag).says(wording(after, tag))
