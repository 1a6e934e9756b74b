"""Asking for quiet on a case until a moment."""

from __future__ import annotations

from datetime import date

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, Date, Form, Option
from bot.core.interface import tr, tr_data
from bot.core.permissions import Permission
from bot.features.cases.flows.answers import case_changed
from bot.features.cases.rules.inputs import SnoozeInput
from bot.features.cases.service.working import snooze_case

ON_A_DAY = "day"
HOURS = {"1": "1 hour", "4": "4 hours", "24": "1 day", "72": "3 days", "168": "1 week"}


class SnoozeForm(FlowForm, frozen=True, kw_only=True):
    """A case that is to be quiet; ``subject`` is its key."""

    case: str = ""
    """What people call it."""
    today: date | None = None
    """The team's day."""
    hours: str = ""
    """A number of them, or ``ON_A_DAY``."""
    day: date | None = None

    @property
    def snooze(self) -> SnoozeInput:
        """For how long it is to be quiet."""
        hours = int(self.hours) if self.hours in HOURS else None
        return SnoozeInput(case=self.subject, hours=hours, day=self.day, today=self.today)


def _how_long_form(given: SnoozeForm) -> Form:
    options = (
        *(Option(hours, tr_data(label)) for hours, label in HOURS.items()),
        Option(ON_A_DAY, tr("Until a day I choose")),
    )
    return Form(
        id="snooze-how-long",
        title=tr("Snooze the case"),
        intro=tr(
            "{case} stays quiet while snoozed. Afterward, its thread shows what happened.",
            case=given.case,
        ),
        inputs=(Choice(name="hours", label=tr("For how long?"), options=options, initial="24"),),
    )


def _how_long_next(given: SnoozeForm) -> str:
    return "day" if given.hours == ON_A_DAY else ""


def _day_form(given: SnoozeForm) -> Form:
    return Form(
        id="snooze-day",
        title=tr("Snooze until a day"),
        intro=tr(
            "A summary appears in the thread of {case} on the morning of that day.",
            case=given.case,
        ),
        inputs=(Date(name="day", label=tr("Which day?"), hint=tr("Within the next 90 days.")),),
        submit=tr("Snooze"),
    )


def _day_check(given: SnoozeForm) -> Errors:
    return errors_in(day=lambda: given.snooze.last_day)


SNOOZE = Flow(
    id="snooze",
    version=1,
    form=SnoozeForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(id="how-long", form=_how_long_form, next=_how_long_next),
        Step(id="day", form=_day_form, check=_day_check),
    ),
    finish=lambda ctx, form: snooze_case(ctx.app, ctx.tx, ctx.who, form.snooze),
    answer=case_changed,
)
