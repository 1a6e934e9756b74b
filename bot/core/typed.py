"""Words as people type and paste them: with quotes, marks of formatting and what cannot be seen."""

from __future__ import annotations

import unicodedata

_AROUND = "\"'`*,;\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}" + "".join(
    (
        *("\N{SINGLE LOW-9 QUOTATION MARK}", "\N{LEFT DOUBLE QUOTATION MARK}"),
        *("\N{RIGHT DOUBLE QUOTATION MARK}", "\N{DOUBLE LOW-9 QUOTATION MARK}"),
        *("\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}", "\N{ACUTE ACCENT}"),
        *("\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}", "\N{PRIME}"),
    )
)
"""What may stand around a word and is no part of it."""
_DASHES = str.maketrans(
    dict.fromkeys(
        (
            *("\N{HYPHEN}", "\N{NON-BREAKING HYPHEN}", "\N{FIGURE DASH}", "\N{EN DASH}"),
            *("\N{EM DASH}", "\N{MINUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}"),
        ),
        "-",
    )
)


def bare(word: str) -> str:
    """Return a word without what pasting and formatting put around it or hide in it."""
    seen = "".join(char for char in word if unicodedata.category(char) != "Cf")
    return " ".join(seen.split()).strip(f"{_AROUND} ")


def words(text: str) -> list[str]:
    """Return the words of a text, each bare."""
    return [word for each in text.split() if (word := bare(each))]


def digits_of(text: str, letter: str) -> str:
    """Return the number in what names something: ``3``, ``#3`` or ``C-3`` with any kind of dash.

    ``letter`` is the C. Empty if it names nothing of that kind.
    """
    word = bare(text).translate(_DASHES).upper().removeprefix(f"{letter}-").removeprefix("#")
    return word if word.isascii() and word.isdigit() else ""
