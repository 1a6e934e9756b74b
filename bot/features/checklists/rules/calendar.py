"""When a checklist is due, what people call that time, and when a run reminds whom."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.interface import tr
from bot.core.recurrence import ChecklistSchedule
from bot.core.team import Team, work_days_later
from bot.features.checklists.models.definitions import Checklist, Item
from bot.features.checklists.models.runs import Run, Task

NOT_OURS_FOR = timedelta(days=365)
"""So long 'not for us' counts; then it is asked again."""

_TIMES_A_YEAR = {"*": 12, "*/2": 6, "*/3": 4, "*/4": 3, "*/6": 2}
MONTHLY, QUARTERLY, YEARLY = 12, 4, 1
REMINDERS = 3
"""A run reminds so often; then /todo alone says it (facts: chat habits)."""
A_DAY = timedelta(days=1)
"""A weekend brings the same work day nearer by so much, though no clock was set."""
PAUSE = 2
"""Work days until the first reminder, and between two."""


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


def first_due(team: Team, posted_at: datetime) -> datetime:
    """Return when to remind first: counted from when people could see the run."""
    return work_days_later(team, team.quiet_until(posted_at) or posted_at, PAUSE)


def brought_forward(run: Run, team: Team, now: datetime) -> Run | None:
    """Return the run as if it was posted now; None where no clock was ahead."""
    if run.due_at is None:
        return None
    anew = first_due(team, now)
    return msgspec.structs.replace(run, due_at=anew) if run.due_at - anew > A_DAY else None


def may_remind(run: Run, now: datetime) -> bool:
    """Tell whether it is time to remind of the run."""
    due = run.due_at is not None and run.due_at <= now
    return run.open and due and run.reminded < REMINDERS and bool(run.left)


def remind(run: Run, team: Team, now: datetime) -> Run:
    """Count a reminder, and say when the next one is due."""
    reminded = run.reminded + 1
    again = work_days_later(team, now, PAUSE) if reminded < REMINDERS else None
    return msgspec.structs.replace(run, reminded=reminded, due_at=again)


def escalates(run: Run) -> bool:
    """Tell whether the lead is named and people are pinged: from the second reminder on."""
    return run.reminded > 1


def late_by_owner(run: Run) -> dict[str, list[Task]]:
    """Return what waits by its owner's name; items without an owner come last."""
    owned: dict[str, list[Task]] = {}
    free: list[Task] = []
    for task in run.left:
        if task.owner is None:
            free.append(task)
        else:
            owned.setdefault(task.owner.name, []).append(task)
    return {**owned, tr("No owner"): free} if free else owned
