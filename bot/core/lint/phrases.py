"""Finding words of six languages in a text, as the rules for letters need it."""

from __future__ import annotations

import re
import unicodedata

SHOWN = 40
"""Characters of what was found that a remark says again."""

_MARKS = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{SOFT HYPHEN}": None})
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])|\n+")


def phrases(*words: str, ja: str = "") -> re.Pattern[str]:
    """Compile what to look for, whatever the case of its letters.

    ``words`` are regular expressions that begin at the beginning of a word; those of ``ja`` may
    stand anywhere, because Japanese has no blanks.
    """
    spaced = rf"\b(?:{'|'.join(words)})" if words else ""
    return re.compile("|".join(filter(None, (spaced, ja))), re.IGNORECASE)


def flat(text: str) -> str:
    """Return the text on one line, with one form for each sign."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_MARKS).split())


def sentences(text: str) -> list[str]:
    """Return the text's sentences and lines, each flat."""
    return [found for part in _SENTENCE.split(text) if (found := flat(part))]


def found(pattern: re.Pattern[str], text: str) -> str:
    """Return the first words of the text that the pattern finds, short; empty if there are none."""
    match = pattern.search(flat(text))
    return match[0].strip()[:SHOWN] if match else ""
