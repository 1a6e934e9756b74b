"""Which entry of a case an admin names to have its words taken out."""

from __future__ import annotations

from bot.core.text import digits_of
from bot.errors import UserError
from bot.features.cases.models.cases import Entry

DIGITS = 6
"""Of an entry's number."""


def place_of(word: str) -> int:
    """Read an entry's number, such as ``5`` or ``#5``. Raises UserError: it is none."""
    digits = digits_of(word.rstrip("."), "")
    if not 0 < len(digits) <= DIGITS:
        message = "Add the entry number that /case shows, like /redact 12 5."
        raise UserError(message)
    return int(digits)


def require_words(entry: Entry | None) -> Entry:
    """Return the entry if it holds words of a person. Raises UserError: it does not."""
    if entry is None:
        message = "There is no such entry. Type /case NUMBER to list the entries."
        raise UserError(message)
    if not entry.words:
        message = (
            f"Entry {entry.place} has no text to remove. Type /case NUMBER to list the entries."
        )
        raise UserError(message)
    return entry


def texts_of(entry: Entry) -> tuple[str, ...]:
    """Return the entry's words: all of them together, and each text by itself as it was typed."""
    by = f"{entry.who.name}: " if entry.who else ""
    parts = (entry.text.removeprefix(by), *(fact.value for fact in entry.facts))
    return tuple(dict.fromkeys((entry.words, *filter(None, parts))))
