"""Small pure helpers of the templates: times, initials, and what kind of thing something is."""

from __future__ import annotations

from datetime import datetime, tzinfo

from adapters.web.messages import WebMessage
from bot.ui.cards import Tone
from bot.ui.forms import AnyInput, Choice, Choices
from bot.ui.interactions import Ask

RADIOS = 7
"""Up to so many options stand open; more of them fold into a list."""

HUES = 6
"""How many colours a person may have; the style sheet knows each."""

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


def changed(message: WebMessage, zone: tzinfo) -> bool:
    """Tell whether it was changed at a time that reads differently from when it was posted."""
    if message.edited_at is None:
        return False
    return full_moment(message.edited_at, zone) != full_moment(message.posted_at, zone)


def word(tone: Tone) -> str:
    """Return a tone in a word, for those who do not see its colour."""
    return _WORDS[tone]


def initials(name: str) -> str:
    """Return one or two letters that stand for a name."""
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper() or "?"


def hue(id: str) -> int:
    """Return which of the colours a person has, always the same."""
    return sum(map(ord, id)) % HUES


def is_kind(asked: AnyInput, kind: str) -> bool:
    """Tell whether the input is of that kind: ``text``, ``file`` and so on."""
    return type(asked).__name__.lower() == kind


def is_grouped(asked: AnyInput) -> bool:
    """Tell whether the options stand open, each with a box or a dot."""
    if isinstance(asked, Choices):
        return True
    return isinstance(asked, Choice) and len(asked.options) <= RADIOS


def other_errors(ask: Ask) -> list[str]:
    """Return what is wrong with the form as a whole."""
    names = {asked.name for asked in ask.form.inputs}
    return [text for name, text in ask.errors.items() if name not in names]
