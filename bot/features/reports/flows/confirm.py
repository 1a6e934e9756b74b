"""Confirming a weak report all the same: why is asked, and kept."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.forms import Form, Paragraph
from bot.core.interactions import Notice, Reply
from bot.core.interface import together, tr
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.inputs import Confirmer
from bot.features.reports.service.handling import confirm_report

AT_LEAST = 10
"""Characters in which a reason can be said."""
MOST = 500


class ConfirmForm(FlowForm, frozen=True, kw_only=True):
    """A weak report to confirm, its subject."""

    title: str = ""
    why: str = ""
    """Why a reason is wanted."""
    admin: bool = False
    """An admin is asked, who may leave it out."""
    reason: str = ""


def _form(given: ConfirmForm) -> Form:
    return Form(
        id="confirm-weak",
        title=given.title,
        intro=given.why,
        inputs=(
            Paragraph(
                name="reason",
                label=tr("Why file it as it is?"),
                hint=together(
                    tr("Kept in the case."), tr("Optional for admins.") if given.admin else ""
                ),
                required=not given.admin,
                most=MOST,
            ),
        ),
        submit=tr("Confirm"),
    )


def _check(given: ConfirmForm) -> Errors:
    if len(given.reason) < AT_LEAST and not given.admin:
        return {"reason": tr("Say in a few words why it should be filed as it is.")}
    return {}


def report_confirmed(_: RequestContext, report: Report) -> Sequence[Reply]:
    """Say what came of it."""
    told = tr("Confirmed {label}. Its packet will follow in the thread.", label=report.label)
    return [Notice(told, Tone.GOOD)]


CONFIRM = Flow(
    id="confirm-weak",
    version=1,
    form=ConfirmForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="reason", form=_form, check=_check),),
    finish=lambda ctx, form: confirm_report(
        ctx.app,
        ctx.tx,
        Confirmer(ctx.who, ctx.role, ctx.where.chat),
        form.subject,
        form.reason,
    ),
    answer=report_confirmed,
)
