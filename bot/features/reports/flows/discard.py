"""Discarding a confirmed report: it asks first, because its packet is sealed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Form, Text
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.reports.models.reports import Report
from bot.features.reports.service.discarding import discard_report

MOST = 200


class DiscardForm(FlowForm, frozen=True, kw_only=True):
    """A confirmed report to discard, its subject."""

    title: str = ""
    confirmed: str = ""
    """Who confirmed it."""
    reason: str = ""


def _form(given: DiscardForm) -> Form:
    return Form(
        id="discard-report",
        title=given.title,
        intro=tr(
            "{name} confirmed this report. If you discard it, its sealed packet must not be filed. "
            "The case keeps the evidence. You can undo this for 10 minutes.",
            name=given.confirmed,
        ),
        inputs=(
            Text(
                name="reason",
                label=tr("Why?"),
                hint=tr("Kept in the case."),
                required=False,
                most=MOST,
            ),
        ),
        submit=tr("Discard"),
    )


def report_discarded(_: RequestContext, report: Report) -> Sequence[Reply]:
    """Say what came of it."""
    return [Notice(tr("Discarded {label}.", label=report.label))]


DISCARD = Flow(
    id="discard-report",
    version=1,
    form=DiscardForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="discard", form=_form),),
    finish=lambda ctx, form: discard_report(ctx.app, ctx.tx, ctx.who, form.subject, form.reason),
    answer=report_discarded,
)
