"""When attacks happen, in sentences: who has a weekday, which hour stands out, on whose clock."""

from __future__ import annotations

from bot.core.views.lists import counted
from bot.features.attacks.rules.analysis import Analysis
from bot.features.attacks.rules.counts import FEWEST, Peak
from bot.features.attacks.rules.habits import Habit
from bot.features.attacks.rules.weeks import HOURS
from bot.features.attacks.views.words import named

HABITS = 2
"""So many sources are named with their weekday."""
_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def when(analysis: Analysis) -> str:
    """Say who has a weekday, else whether a weekday or an hour stands out; and in which zone."""
    if analysis.total < FEWEST:
        return f"{analysis.total} in total: too few to tell."
    told = [_habit(each, analysis) for each in analysis.habits[:HABITS]]
    if analysis.day:
        told.append(_peak(f"{_DAYS[analysis.day.place]} stand out", analysis.day))
    if analysis.hour:
        first, last = analysis.hour.place, (analysis.hour.place + 1) % HOURS
        told.append(_peak(f"{first}:00 to {last}:00 stands out", analysis.hour))
    if not told:
        known = f"the hour is known for {analysis.timed:,} of {analysis.total:,}"
        return f"No weekday or hour stands out; {known}. You can treat all times alike."
    return f"{' '.join(told)} {_duty(analysis)} {_clock(analysis)}"


def _clock(analysis: Analysis) -> str:
    """Say whose times these are; of what a person logged, only the day is known."""
    seen = "Times are when Brandwarden saw it"
    if analysis.timed < analysis.total:
        seen = "Logged attacks count on the day you entered"
    return f"{seen}, {zone_words(analysis.zone)}."


def zone_words(zone: str) -> str:
    """Say whose clock it is: ``New York time`` of ``America/New_York``, or ``UTC``."""
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time" if "/" in zone else zone


def _habit(habit: Habit, analysis: Analysis) -> str:
    who, weekday = named(habit.source, analysis), _DAYS[habit.weekday]
    when = f"{weekday[:-1]} {habit.part}" if habit.part else weekday
    return f"{who} shows up on {when}: {habit.count:,} of its {counted(habit.of, 'visit')}."


def _duty(analysis: Analysis) -> str:
    """Say when to have somebody look."""
    if not analysis.habits:
        return "Have someone on duty then."
    first = analysis.habits[0]
    part = f" {first.part[:-1]}" if first.part else ""
    return f"Have someone on duty on {_DAYS[first.weekday][:-1]}{part}."


def _peak(what: str, peak: Peak) -> str:
    usual = f"about {max(1, round(peak.usual))} would be expected"
    return f"{what}: {peak.count:,} of {peak.of:,}; {usual}."
