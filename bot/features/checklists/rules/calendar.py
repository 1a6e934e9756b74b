"""When a checklist is due, and what people call that time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.clocks import PARTED
from bot.core.schedules import ChecklistSchedule
from bot.core.team import Team
from bot.features.checklists.models.definitions import Checklist, Item

Following = Callable[[datetime], datetime]
"""Returns the first moment of a cadence after another one."""

NOT_OURS_FOR = timedelta(days=365)
"""So long 'not for us' counts; then it is asked again."""

_TIMES_A_YEAR = {"*": 12, "*/2": 6, "*/3": 4, "*/4": 3, "*/6": 2}
MONTHLY, QUARTERLY, YEARLY = 12, 4, 1


def counts(agenda: ChecklistSchedule, checklist: Checklist, zone: str) -> bool:
    """Tell whether the agenda was counted with the checklist's cadence and the team's zone."""
    return (agenda.cadence, agenda.zone) == (checklist.cadence, zone)


def moved(agenda: ChecklistSchedule, zone: str) -> ChecklistSchedule:
    """Return the agenda in another zone: the same moment on its wall, so that none is lost."""
    wall = agenda.next_at.astimezone(ZoneInfo(agenda.zone))
    next_at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return msgspec.structs.replace(agenda, zone=zone, next_at=next_at)


def ahead(agenda: ChecklistSchedule, now: datetime) -> bool:
    """Tell whether the agenda was counted by a clock that was ahead, or nobody knows when."""
    return agenda.counted_at is None or agenda.counted_at - now > PARTED


def recounted(agenda: ChecklistSchedule, now: datetime, following: Following) -> ChecklistSchedule:
    """Return the agenda as counted from now, so that no moment is left out.

    What was posted already, because the clock was ahead, does not come again.
    """
    coming = following(now)
    if coming == agenda.last_at:
        coming = following(coming)
    next_at = min(agenda.next_at, coming)
    return msgspec.structs.replace(agenda, next_at=next_at, counted_at=now)


def latest(first: datetime, now: datetime, following: Following) -> tuple[datetime, datetime]:
    """Return the last moment that has come, and the first that has not.

    ``first`` has come. What lies between was missed: one run makes up for all of it.
    """
    planned = first
    while (coming := following(planned)) <= now:
        planned = coming
    return planned, coming


def expiry(item: Item, at: datetime, next_at: datetime | None, team: Team) -> datetime | None:
    """Return until when 'done' counts; None: for ever, as in a playbook.

    What counts until the checklist comes again counts to the end of that day, so that nobody
    has lost anything before they could answer.
    """
    if item.expires:
        return at + timedelta(days=item.expires)
    if next_at is None:
        return None
    local = team.local(next_at)
    end = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return end.astimezone(at.tzinfo)


def period(cadence: str, local: datetime) -> str:
    """Say which time of a cadence it is: ``week 48``, ``November``, ``Q4 2027``, ``2027``.

    A cadence that comes more often than weekly, or on several weekdays, is called by its day.
    """
    _, _, day, month, weekday = cadence.split()
    if day == "*":
        weekly = weekday.isalpha()
        return f"week {local.isocalendar().week}" if weekly else f"{local.day} {local:%b}"
    times = _TIMES_A_YEAR.get(month, month.count(",") + 1)
    if times == QUARTERLY:
        return f"Q{(local.month + 2) // 3} {local.year}"
    if times == YEARLY:
        return str(local.year)
    return f"{local:%B}" if times == MONTHLY else f"{local:%B} {local.year}"
