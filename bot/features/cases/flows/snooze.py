"""Asking for quiet on a case until a moment."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.forms import Choice, Date, Form, Option

ON_A_DAY = "day"
HOURS = {"1": "1 hour", "4": "4 hours", "24": "1 day", "72": "3 days", "168": "1 week"}
LONGEST = timedelta(days=90)
"""Quiet for longer is forgetting; close the case instead."""


def _how_long_form(given: Given) -> Form:
    options = (
        *(Option(hours, label) for hours, label in HOURS.items()),
        Option(ON_A_DAY, "Until a day that I choose"),
    )
    return Form(
        id="snooze-how-long",
        title="Snooze the case",
        intro=f"{given['case']} stays quiet, goes on recording, and reports back in its thread.",
        inputs=(Choice(name="hours", label="For how long?", options=options, initial="24"),),
    )


def _how_long_next(given: Given) -> str:
    return "day" if given["hours"] == ON_A_DAY else ""


def _day_form(given: Given) -> Form:
    return Form(
        id="snooze-day",
        title="Snooze until a day",
        intro=f"{given['case']} reports back in the morning of that day.",
        inputs=(Date(name="day", label="Which day?", hint="Within the next 90 days."),),
        submit="Snooze",
    )


def _day_check(given: Given) -> Errors:
    today = date.fromisoformat(str(given["today"]))
    day = date.fromisoformat(str(given["day"]))
    if not timedelta() < day - today <= LONGEST:
        latest = today + LONGEST
        return {"day": f"Please choose a day after {today} and not after {latest}."}
    return {}


SNOOZE = Flow(
    id="snooze",
    version=1,
    steps=(
        Step(id="how-long", form=_how_long_form, next=_how_long_next),
        Step(id="day", form=_day_form, check=_day_check),
    ),
)
"""Facts: ``case``, ``today`` (the team's day, ISO 8601)."""
