"""The conditions in which Amazon lets a product be offered, whichever way an answer spells them."""

from __future__ import annotations

from enum import Enum

from bot.core.text import one_line

LONGEST_WORD = 40
"""Characters of a sub-condition that is shown."""


class Condition(Enum):
    """The condition of what an offer sells; the value is Amazon's own word."""

    NEW = "New"
    USED = "Used"
    COLLECTIBLE = "Collectible"
    REFURBISHED = "Refurbished"
    CLUB = "Club"


SUB_CONDITIONS = (
    "New",
    "Mint",
    "VeryGood",
    "Good",
    "Acceptable",
    "Poor",
    "Club",
    "OEM",
    "Warranty",
    "RefurbishedWarranty",
    "Refurbished",
    "OpenBox",
    "Other",
)
"""Those that are documented (source: subCondition in the model productPricing_2022-05-01)."""


def _folded(word: str) -> str:
    return "".join(char for char in word if char not in " _-").lower()


_CONDITIONS = {_folded(condition.value): condition for condition in Condition}
_SUB_CONDITIONS = {_folded(word): word for word in SUB_CONDITIONS}


def condition_of(word: str | None) -> Condition | None:
    """Return the condition that a word means; None for one that nobody knows."""
    return None if word is None else _CONDITIONS.get(_folded(word))


def sub_condition_of(word: str | None) -> str:
    """Return a sub-condition in one spelling: 'Very Good' and 'very_good' are 'VeryGood'.

    One that is not documented stays as it is, cut to a line; empty where none is told.
    """
    if not word:
        return ""
    return _SUB_CONDITIONS.get(_folded(word)) or one_line(word, LONGEST_WORD)


CONDITION_WORDS = {
    Condition.NEW: "new",
    Condition.USED: "used",
    Condition.REFURBISHED: "refurbished",
    Condition.COLLECTIBLE: "collectible",
    Condition.CLUB: "club",
}
"""What people call them within a sentence."""
SUB_CONDITION_WORDS = {
    "New": "as new",
    "Mint": "like new",
    "VeryGood": "very good",
    "Good": "good",
    "Acceptable": "acceptable",
    "Poor": "poor",
    "OEM": "OEM",
    "Warranty": "with warranty",
    "RefurbishedWarranty": "with warranty",
    "OpenBox": "open box",
}
"""What people call those that say more than the condition does."""
_PLAIN = frozenset({"", "Other", "Refurbished", "Club"})


def condition_word(condition: Condition, sub_condition: str = "") -> str:
    """Say the condition: ``used (very good)``."""
    word = CONDITION_WORDS[condition]
    detail = sub_condition_word(sub_condition)
    return f"{word} ({detail})" if detail else word


def sub_condition_word(sub_condition: str) -> str:
    """Say a sub-condition; nothing where it says no more than the condition does."""
    if sub_condition in _PLAIN:
        return ""
    return SUB_CONDITION_WORDS.get(sub_condition, sub_condition)
