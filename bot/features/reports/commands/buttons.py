"""What the buttons on a report's card do, and what follows when its forms are filled in."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Tone
from bot.core.findings import Fact
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Reply
from bot.core.jobs import PACKET, enqueue
from bot.core.languages import language_of
from bot.core.permissions import Permission, Role
from bot.core.request import ClickSpec, RequestContext
from bot.core.scheduler import Work
from bot.core.sequences import next_number
from bot.core.text import changes, one_line
from bot.errors import NotAllowed, UserError
from bot.features.reports.collections import REPORTS
from bot.features.reports.commands.filing import file_report
from bot.features.reports.models.reports import RejectionReason, Report, ReportState, Version
from bot.features.reports.rules import steps
from bot.features.reports.rules.acceptance import needs_admin
from bot.features.reports.rules.lint import lint
from bot.features.reports.service.reports import (
    find_report,
    keep,
    lint_input_of,
    share_of,
    subject_of,
    two_persons,
)
from bot.features.reports.texts.writing import report_text

OBJECTIONS = 3
SHOWN = 4
"""Lines of an edit's difference that the thread shows."""
CHANGES = 280
"""Characters of such a line."""


async def confirm(ctx: RequestContext) -> Sequence[Reply]:
    """Say that the report may be filed; its packet is made then."""
    report = await find_report(ctx.tx, ctx.text)
    objections = lint(await lint_input_of(ctx.app, ctx.tx, report))
    stops = [each.says for each in objections if each.stops]
    if stops:
        raise UserError(f"{report.label} would be rejected. " + " ".join(stops[:OBJECTIONS]))
    overall = await share_of(ctx.app)
    if needs_admin(overall, weak=bool(objections)) and ctx.role < Role.ADMIN:
        message = (
            f"{report.label} is weak ({objections[0].says}), and one refusal would bring your "
            f"accepted share ({overall}) below 90 %. Mend it, or let an admin confirm it."
        )
        raise NotAllowed(message)
    confirmed = steps.confirm(
        report,
        ctx.who,
        ctx.app.clock(),
        two_persons=await two_persons(ctx.app, ctx.tx),
    )
    enqueue(ctx.app, ctx.tx, PACKET, report.key, ctx.who)
    ctx.tx.after(lambda: ctx.app.scheduler.trigger(Work.JOBS))
    await keep(ctx.app, ctx.tx, confirmed, f"{ctx.who.name} confirmed {report.label}.", ctx.who)
    return [Notice(f"{report.label} is confirmed. Its packet comes into the thread.", Tone.GOOD)]


