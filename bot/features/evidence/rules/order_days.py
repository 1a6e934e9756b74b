"""When something was bought: days and moments in every form that reports give them, or not at all.

Spreadsheets write the month first in some countries and second in others. Such a day is read only
where it can be one day alone, by itself or by the other days of its file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

NOON = 12
"""The hour, in UTC, of an order of which only the day is known: the day stays the same almost
everywhere."""
FIRST_YEAR, LAST_YEAR = 1995, 2100
MONTHS = 12

_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})",
    re.ASCII,
)
_PARTS = (("year", "y"), ("month", "m"), ("day", "d"))
_EITHER = re.compile(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})", re.ASCII)
"""Month and day in either order, then the year."""
_TIME = re.compile(
    r"[T ]\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(?P<half>[AP]M)?\s*(?P<zone>[A-Z]{1,4}|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_ZONES = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("BST", "WEST", "CET", "MET", "MEZ"), 1),
    **dict.fromkeys(("CEST", "MEST", "MESZ"), 2),
    "JST": 9,
    "PDT": -7,
    "PST": -8,
}
"""Hours before UTC, as older reports name zones."""


def is_day_first(texts: Iterable[str]) -> bool | None:
    """Tell in which order the days of a file are written; None where they do not tell.

    A number above 12 is no month. Days that contradict each other tell nothing.
    """
    told: set[bool] = set()
    for text in texts:
        found = _EITHER.fullmatch(_day_of(text))
        if found and (int(found[1]) > MONTHS) != (int(found[3]) > MONTHS):
            told.add(int(found[1]) > MONTHS)
    return told.pop() if len(told) == 1 else None


def is_two_days(text: str) -> bool:
    """Tell whether a day or moment can be two days: month and day could change places."""
    found = _EITHER.fullmatch(_day_of(text))
    return (
        found is not None
        and found[1] != found[3]
        and all(0 < int(found[part]) <= MONTHS for part in (1, 3))
    )


def read_day(text: str, *, day_first: bool | None = None) -> date | None:
    """Return a day, written year first, or day first with dots; None for what is none.

    With month and day in either order it is read where only one of them can be the month, or
    ``day_first`` tells.
    """
    year, month, day = _numbers(text, day_first)
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def read_moment(text: str, *, day_first: bool | None = None) -> datetime | None:
    """Return a moment in UTC, to the second; None for what is none.

    A time without a zone is in UTC; a day without a time means noon. The moment itself is from
    ``FIRST_YEAR`` to ``LAST_YEAR``, so that it can be written in UTC and read again.
    """
    day = read_day(_day_of(text), day_first=day_first)
    rest = text[len(_day_of(text)) :]
    if day is None or not rest:
        return at_noon(day) if day else None
    found = _TIME.fullmatch(rest)
    clock = _clock(found) if found else None
    if clock is None:
        return None
    moment = datetime.combine(day, clock).astimezone(UTC)
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def at_noon(day: date) -> datetime:
    """Return the moment that stands for a day."""
    return datetime.combine(day, time(NOON, tzinfo=UTC))


def _day_of(text: str) -> str:
    return re.split(r"[T ]", text, maxsplit=1)[0]


def _numbers(text: str, day_first: bool | None) -> tuple[int, int, int]:
    """Return year, month and day; zeros for what is no day, or could be two."""
    found = _DAY.fullmatch(text)
    if found is not None:
        year, month, day = (int(found[one] or found[two]) for one, two in _PARTS)
        return year, month, day
    found = _EITHER.fullmatch(text)
    if found is None:
        return 0, 0, 0
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first > MONTHS or first == second:
        day_first = True
    elif second > MONTHS:
        day_first = False
    if day_first is None:
        return 0, 0, 0
    return (year, second, first) if day_first else (year, first, second)


def _clock(found: re.Match[str]) -> time | None:
    zone, hour = _zone(found["zone"] or "Z"), int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if found["half"] == "PM" else 0)
    if zone is None:
        return None
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0), 0, zone)
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    if text in _ZONES:
        return timezone(timedelta(hours=_ZONES[text]))
    if text[0] not in "+-":
        return None
    hours, minutes = int(text[1:3]), int(text[-2:])
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(-shift if text[0] == "-" else shift) if shift < timedelta(days=1) else None
