"""Noting that a report was filed, and under which complaint ID."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm, errors_in
from bot.core.forms import Form, Text
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.inputs import read_complaint
from bot.features.reports.service.handling import note_filing

COMPLAINT = 40


class FiledForm(FlowForm, frozen=True, kw_only=True):
    """What is known of the filing of a report, its subject."""

    title: str = ""
    complaint: str = ""

    @property
    def complaint_id(self) -> str:
        """Amazon's own ID of it; empty where it is not known yet. Raises UserError."""
        return read_complaint(self.complaint)


def _filed_form(given: FiledForm) -> Form:
    return Form(
        id="report-filed",
        title=tr("I filed it"),
        intro=tr(
            "{report}. Amazon shows the complaint ID after you submit the report, and in Brand "
            "Registry's submission history.",
            report=given.title,
        ),
        inputs=(
            Text(
                name="complaint",
                label=tr("Complaint ID"),
                hint=tr("You can add it later: press the same button."),
                required=False,
                initial=given.complaint,
                most=COMPLAINT,
            ),
        ),
        submit=tr("Save"),
    )


def _filed_check(given: FiledForm) -> Errors:
    return errors_in(complaint=lambda: given.complaint_id)


def filing_noted(_: RequestContext, report: Report) -> Sequence[Reply]:
    """Say what came of it."""
    told = tr("Marked {label} as filed. You will get reminders.", label=report.label)
    return [Notice(told, Tone.GOOD)]


FILED = Flow(
    id="filed",
    version=1,
    form=FiledForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="filed", form=_filed_form, check=_filed_check),),
    finish=lambda ctx, form: note_filing(ctx.app, ctx.tx, ctx.who, form.subject, form.complaint_id),
    answer=filing_noted,
)
