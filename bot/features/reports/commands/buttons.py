"""What the buttons on a report's card do, or which form they open."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.confirming import ask_first, is_confirmed
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Reply
from bot.core.interface import tr
from bot.core.languages import language_of
from bot.core.permissions import Permission, Role
from bot.core.request import ClickSpec, RequestContext
from bot.core.undo.announcing import offered_to
from bot.features.cases.service.lookup import find_case
from bot.features.pages.service.changing import refuse_changes
from bot.features.reports.commands.reports import ask_matter
from bot.features.reports.flows.answer import ANSWER, AnswerForm
from bot.features.reports.flows.confirm import CONFIRM, ConfirmForm, report_confirmed
from bot.features.reports.flows.discard import DISCARD, DiscardForm, report_discarded
from bot.features.reports.flows.edit import EDIT_REPORT, EditReportForm
from bot.features.reports.flows.filed import FILED, FiledForm
from bot.features.reports.models.observations import PAGE
from bot.features.reports.models.reports import ReportState
from bot.features.reports.rules.inputs import Confirmer
from bot.features.reports.service.gathering import english_of
from bot.features.reports.service.handling import (
    EndedReport,
    close_report,
    confirm_report,
    reason_wanted,
    retract_report,
)
from bot.features.reports.service.redrafting import redraft_report, report_return
from bot.features.reports.service.reports import find_report
from bot.features.reports.views.report_acts import close_confirm, retract_confirm


async def confirm(ctx: RequestContext) -> Sequence[Reply]:
    """Say that the report may be filed; its packet is made then. A weak one may need a reason."""
    report = await find_report(ctx.tx, ctx.text)
    by = Confirmer(ctx.who, ctx.role, ctx.where.chat)
    if why := await reason_wanted(ctx.app, ctx.tx, by, report):
        known = ConfirmForm(
            subject=report.key,
            title=tr("Confirm {label}", label=report.label),
            why=why,
            admin=ctx.role >= Role.ADMIN,
        )
        return [start_flow(ctx, CONFIRM, known)]
    return report_confirmed(ctx, await confirm_report(ctx.app, ctx.tx, by, report.key))


async def ask_text(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for another text."""
    report = await find_report(ctx.tx, ctx.text)
    known = EditReportForm(
        subject=report.key,
        title=tr("Text of {label}", label=report.label),
        text=report.text,
        language=report.language,
        other=language_of(report.marketplace),
        english=await english_of(ctx.app, ctx.tx, report),
    )
    return [start_flow(ctx, EDIT_REPORT, known)]


async def ask_complaint(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for Amazon's complaint ID."""
    report = await find_report(ctx.tx, ctx.text)
    title = f"{report.label} {report.claim.said}"
    known = FiledForm(subject=report.key, title=title, complaint=report.complaint)
    return [start_flow(ctx, FILED, known)]


async def ask_answer(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what Amazon said."""
    report = await find_report(ctx.tx, ctx.text)
    title = f"{report.label} {report.claim.said}"
    if report.complaint:
        title = tr("{report} (complaint {id})", report=title, id=report.complaint)
    return [start_flow(ctx, ANSWER, AnswerForm(subject=report.key, title=title))]


async def retract(ctx: RequestContext) -> Sequence[Reply]:
    """Take a report back, or drop a draft; either is asked about first."""
    report = await find_report(ctx.tx, ctx.text)
    if report.state is ReportState.CONFIRMED:
        by = report.confirmed_by.name if report.confirmed_by else tr("Someone")
        title = tr("Discard {label}", label=report.label)
        known = DiscardForm(subject=report.key, title=title, confirmed=by)
        return [start_flow(ctx, DISCARD, known)]
    confirm = retract_confirm(report)
    if confirm is not None and not is_confirmed(ctx, confirm):
        return [ask_first(ctx, "retract-report", confirm, report.key)]
    ended = await retract_report(ctx.app, ctx.tx, ctx.who, report.key)
    undo = await _undo(ctx, ended)
    if report.filed_at is None:
        return [*report_discarded(ctx, report), *undo]
    told = tr("Retracted {label} here. Retract it at Amazon, too.", label=report.label)
    return [Notice(told), *undo]


async def close(ctx: RequestContext) -> Sequence[Reply]:
    """Be done with a report; it is asked about first, unless the offer is gone."""
    report = await find_report(ctx.tx, ctx.text)
    confirm = close_confirm(report)
    if confirm is not None and not is_confirmed(ctx, confirm):
        return [ask_first(ctx, "close-report", confirm, report.key)]
    ended = await close_report(ctx.app, ctx.tx, ctx.who, report.key)
    told = Notice(tr("Closed {label}.", label=report.label), Tone.GOOD)
    return [told, *await _undo(ctx, ended)]


async def _undo(ctx: RequestContext, ended: EndedReport) -> list[Reply]:
    return offered_to(ctx.where, ended.undo, await ctx.app.team(ctx.tx))


async def refile(ctx: RequestContext) -> Sequence[Reply]:
    """Draft the report again, with what was collected since."""
    again = await redraft_report(ctx.app, ctx.tx, ctx.who, ctx.text)
    told = tr("Drafted {label}. Add what was missing.", label=again.label)
    return [Notice(told, Tone.GOOD)]


async def report_again(ctx: RequestContext) -> Sequence[Reply]:
    """Draft a new report upon a seller's return."""
    again = await report_return(ctx.app, ctx.tx, ctx.who, ctx.text)
    told = tr("Drafted {label}. See it in the case's thread.", label=again.label)
    return [Notice(told, Tone.GOOD)]


async def page_not_ours(ctx: RequestContext) -> Sequence[Reply]:
    """Say that the team did not change the page: the playbook begins, and a report is asked for."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    await refuse_changes(ctx.app, ctx.tx, ctx.who, case.key)
    return await ask_matter(ctx, matter=PAGE)


CLICKS = (
    ClickSpec("page-not-ours", Permission.WORK_CASES, page_not_ours),
    ClickSpec("report", Permission.WORK_CASES, ask_matter),
    ClickSpec("confirm-report", Permission.WORK_CASES, confirm),
    ClickSpec("edit-report", Permission.WORK_CASES, ask_text),
    ClickSpec("report-filed", Permission.WORK_CASES, ask_complaint),
    ClickSpec("report-answer", Permission.WORK_CASES, ask_answer),
    ClickSpec("retract-report", Permission.WORK_CASES, retract),
    ClickSpec("close-report", Permission.WORK_CASES, close),
    ClickSpec("refile", Permission.WORK_CASES, refile),
    ClickSpec("report-return", Permission.WORK_CASES, report_again),
)
