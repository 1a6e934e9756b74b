"""Deciding a point of the quarterly review, or leaving it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Choice, Date, Form, Option, Text
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.checklists.models.decisions import Decision
from bot.features.reviews.models.facts import written
from bot.features.reviews.rules.deciding import ME, DecisionInput
from bot.features.reviews.service.deciding import decide_point, leave_point

DECISION = 200
REASON = 200


class DecideForm(FlowForm, frozen=True, kw_only=True):
    """A decision about a point; its subject is the point's reference."""

    title: str = ""
    owners: tuple[Option, ...] = ()
    """Who may be chosen."""
    today: date = date.min
    """In the team's zone."""
    what: str = ""
    owner: str = ""
    due: date = date.min

    @property
    def decided(self) -> DecisionInput:
        """What was decided."""
        return DecisionInput(what=self.what, owner=self.owner, until=self.due, today=self.today)


def _decide_form(given: DecideForm) -> Form:
    alone = len(given.owners) == 1
    return Form(
        id="decide",
        title="Decide",
        intro=given.title,
        inputs=(
            Text(
                name="what",
                label="What will be done?",
                hint="It comes back as a checklist item when it is due.",
                most=DECISION,
            ),
            Choice(
                name="owner",
                label="Who will do it?",
                hint="To choose someone else, assign a duty first: type /duties." if alone else "",
                options=given.owners,
                initial=ME,
            ),
            Date(name="due", label="Due date"),
        ),
        submit="Decide",
    )


def _decide_check(given: DecideForm) -> Errors:
    return errors_in(due=lambda: given.decided.due)


def _decided(_: RequestContext, decision: Decision) -> Sequence[Reply]:
    until = written(decision.due)
    told = f"Decision saved: {decision.owner.name}, due {until}. It becomes a checklist item."
    return [Notice(told, Tone.GOOD)]


DECIDE = Flow(
    id="decide",
    version=2,
    form=DecideForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="decide", form=_decide_form, check=_decide_check),),
    finish=lambda ctx, form: decide_point(ctx.app, ctx.tx, ctx.who, form.subject, form.decided),
    answer=_decided,
)


class LeaveForm(FlowForm, frozen=True, kw_only=True):
    """Why a point is left alone; its subject is the point's reference."""

    title: str = ""
    why: str = ""


def _leave_form(given: LeaveForm) -> Form:
    return Form(
        id="leave",
        title="Dismiss",
        intro=given.title,
        inputs=(
            Text(
                name="why",
                label="Why dismiss it?",
                hint="The review keeps your reason.",
                most=REASON,
            ),
        ),
        submit="Dismiss",
    )


LEAVE = Flow(
    id="leave",
    version=1,
    form=LeaveForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="leave", form=_leave_form),),
    finish=lambda ctx, form: leave_point(ctx.app, ctx.tx, ctx.who, form.subject, form.why),
    answer=lambda _, number: [Notice(f"Dismissed point {number}.")],
)
