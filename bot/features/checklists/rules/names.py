"""What people call a run, in the language of the interface; what is stored of it is English."""

from __future__ import annotations

import re

from bot.core.interface import tr, tr_data
from bot.features.checklists.models.runs import Run

_WEEK = re.compile(r"week (?P<number>[0-9]+)", re.ASCII)
_QUARTER = re.compile(r"Q(?P<quarter>[1-4]) (?P<year>[0-9]{4})", re.ASCII)
_DAY = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[A-Z][a-z]{2})", re.ASCII)
_MONTH = re.compile(r"(?P<month>[A-Z][a-z]+) (?P<year>[0-9]{4})", re.ASCII)


def run_name(run: Run) -> str:
    """Return what the run is called: its checklist and, if that comes again and again, when."""
    title, _, when = run.title.rpartition(", ")
    if run.case or not title:
        return tr_data(run.title)
    return tr("{checklist}, {period}", checklist=tr_data(title), period=_period(when))


def _period(when: str) -> str:
    """Say a time as `rules.calendar.period` names it."""
    if found := _WEEK.fullmatch(when):
        return tr("week {number}", number=found["number"])
    if found := _QUARTER.fullmatch(when):
        return tr("Q{quarter} {year}", quarter=found["quarter"], year=found["year"])
    if found := _DAY.fullmatch(when):
        return tr("{day} {month}", day=found["day"], month=tr_data(found["month"]))
    if found := _MONTH.fullmatch(when):
        return tr("{month} {year}", month=tr_data(found["month"]), year=found["year"])
    return tr_data(when)
