"""When a run reminds of what nobody answered, and whom."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.team import Team, work_days_later
from bot.features.checklists.models.runs import Run, Task

REMINDERS = 3
"""A run reminds so often; then /todo alone says it (facts: chat habits)."""
A_DAY = timedelta(days=1)
"""A weekend brings the same work day nearer by so much, though no clock was set."""
PAUSE = 2
"""Work days until the first reminder, and between two."""


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
    """Return what waits by its owner's name; what is nobody's is under ``Nobody``, at the end."""
    owned: dict[str, list[Task]] = {}
    free: list[Task] = []
    for task in run.left:
        if task.owner is None:
            free.append(task)
        else:
            owned.setdefault(task.owner.name, []).append(task)
    return {**owned, "No owner": free} if free else owned
