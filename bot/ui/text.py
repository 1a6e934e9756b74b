"""Making text from outside fit and harmless, visibly."""

from __future__ import annotations

import unicodedata

CUT = "…"
"""Stands where text was cut."""

UNSEEN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that cannot be seen but changes how the others are read."""

_KEPT = frozenset("\n\t\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def plain(text: str) -> str:
    """Replace control, direction and other invisible characters by one that can be seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(UNSEEN if _hidden(char) else char for char in text)


def clip(text: str, limit: int) -> str:
    """Return harmless text of at most ``limit`` characters; what was cut shows as an ellipsis."""
    seen = plain(text[: limit + 1])
    if len(text) <= limit:
        return seen
    return seen[: max(0, limit - len(CUT))].rstrip() + CUT


def one_line(text: str, limit: int) -> str:
    """Return clipped text without line breaks, for titles and labels."""
    return clip(" ".join(text.split()), limit)


def _hidden(char: str) -> bool:
    return char not in _KEPT and unicodedata.category(char) in _HIDDEN
