"""Cron words in a time zone: when a checklist comes next. The reading is APScheduler's.

``0 9 * * mon`` is Monday at nine; ``0 9 1-7 1,4,7,10 mon`` the first Monday of each quarter, for a
day of the month and one of the week must both hold.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from bot.errors import UserError

FIELDS = 5
_ONE = re.compile(r"[0-9]{1,2}", re.ASCII)
_A_MOMENT = timedelta(microseconds=1)


class CronCadences:
    """Reads cron words by APScheduler."""

    def following(self, cadence: str, zone: str, after: datetime) -> datetime:
        """Return the first moment of the cadence after another one, in UTC.

        An hour that a clock change leaves out is made up for; one that comes twice counts once.

        Raises:
            UserError: the words make no cadence, or one that never comes.
        """
        place = ZoneInfo(zone)
        # The clock on the wall is counted as if it never changed, and only the result is put into
        # the zone: there, what falls into the gap comes an hour later, and nothing comes twice.
        wall = after.astimezone(place).replace(tzinfo=UTC)
        trigger = _trigger(cadence)
        while True:
            wall = _next(trigger, wall, cadence)
            moment = wall.replace(tzinfo=place).astimezone(UTC)
            if moment > after:
                return moment


@lru_cache(maxsize=256)
def _trigger(cadence: str) -> CronTrigger:
    words = cadence.split()
    if len(words) != FIELDS:
        message = (
            f"{cadence[:60]!r} must have five fields: minute, hour, day, month, weekday, "
            "such as '0 9 * * mon'."
        )
        raise UserError(message)
    minute, hour, *_, weekday = words
    if not (_ONE.fullmatch(minute) and _ONE.fullmatch(hour)):
        message = f"{cadence[:60]!r} must have one minute and one hour: once a day at most."
        raise UserError(message)
    if any(char.isdigit() for char in weekday):
        message = f"Write the weekday of {cadence[:60]!r} as a word, mon to sun."
        raise UserError(message)
    try:
        return CronTrigger.from_crontab(cadence, timezone=UTC)
    except ValueError as error:
        message = f"{cadence[:60]!r} is not a valid schedule: {error}"
        raise UserError(message) from error


def _next(trigger: CronTrigger, wall: datetime, cadence: str) -> datetime:
    found: datetime | None = trigger.get_next_fire_time(None, wall + _A_MOMENT)
    if found is None:
        message = f"{cadence[:60]!r} does not match any date."
        raise UserError(message)
    return found
