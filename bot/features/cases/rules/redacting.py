"""Taking the words of an entry out of a case, as an admin asks for it."""

from __future__ import annotations

import msgspec

from bot.core.text import digits_of
from bot.errors import UserError
from bot.features.cases.models.cases import Entry

DIGITS = 6


class RedactInput(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be taken out, and why."""

    case: str
    """The case's key."""
    place: int
    """The entry's place in the timeline."""
    why: str


def place_of(word: str) -> int:
    """Read an entry's number, such as ``5`` or ``#5``. Raises UserError: it is none."""
    digits = digits_of(word.rstrip("."), "")
    if not 0 < len(digits) <= DIGITS:
        message = "Name the entry by its number, as /case shows it: /redact 12 5"
        raise UserError(message)
    return int(digits)


def require_words(entry: Entry | None) -> Entry:
    """Return the entry if it holds words of a person. Raises UserError: it does not."""
    if entry is None:
        message = "There is no such entry. Type /case NUMBER to see them."
        raise UserError(message)
    if not entry.words:
        message = f"Entry {entry.place} holds no words of people."
        raise UserError(message)
    return entry
