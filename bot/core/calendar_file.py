"""What is due, and the file (iCalendar, RFC 5545) that brings it into people's calendars. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from bot.core.events import Query

MOST = 500
"""Entries of a file; of more, those nearest to now."""
OCTETS = 75
"""The most that a line has, without its end (RFC 5545, 3.1)."""
TEXT = 300
"""Characters of an entry's text."""
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is due on a day, or at a moment."""

    id: str
    """Names it for good, such as ``case-12-snooze``: a calendar moves the entry it knows by it."""
    says: str
    """What is due, in a line."""
    when: date | datetime
    """A day of the team's, or a moment with its zone."""
    command: str
    """What shows more of it: a command without its slash."""


class CalendarFile(Query[str], frozen=True):
    """Asks for the calendar file of all that is due."""


def moment_of(due: Due) -> datetime:
    """Return when it is due; of a day, its beginning in UTC: good enough to sort by."""
    if isinstance(due.when, datetime):
        return due.when.astimezone(UTC)
    return datetime(due.when.year, due.when.month, due.when.day, tzinfo=UTC)


def soonest(known: Sequence[Due], now: datetime, most: int = MOST) -> list[Due]:
    """Return so many of them, those nearest to now, in the order of their time."""
    near = sorted(known, key=lambda due: (abs(moment_of(due) - now), due.id))[:most]
    return sorted(near, key=lambda due: (moment_of(due), due.id))


def write_calendar(name: str, known: Sequence[Due], now: datetime) -> str:
    """Write the file of what is due; ``name`` is what a calendar calls it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Brandwarden//Due dates//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for due in soonest(known, now):
        lines += _event(due, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in folded_line(line))


def escaped(text: str) -> str:
    """Return the text as a value: without control characters but the line's end, and bounded."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")[:TEXT]
    return _CONTROLS.sub(" ", plain).translate(_ESCAPED)


def folded_line(line: str) -> Iterator[str]:
    """Give the line in pieces of at most 75 octets, each after the first behind a space."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode(errors="replace"))
        if size + octets > OCTETS:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece


def _event(due: Due, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(due.id)}@brandwarden"
    yield f"DTSTAMP:{_utc(now)}"
    if isinstance(due.when, datetime):
        yield f"DTSTART:{_utc(due.when)}"
    else:
        yield f"DTSTART;VALUE=DATE:{due.when:%Y%m%d}"
        if due.when < date.max:
            yield f"DTEND;VALUE=DATE:{due.when + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(due.says)}"
    yield f"DESCRIPTION:{escaped('/' + due.command)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
