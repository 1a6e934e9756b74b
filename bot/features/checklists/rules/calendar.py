"""When a checklist is due, and what people call that time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.recurrence import ChecklistSchedule
from bot.core.team import Team
from bot.features.checklists.models.definitions import Checklist, Item

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
