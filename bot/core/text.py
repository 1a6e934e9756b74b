"""Text from outside: made to fit and harmless, visibly, and taken apart as people type it."""

from __future__ import annotations

import difflib
import unicodedata
from itertools import zip_longest

from bot.core.interface import tr
from bot.errors import BudgetError, UserError

CUT = "…"
"""Stands where text was cut."""

UNSEEN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that cannot be seen but changes how the others are read."""

_KEPT = frozenset("\n\t\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_LOOSE = " ,;:&-\N{EN DASH}，；：、"
"""What must not stand before the sign that text was cut."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def plain(text: str) -> str:
    """Replace control, direction and other invisible characters by one that can be seen."""
    if text.isascii() and text.isprintable():
        return text
    # A text has few different characters, however long it is.
    hidden = [ord(char) for char in set(text) if _hidden(char)]
    return text.translate(dict.fromkeys(hidden, UNSEEN)) if hidden else text


def clip(text: str, limit: int) -> str:
    """Return harmless text of at most ``limit`` characters; what was cut shows as an ellipsis."""
    seen = plain(text[: limit + 1])
    if len(text) <= limit:
        return seen
    return seen[: max(0, limit - len(CUT))].rstrip() + CUT


def one_line(text: str, limit: int) -> str:
    """Return clipped text without line breaks, for titles and labels."""
    return clip(" ".join(text.split()), limit)


def at_word(text: str, limit: int) -> str:
    """Return one line as wide as ``limit`` letters, cut behind a whole word if there is one.

    A Chinese character is a word, and as wide as two letters.
    """
    whole = one_line(text, len(text))
    if width(whole) <= limit:
        return whole
    room, end = limit - width(CUT), 0
    for place, char in enumerate(whole):
        if char == " " or (place and (_wide(char) or _wide(whole[place - 1]))):
            end = place
        room -= width(char)
        if room < 0:
            break
    kept = whole[:end].rstrip(_LOOSE)
    return f"{kept}{CUT}" if kept else one_line(text, limit)


def width(text: str) -> int:
    """Return how many letters are as wide as the text."""
    if text.isascii():
        return len(text)
    # A text has few different characters, however long it is.
    return len(text) + sum(map(text.count, filter(_wide, set(text))))


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _hidden(char: str) -> bool:
    return char not in _KEPT and unicodedata.category(char) in _HIDDEN


def changes(before: str, after: str) -> list[str]:
    """Return what an edit took out and put in, each ``- old`` line before its ``+ new`` one."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            for gone, put in zip_longest(old[first:last], new[start:end], fillvalue=""):
                lines += [f"- {gone}", f"+ {put}"]
    return [line for line in lines if line[2:].strip()]


AROUND = "\"'`*,;\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}" + "".join(
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


def seen(text: str) -> str:
    """Return the text without the characters that pasting and formatting hide in it."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def folded(name: str) -> str:
    """Return a name's letters and digits alone, without what people and tools change about it."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


def bare(word: str) -> str:
    """Return a word without what pasting and formatting put around it or hide in it."""
    return " ".join(seen(word).split()).strip(f"{AROUND} ")


def words(text: str) -> list[str]:
    """Return the words of a text, each bare."""
    return [word for each in text.split() if (word := bare(each))]


def digits_of(text: str, letter: str) -> str:
    """Return the number in what names something: ``3``, ``#3`` or ``C-3`` with any kind of dash.

    ``letter`` is the C. Empty if it names nothing of that kind.
    """
    word = bare(text).translate(_DASHES).upper().removeprefix(f"{letter}-").removeprefix("#")
    return word if word.isascii() and word.isdigit() else ""


def page_number(words: list[str]) -> int:
    """Read the page that a list was asked for: its last word, if that is a number."""
    if words and words[-1].isascii() and words[-1].isdigit():
        return max(1, min(int(words[-1][:6]), 100_000))
    return 1


def without_page(words: list[str]) -> str:
    """Return what a list was asked for without the page of it that may follow."""
    last = words[-1] if words else ""
    return " ".join(words[:-1] if last.isascii() and last.isdigit() else words)


def require_words(words: list[str], least: int, most: int, usage: str) -> None:
    """Check how many words follow a command. Raises UserError with the usage."""
    if not least <= len(words) <= most:
        message = tr("Type it like this: {usage}", usage=usage)
        raise UserError(message)


def within(name: str, text: str, most: int, *, least: int = 0) -> None:
    """Check the length of a text.

    Raises:
        BudgetError: it has fewer than ``least`` or more than ``most`` characters.
    """
    if not least <= len(text) <= most:
        message = f"The {name} must have {least} to {most} characters. It has {len(text)}."
        raise BudgetError(message)


def count(name: str, number: int, most: int) -> None:
    """Check a number of things.

    Raises:
        BudgetError: there are more than ``most``.
    """
    if number > most:
        message = f"Too many {name}: {number}. At most {most} are allowed."
        raise BudgetError(message)
