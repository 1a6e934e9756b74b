"""What the core asks of whoever reads cadences, and how they are said in words."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Cadences(Protocol):
    """Reads cron words."""

    def following(self, cadence: str, zone: str, after: datetime) -> datetime:
        """Return the first moment of the cadence after another one, in UTC.

        An hour that a clock change leaves out is made up for; one that comes twice counts once.

        Raises:
            UserError: the words make no cadence, or one that never comes.
        """
        ...


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = {name[:3].lower(): name for name in _DAYS}
MONTHS = {str(number): name for number, name in enumerate(_MONTHS, start=1)}
WEEKS = {"1-7": "first", "8-14": "second", "15-21": "third", "22-28": "fourth"}
"""Days of a month in which each weekday comes once."""


def in_words(cadence: str) -> str:
    """Say when something comes, such as ``first Monday of every month at 9:00``.

    Cron words that are rarely used stay as they are.
    """
    match cadence.split():
        case [minute, hour, day, month, weekday] if minute.isdecimal() and hour.isdecimal():
            days, months = _days(day, weekday), _months(month)
            if days and months:
                every = days.startswith("every") and month == "*"
                of = "" if every else f" of {months}"
                return f"{days}{of} at {int(hour)}:{int(minute):02}"
    return cadence


def _days(day: str, weekday: str) -> str:
    name = WEEKDAYS.get(weekday, "")
    if day == "*":
        return "every day" if weekday == "*" else name and f"every {name}"
    if weekday == "*":
        return f"day {day}" if day.isdecimal() else ""
    return f"{WEEKS[day]} {name}" if name and day in WEEKS else ""


def _months(month: str) -> str:
    if month == "*":
        return "every month"
    *others, last = [MONTHS.get(each, "") for each in month.split(",")]
    if not all((*others, last)):
        return ""
    return f"{', '.join(others)} and {last}" if others else last
