"""Small pure helpers of the templates: times, initials, and what kind of thing something is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Final

from adapters.web.messages import WebMessage
from bot.core.browse.models import TablePage
from bot.core.cards import Button, Card, Tone
from bot.core.files import Upload
from bot.core.forms import AnyInput, Choice, Choices
from bot.core.interactions import Ask
from bot.core.interface import tr, tr_count
from bot.core.text import plain
from bot.core.when import month_of

RADIOS = 7
"""Up to so many options stand open; more of them fold into a list."""

HUES = 6
"""How many colours a person may have; the style sheet knows each."""

FILE_NAME: Final = 60
"""Characters of a file's name; in any script it stays below what a disk takes."""

ENDING: Final = 12
"""Up to so many characters from the last dot on say what kind of file it is."""

PICTURES: Final = ("image/png", "image/jpeg", "image/webp")
"""What is shown as a picture."""

Barred = Callable[[Button], str]
"""Says why the reader may not press a button; empty: they may."""

_STEP: Final = 1000
"""From one unit to the next."""

_WORDS = {
    Tone.CRITICAL: "Critical",
    Tone.WARNING: "Warning",
    Tone.INFO: "Information",
    Tone.GOOD: "Good news",
    Tone.QUIET: "Note",
}


def clock(moment: datetime, zone: tzinfo) -> str:
    """Return the time of day: ``10:02``."""
    return f"{moment.astimezone(zone):%H:%M}"


def day(moment: datetime, zone: tzinfo) -> str:
    """Return the day: ``Monday, 23 November 2026``."""
    local = moment.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y}"


def full_moment(moment: datetime, zone: tzinfo) -> str:
    """Return day, time and zone."""
    return f"{day(moment, zone)}, {moment.astimezone(zone):%H:%M %Z}"


def instant(moment: datetime, zone: tzinfo) -> str:
    """Return a moment as a table shows it: ``23 Nov 10:02``."""
    local = moment.astimezone(zone)
    return tr("{day} {month} {time}", day=local.day, month=month_of(local), time=f"{local:%H:%M}")


def found_words(page: TablePage) -> str:
    """Say how many rows there are, and how many of them fit."""
    if page.matching == page.total:
        return tr_count(page.total, "{count} row", "{count} rows")
    matching, total = f"{page.matching:,}", f"{page.total:,}"
    return tr("{matching} of {total} rows", matching=matching, total=total)


def searched_words(found: Sequence[TablePage]) -> str:
    """Say how many rows of all tables a search found."""
    return tr_count(sum(page.matching for page in found), "{count} result", "{count} results")


def changed(message: WebMessage, zone: tzinfo) -> bool:
    """Tell whether it was changed at a time that reads differently from when it was posted."""
    if message.edited_at is None:
        return False
    return full_moment(message.edited_at, zone) != full_moment(message.posted_at, zone)


def word(tone: Tone) -> str:
    """Return a tone in a word, for those who do not see its colour."""
    return _WORDS[tone]


def signed(label: str) -> tuple[Tone | None, str]:
    """Return the tone whose sign a label begins with, and the label without it.

    The page draws that sign itself, because not every machine has pictographs among its fonts.
    """
    for tone in Tone:
        if label.startswith(f"{tone.symbol} "):
            return tone, label.removeprefix(f"{tone.symbol} ")
    return None, label


def initials(name: str) -> str:
    """Return one or two letters that stand for a name."""
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper() or "?"


def hue(id: str) -> int:
    """Return which of the colours a person has, always the same."""
    return sum(map(ord, id)) % HUES


def file_name(name: str) -> str:
    """Return a name that a file may be saved under on any system, with the ending it had."""
    # Whatever chat it came from: no folders, nothing unseen, nothing that a disk refuses.
    last = re.split(r"[/\\]", name)[-1]
    safe = plain(re.sub(r'[<>:"|?*\s]+', " ", last)).strip(" .")
    stem, dot, ending = safe.rpartition(".")
    if not dot or len(ending) >= ENDING:
        return safe[:FILE_NAME].rstrip(" .") or "file"
    return f"{stem[: FILE_NAME - ENDING].rstrip(' .')}.{ending}"


def size(count: int) -> str:
    """Return how large a file is: ``1.2 MB``."""
    if count < _STEP:
        return f"{count} B"
    number = count / _STEP
    # What rounds up to a thousand is told in the next unit.
    return f"{number:.1f} kB" if round(number, 1) < _STEP else f"{number / _STEP:.1f} MB"


def is_picture(file: Upload) -> bool:
    """Tell whether a file is shown as a picture."""
    return file.kind in PICTURES


def is_kind(asked: AnyInput, kind: str) -> bool:
    """Tell whether the input is of that kind: ``text``, ``file`` and so on."""
    return type(asked).__name__.lower() == kind


def is_grouped(asked: AnyInput) -> bool:
    """Tell whether the options stand open, each with a box or a dot."""
    if isinstance(asked, Choices):
        return True
    return isinstance(asked, Choice) and len(asked.options) <= RADIOS


def live(buttons: Sequence[Button], barred: Barred) -> list[Button]:
    """Return what the reader may press."""
    return [button for button in buttons if not barred(button)]


def reasons(card: Card, barred: Barred) -> list[str]:
    """Say, each thing once, why the reader cannot press the rest."""
    return list(dict.fromkeys(filter(None, map(barred, card.pressable))))


def other_errors(ask: Ask) -> list[str]:
    """Return what is wrong with the form as a whole."""
    names = {asked.name for asked in ask.form.inputs}
    return [text for name, text in ask.errors.items() if name not in names]
