"""Noting what Amazon answered to a report."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Choice, Form, Option, Paragraph, options_of
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.reports.models.reports import RejectionReason, Report, ReportState
from bot.features.reports.rules.inputs import AmazonAnswer
from bot.features.reports.service.handling import note_answer

QUOTED = 1000
_VERDICTS = (
    ReportState.REVIEW,
    ReportState.ACCEPTED,
    ReportState.PARTLY,
    ReportState.REFUSED,
)


class AnswerForm(FlowForm, frozen=True, kw_only=True):
    """What Amazon said to a report, its subject."""

    title: str = ""
    outcome: ReportState = ReportState.REVIEW
    words: str = ""
    refusal: RejectionReason | None = None

    @property
    def said(self) -> AmazonAnswer:
        """What is to be noted."""
        return AmazonAnswer(state=self.outcome, refusal=self.refusal, words=self.words)


def _answer_form(given: AnswerForm) -> Form:
    wanted = Option(ReportState.WANTED.value, tr("They want more from us"))
    return Form(
        id="report-answer",
        title=tr("Amazon's answer"),
        intro=given.title,
        inputs=(
            Choice(
                name="outcome",
                label=tr("What did Amazon say?"),
                options=(*options_of(_VERDICTS), wanted),
            ),
            Paragraph(
                name="words",
                label=tr("Their exact words"),
                hint=tr("Leave out names and addresses."),
                required=False,
                most=QUOTED,
            ),
        ),
    )


def _after_answer(given: AnswerForm) -> str:
    unhappy = (ReportState.REFUSED, ReportState.PARTLY)
    return "reason" if given.outcome in unhappy else ""


def _reason_form(_: AnswerForm) -> Form:
    return Form(
        id="report-reason",
        title=tr("Amazon's answer"),
        inputs=(
            Choice(
                name="refusal",
                label=tr("What reason did they give?"),
                options=options_of(RejectionReason),
            ),
        ),
        submit=tr("Save"),
    )


def answer_noted(_: RequestContext, report: Report) -> Sequence[Reply]:
    """Say what came of it."""
    state = report.state.said.lower()
    return [Notice(tr("{label}: {state}.", label=report.label, state=state))]


ANSWER = Flow(
    id="answer",
    version=1,
    form=AnswerForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(id="answer", form=_answer_form, next=_after_answer),
        Step(id="reason", form=_reason_form),
    ),
    finish=lambda ctx, form: note_answer(ctx.app, ctx.tx, ctx.who, form.subject, form.said),
    answer=answer_noted,
)
