"""The review's charts; where there is nothing to draw, there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.charts import Bar, Bars, Chart, Course
from bot.features.reports.models.reports import ReportState
from bot.features.reviews.models.facts import Day, Facts, counted
from bot.features.reviews.rules.outcomes import answered
from bot.features.reviews.rules.security import scores

WEEK = timedelta(days=7)
METHODS = 6
"""Bars of the methods' chart; the rest is one bar."""


def charts(facts: Facts) -> tuple[Chart, ...]:
    """Return the pictures of the quarter."""
    drawn = (_methods(facts), _weeks(facts), _answers(facts), _score(scores(facts)))
    return tuple(chart for chart in drawn if chart is not None)


def _methods(facts: Facts) -> Chart | None:
    counts = Counter(each.method.label for each in facts.attacks).most_common()
    if not counts:
        return None
    bars = [Bar(label, count, strong=not place) for place, (label, count) in enumerate(counts)]
    rest = sum(count for _, count in counts[METHODS:])
    label, most = counts[0]
    return Bars(
        title="Attacks by method",
        says=f"{label}: {most} of {counted(len(facts.attacks), 'attack')}.",
        bars=(*bars[:METHODS], *([Bar("All others", rest)] if rest else [])),
    )


def _weeks(facts: Facts) -> Chart | None:
    """Show the quarter's weeks, each from its Monday on, those without an attack too."""
    happened = Counter(_monday(facts.day(each.at)) for each in facts.here)
    if not happened:
        return None
    first, last = (_monday(day) for day in (facts.span.quarter.since, facts.span.until))
    mondays = [first + number * WEEK for number in range((last - first) // WEEK + 1)]
    most = max(happened.values())
    worst = next(day for day in mondays if happened[day] == most)
    apart = len(facts.attacks) < len(facts.here)
    what = "Attacks and unknown sellers" if apart else "Attacks"
    return Course(
        title=f"{what} by week",
        says=f"Most began in the week of {_short(worst)}: {most}.",
        points=tuple(Bar(_short(day), happened[day], strong=day == worst) for day in mondays),
        most=max(most, 4),
    )


def _answers(facts: Facts) -> Chart | None:
    verdicts = Counter(each.verdict for each in answered(facts))
    if not verdicts:
        return None
    refused = verdicts[ReportState.REFUSED]
    shown = (ReportState.ACCEPTED, ReportState.PARTLY, ReportState.REFUSED)
    return Bars(
        title="Amazon's answers",
        says=f"{refused} of {counted(verdicts.total(), 'report')} rejected."
        if refused
        else "No reports were rejected.",
        bars=tuple(
            Bar(state.label, verdicts[state], strong=state is ReportState.REFUSED and refused > 0)
            for state in shown
        ),
    )


def _score(days: Sequence[Day]) -> Chart | None:
    """Show the score's last day of each week."""
    if not days:
        return None
    by_week = {_monday(each.day): each for each in days}
    first, last = days[0].percent, days[-1].percent
    rose = f"rose from {first}% to" if last > first else f"fell from {first}% to"
    return Course(
        title="Security score",
        says=f"It {'stayed at' if last == first else rose} {last}%.",
        points=tuple(Bar(_short(each.day), each.percent) for each in by_week.values()),
        most=100,
        unit="%",
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
