"""A year of checklists: two clock changes, a leap day, restarts, deaths, and three days of nothing.

``pytest -s`` prints it as a calendar.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.team import at_work
from bot.features.checklists.models.runs import Answer, Ending, Run
from bot.features.checklists.rules.calendar import REMINDERS
from tests.journeys.guard_year import (
    ASKED,
    DECISIONS_DUE,
    DOWN,
    LAST,
    SETTINGS,
    STEP,
    ZONE,
    Year,
    expected,
)

REMARKABLE = {
    date(2027, 10, 31),
    date(2028, 2, 12),
    date(2028, 2, 15),
    date(2028, 2, 29),
    date(2028, 3, 26),
}
"""Days on which the clock is changed, before and after the stop, and the leap day."""
A_WEEK = timedelta(days=7)


@pytest.mark.ci
async def test_a_year_of_rounds(tmp_path: Path) -> None:
    year = Year(tmp_path, seed=48)
    runs = await year.live()
    print(calendar(year, runs))
    assert min(year.restarts, year.deaths) >= 10
    for checklist in ASKED:
        planned = [run.planned_at for run in runs if run.checklist == checklist.id]
        assert planned == due(checklist.id)
    assert sorted(headlines(year)) == sorted(run.label for run in runs)
    for run in runs:
        is_posted_in_time(run)
        is_reminded_of_decently(year, run)
    assert not [key for key, came in year.chat.came.items() if SETTINGS.quiet_until(came)]
    decisions_come_back(runs)


def due(id: str) -> list[datetime]:
    """Return the moments of which one run each must come: of those that nobody saw, the last."""
    moments = list(expected(id))
    missed = [moment for moment in moments if DOWN[0] <= moment < DOWN[1]]
    return [moment for moment in moments if moment not in missed[:-1]]


def headlines(year: Year) -> list[str]:
    return [key for key in year.chat.order if key.startswith("K-") and "/" not in key]


def is_posted_in_time(run: Run) -> None:
    if DOWN[0] <= run.planned_at < DOWN[1]:
        assert run.posted_at == DOWN[1]
    elif run.checklist != "decisions":
        assert timedelta() <= run.posted_at - run.planned_at < STEP


def is_reminded_of_decently(year: Year, run: Run) -> None:
    """Check that it is reminded at most three times, at work, and only of what is open."""
    came = reminders(year, run)
    assert len(came) == run.reminded <= REMINDERS
    for moment in came:
        assert at_work(SETTINGS, moment)
        assert run.closed_at is None or moment <= run.closed_at
    open_for = (run.closed_at or year.clock.now) - run.posted_at
    assert came or open_for < timedelta(days=5), f"{run.label} was never reminded of"


def reminders(year: Year, run: Run) -> list[datetime]:
    return [came for key, came in year.chat.came.items() if key.startswith(f"{run.label}/reminder")]


def decisions_come_back(runs: Sequence[Run]) -> None:
    """Check that each decision comes on its first work day, and weekly until it is done."""
    for number, (day, times) in DECISIONS_DUE.items():
        asked = [run for run in runs if run.task(f"D-{number}") and run.checklist == "decisions"]
        days = [run.posted_at.astimezone(ZONE).date() for run in asked]
        first = work_day(day)
        wanted = [first + place * A_WEEK for place in range(times)]
        assert days == [each for each in wanted if each < LAST], number
        done = [task.answer is Answer.DONE for run in asked if (task := run.task(f"D-{number}"))]
        assert done == [False] * (len(days) - 1) + [len(days) == times]


def work_day(day: date) -> date:
    """Return the first work day on which somebody runs the program."""
    while day.weekday() > 4 or at_noon(day) == DOWN[0] or DOWN[0] < at_noon(day) < DOWN[1]:
        day += timedelta(days=1)
    return day


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


def calendar(year: Year, runs: Sequence[Run]) -> str:
    """Return the year, a line a run; of the daily ones those of remarkable days."""
    lines = [
        f"{year.restarts} restarts, {year.deaths} of them in the middle of a tick; "
        f"nobody ran it from {told(DOWN[0])} to {told(DOWN[1])}"
    ]
    ordered = sorted(runs, key=lambda run: (run.posted_at, run.number))
    for month, several in itertools.groupby(ordered, _month):
        held = list(several)
        daily = [run for run in held if run.checklist == "daily" and run_day(run) not in REMARKABLE]
        answered = sum(run.ending is Ending.ANSWERED for run in daily)
        lines.append(f"\n{month} (besides {len(daily)} daily runs, {answered} of them answered)")
        lines += [line(year, run) for run in held if run not in daily]
    return "\n".join(lines)


def _month(run: Run) -> str:
    return f"{run_day(run):%B %Y}"


def run_day(run: Run) -> date:
    return run.posted_at.astimezone(ZONE).date()


def line(year: Year, run: Run) -> str:
    seen = year.chat.came[run.label]
    late = f", posted {told(seen)}" if seen != run.planned_at else ""
    answered = [task for task in run.tasks if task.answer is not Answer.OPEN]
    problems = run.count(Answer.PROBLEM)
    parts = [
        f"{told(run.planned_at)}  {run.label:6} {run.title}{late}",
        f"{len(answered)} of {len(run.tasks)} answered"
        + (f" ({problems} problem)" if problems else ""),
        "reminded " + ", ".join(told(came) for came in reminders(year, run))
        if run.reminded
        else "",
        run.ending.label if run.ending else "open",
    ]
    return "  " + " | ".join(part for part in parts if part)


def told(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%a %d %b %H:%M}"