async def edit(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for another text."""
    report = await find_report(ctx.tx, ctx.text)
    facts = {
        "title": f"Text of {report.label}",
        "text": report.text,
        "language": report.language,
        "other": language_of(report.marketplace),
    }
    return [start_flow(ctx, "edit-report", subject=report.key, facts=facts)]


async def finish_edit(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Keep the new text; another language writes it anew."""
    report = await find_report(ctx.tx, session.subject)
    before = report.text
    text, language = str(given["text"]), str(given.get("language") or report.language)
    if language != report.language:
        report = msgspec.structs.replace(report, language=language)
        text = report_text(await subject_of(ctx.app, ctx.tx, report), language)
    edited = steps.edit(report, ctx.who, ctx.app.clock(), text)
    facts = [
        Fact("After" if line.startswith("+") else "Before", one_line(line[2:], CHANGES))
        for line in changes(before, text)[:SHOWN]
    ]
    told = f"{ctx.who.name} changed the text of {report.label}."
    await keep(ctx.app, ctx.tx, edited, told, ctx.who, facts)
    return [Notice(f"The text of {report.label} is changed.", Tone.GOOD)]


async def filed(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for Amazon's complaint ID."""
    report = await find_report(ctx.tx, ctx.text)
    facts = {"title": f"{report.label} {report.claim.label}", "complaint": report.complaint}
    return [start_flow(ctx, "filed", subject=report.key, facts=facts)]


async def finish_filed(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Note that it was filed, and under which ID."""
    report = await find_report(ctx.tx, session.subject)
    complaint = str(given["complaint"])
    done = steps.file(report, ctx.who, ctx.app.clock(), complaint)
    under = f" Complaint ID: {complaint}." if complaint else ""
    first = report.filed_at is None
    told = f"{ctx.who.name} {'filed' if first else 'looked up'} {report.label}.{under}"
    await keep(ctx.app, ctx.tx, done, told, ctx.who)
    return [Notice(f"{report.label} is filed. You will be reminded of it.", Tone.GOOD)]


async def answer(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what Amazon said."""
    report = await find_report(ctx.tx, ctx.text)
    under = f" (complaint {report.complaint})" if report.complaint else ""
    facts = {"title": f"{report.label} {report.claim.label}{under}"}
    return [start_flow(ctx, "answer", subject=report.key, facts=facts)]


async def finish_answer(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Note Amazon's word, and what comes next."""
    report = await find_report(ctx.tx, session.subject)
    state = ReportState(str(given["outcome"]))
    refusal = RejectionReason(str(given["refusal"])) if given.get("refusal") else None
    said = steps.answer(report, ctx.app.clock(), state, refusal)
    words = str(given["words"])
    facts = [Fact("In Amazon's words", words)] if words else []
    if refusal is not None:
        facts.insert(0, Fact("Reason", refusal.label))
    told = f"Amazon on {report.label}: {state.label.lower()} ({ctx.who.name})."
    await keep(ctx.app, ctx.tx, said, told, ctx.who, facts)
    return [Notice(f"{report.label}: {state.label.lower()}.")]


async def retract(ctx: RequestContext) -> Sequence[Reply]:
    """Take a report back, or drop a draft."""
    report = await find_report(ctx.tx, ctx.text)
    taken = steps.retract(report)
    told = f"{ctx.who.name} {'retracted' if report.filed_at else 'dropped'} {report.label}."
    await keep(ctx.app, ctx.tx, taken, told, ctx.who)
    after = " Retract it at Amazon, too." if report.filed_at else ""
    return [Notice(f"{report.label} is off the table.{after}")]


async def close(ctx: RequestContext) -> Sequence[Reply]:
    """Be done with a report."""
    report = await find_report(ctx.tx, ctx.text)
    told = f"{ctx.who.name} closed {report.label}."
    await keep(ctx.app, ctx.tx, steps.close(report), told, ctx.who)
    return [Notice(f"{report.label} is closed.", Tone.GOOD)]


async def refile(ctx: RequestContext) -> Sequence[Reply]:
    """Draft the report again, with what was collected since."""
    report = await find_report(ctx.tx, ctx.text)
    if report.state is not ReportState.REFUSED:
        message = f"{report.label} was not turned down: it is '{report.state.label.lower()}'."
        raise UserError(message)
    if not report.open:
        message = f"{report.label} is being tried again already. Type /reports to see it."
        raise UserError(message)
    now = ctx.app.clock()
    again = Report(
        number=await next_number(ctx.tx, "reports"),
        case=report.case,
        door=report.door,
        claim=report.claim,
        marketplace=report.marketplace,
        asins=report.asins,
        seller=report.seller,
        grounds=report.grounds,
        right=report.right,
        reasons=report.reasons,
        language=report.language,
        no_orders=report.no_orders,
        drafted_at=now,
        drafted_by=ctx.who,
        refiles=report.number,
    )
    text = report_text(await subject_of(ctx.app, ctx.tx, again), again.language)
    again = msgspec.structs.replace(again, versions=(Version(text, now, ctx.who),))
    closed = msgspec.structs.replace(report, open=False, due_at=None)
    ctx.tx.put(REPORTS, closed)
    told = f"{ctx.who.name} drafted {again.label}, which tries {report.label} again."
    await keep(ctx.app, ctx.tx, again, told, ctx.who)
    return [Notice(f"{again.label} is drafted. Add what was missing.", Tone.GOOD)]


CLICKS = (
    ClickSpec("report", Permission.WORK_CASES, file_report),
    ClickSpec("confirm-report", Permission.WORK_CASES, confirm),
    ClickSpec("edit-report", Permission.WORK_CASES, edit),
    ClickSpec("report-filed", Permission.WORK_CASES, filed),
    ClickSpec("report-answer", Permission.WORK_CASES, answer),
    ClickSpec("retract-report", Permission.WORK_CASES, retract),
    ClickSpec("close-report", Permission.WORK_CASES, close),
    ClickSpec("refile", Permission.WORK_CASES, refile),
)
