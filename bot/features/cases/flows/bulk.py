"""Doing the same with several cases: how many is always said before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.core.browse.models import ROWS_APART
from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, WrongAnswers
from bot.core.forms import Choice, Form, Option, Paragraph, options_of
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr, tr_count, tr_data
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.cases.flows.close import NOTE_AT_LEAST
from bot.features.cases.flows.snooze import HOURS
from bot.features.cases.models.cases import NEVER_CHOSEN, TRUSTING, CloseReason
from bot.features.cases.rules.inputs import ClosingInput
from bot.features.cases.service.bulk import (
    BulkDone,
    acknowledge_cases,
    assign_cases,
    close_cases,
    snooze_cases,
)

NAMED = 3
"""So many reasons why a case was left as it is are told."""


class BulkForm(FlowForm, frozen=True, kw_only=True):
    """Several cases; ``subject`` holds their keys in a row."""

    labels: str = ""
    """What people call them."""
    closed: int = 0
    """How many of those that were chosen are closed, and stay so."""
    owners: str = ""
    """Who else has some of them, as people read it."""
    hours: str = ""
    reason: CloseReason | None = None
    note: str = ""

    @property
    def count(self) -> int:
        """How many cases it is about."""
        return len(self.subject.split(ROWS_APART))

    @property
    def closing(self) -> ClosingInput:
        """Why they are to be closed. Raises WrongAnswers: no reason was chosen."""
        if self.reason is None:
            raise WrongAnswers(reason=tr("Choose a reason."))
        return ClosingInput(case="", reason=self.reason, note=self.note)


def _intro(given: BulkForm) -> str:
    left = (
        tr_count(
            given.closed,
            "{count} selected case is closed and stays as it is.",
            "{count} selected cases are closed and stay as they are.",
        )
        if given.closed
        else ""
    )
    return _lines(given.labels, left)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _acknowledge_form(given: BulkForm) -> Form:
    title = tr_count(given.count, "Acknowledge {count} case", "Acknowledge {count} cases")
    return Form(id="acknowledge-cases", title=title, intro=_intro(given), submit=tr("Acknowledge"))


def _assign_form(given: BulkForm) -> Form:
    taken = (
        tr("Assigned to {names} now. They are told.", names=given.owners) if given.owners else ""
    )
    title = tr_count(given.count, "Take {count} case", "Take {count} cases")
    return Form(
        id="assign-cases",
        title=title,
        intro=_lines(_intro(given), taken),
        submit=tr("Assign to me"),
    )


def _snooze_form(given: BulkForm) -> Form:
    options = tuple(Option(hours, tr_data(label)) for hours, label in HOURS.items())
    return Form(
        id="snooze-cases",
        title=tr_count(given.count, "Snooze {count} case", "Snooze {count} cases"),
        intro=_intro(given),
        inputs=(Choice(name="hours", label=tr("For how long?"), options=options, initial="24"),),
        submit=tr("Snooze"),
    )


def _close_form(given: BulkForm) -> Form:
    offered = [each for each in CloseReason if each not in NEVER_CHOSEN | TRUSTING]
    return Form(
        id="close-cases",
        title=tr_count(given.count, "Close {count} case", "Close {count} cases"),
        intro=_intro(given),
        inputs=(
            Choice(
                name="reason",
                label=tr("Reason"),
                options=options_of(offered),
            ),
            Paragraph(
                name="note",
                label=tr("What should the next person know?"),
                hint=tr("Required for 'Another reason'. Otherwise optional."),
                required=False,
                most=1000,
            ),
        ),
        submit=tr("Close"),
    )


def _close_check(given: BulkForm) -> Errors:
    if given.reason is CloseReason.OTHER and len(given.note) < NOTE_AT_LEAST:
        return {"note": tr("Say in a few words why you are closing them.")}
    return {}


def told(text: str, done: BulkDone) -> Sequence[Reply]:
    """Say what became of them, and why some were left as they are."""
    more = len(done.skipped) - NAMED
    lines = [text, *done.skipped[:NAMED]]
    if more > 0:
        lines.append(tr("and {more} more", more=f"{more:,}"))
    return [Notice("\n".join(lines), Tone.INFO if done.skipped else Tone.GOOD)]


def acknowledged(_: RequestContext, done: BulkDone) -> Sequence[Reply]:
    """Say how many were acknowledged."""
    text = tr_count(done.done, "Acknowledged {count} case.", "Acknowledged {count} cases.")
    return told(text, done)


def assigned(_: RequestContext, done: BulkDone) -> Sequence[Reply]:
    """Say how many were taken."""
    text = tr_count(
        done.done, "{count} case is assigned to you.", "{count} cases are assigned to you."
    )
    return told(text, done)


def snoozed(_: RequestContext, done: BulkDone) -> Sequence[Reply]:
    """Say how many are quiet."""
    return told(tr_count(done.done, "Snoozed {count} case.", "Snoozed {count} cases."), done)


def closed(_: RequestContext, done: BulkDone) -> Sequence[Reply]:
    """Say how many were closed."""
    return told(tr_count(done.done, "Closed {count} case.", "Closed {count} cases."), done)


def _flow(
    id: str,
    step: Step[BulkForm],
    finish: Callable[[RequestContext, BulkForm], Awaitable[BulkDone]],
    answer: Callable[[RequestContext, BulkDone], Sequence[Reply]],
) -> Flow[BulkForm, BulkDone]:
    """Return a flow that asks once, and then does the same with all of them."""
    return Flow(
        id=id,
        version=1,
        form=BulkForm,
        permission=Permission.WORK_CASES,
        steps=(step,),
        finish=finish,
        answer=answer,
    )


ACKNOWLEDGE_CASES = _flow(
    "acknowledge-cases",
    Step(id="acknowledge", form=_acknowledge_form),
    lambda ctx, form: acknowledge_cases(ctx.app, ctx.tx, ctx.who, form.subject),
    acknowledged,
)
ASSIGN_CASES = _flow(
    "assign-cases",
    Step(id="assign", form=_assign_form),
    lambda ctx, form: assign_cases(ctx.app, ctx.tx, ctx.who, form.subject),
    assigned,
)
SNOOZE_CASES = _flow(
    "snooze-cases",
    Step(id="how-long", form=_snooze_form),
    lambda ctx, form: snooze_cases(ctx.app, ctx.tx, ctx.who, form.subject, int(form.hours)),
    snoozed,
)
CLOSE_CASES = _flow(
    "close-cases",
    Step(id="reason", form=_close_form, check=_close_check),
    lambda ctx, form: close_cases(ctx.app, ctx.tx, ctx.who, form.subject, form.closing),
    closed,
)
