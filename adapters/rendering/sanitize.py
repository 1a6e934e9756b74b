"""Texts from strangers as they may be printed. Pure."""

from __future__ import annotations

import unicodedata

LONGEST = 20_000
"""Characters of one text."""
_LETTERS = ("L", "M", "N", "P", "S", "Z")
_KEPT = "\n\u200c\u200d"
"""Ends of lines, and joiners that Persian and Hindi need; they move nothing."""


def plain(text: str, longest: int = LONGEST) -> str:
    """Return the text on one line, bounded, with everything invisible made visible.

    A character that prints nothing, or turns the direction of what follows, is shown as its
    number: ``[U+202E]``.
    """
    return " ".join(_visible(text, longest).split())


def _number(character: str) -> str:
    """Return a character that cannot be shown as its number."""
    return f"[U+{ord(character):04X}]"


def lines(text: str) -> list[str]:
    """Return the lines of a longer text, bounded and visible in the same way."""
    return _visible(text.replace("\r\n", "\n"), LONGEST).split("\n")


def _visible(text: str, longest: int) -> str:
    more = len(text) - longest
    shown = "".join(map(_printable, text[:longest]))
    return f"{shown} [{more} more characters]" if more > 0 else shown


def _printable(character: str) -> str:
    if character in _KEPT:
        return character
    if character.isspace():
        return " "
    kind = unicodedata.category(character)
    return character if kind.startswith(_LETTERS) else _number(character)
