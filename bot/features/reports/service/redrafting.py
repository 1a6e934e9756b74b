"""Drafting a report once more: after a refusal with its own text, after a return with a new one."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.interface import noted, tr
from bot.core.permissions import Person
from bot.core.references import next_number
from bot.core.removed_words import REMOVED
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState, Version
from bot.features.reports.service.gathering import subject_of
from bot.features.reports.service.removals import show_followed
from bot.features.reports.service.reports import case_of, find_report, keep, show
from bot.features.reports.texts.writing import earlier_complaint, report_text


async def redraft_report(app: AppContext, tx: Transaction, who: Person, ref: str) -> Report:
    """Draft a report that was turned down again: its text is kept, to be mended.

    Raises:
        UserError: there is no such report, it was not turned down, or it is tried again already.
    """
    refused = await find_report(tx, ref)
    if refused.state is not ReportState.REFUSED:
        message = tr(
            "Amazon did not reject {label}. Type /reports to see its status.", label=refused.label
        )
        raise UserError(message)
    await _require_first(tx, refused)
    again = await _copy(app, tx, who, refused)
    again = msgspec.structs.replace(again, refiles=refused.number)
    text = refused.text
    if text in ("", REMOVED):
        text = report_text(await subject_of(app, tx, again), again.language)
    told = noted(
        "{who} drafted {report} to try {before} again.",
        who=who.name,
        report=again.label,
        before=refused.label,
    )
    return await _keep(app, tx, refused, again, text, told)


async def report_return(app: AppContext, tx: Transaction, who: Person, ref: str) -> Report:
    """Draft a new report on a seller who is back, in the case in which they are seen.

    Raises:
        UserError: there is no such report, its seller is not back, or one was drafted already.
    """
    before = await find_report(tx, ref)
    if before.returned_at is None:
        message = tr(
            "The seller of {label} is not back. Type /reports to see its status.",
            label=before.label,
        )
        raise UserError(message)
    await _require_first(tx, before)
    case = await _case_now(tx, before)
    again = await _copy(app, tx, who, before)
    again = msgspec.structs.replace(again, case=case.key, follows=before.number)
    text = report_text(await subject_of(app, tx, again), again.language)
    told = noted(
        "{who} drafted {report}: the seller of {before} is back.",
        who=who.name,
        report=again.label,
        before=before.label,
    )
    drafted = await _keep(app, tx, before, again, text, told)
    await show_followed(app, tx, case, before, drafted)
    return drafted


async def _require_first(tx: Transaction, before: Report) -> None:
    """Refuse to draft a second report upon one. Raises UserError, naming the first."""
    index, value = ("seller", before.seller) if before.seller else ("case", before.case)
    async for other in each_found(tx, REPORTS, index, value):
        dropped = other.state in (ReportState.DISCARDED, ReportState.RETRACTED)
        if before.number in (other.refiles, other.follows) and not dropped:
            message = tr(
                "{next} already follows {label}. Continue there.",
                next=other.label,
                label=before.label,
            )
            raise UserError(message)


async def _case_now(tx: Transaction, report: Report) -> Case:
    """Return the open case of the seller: the report's own, or the one that followed it."""
    case = await case_of(tx, report)
    if case.open:
        return case
    async for other in each_found(tx, CASES, "fingerprint", case.fingerprint, newest=True):
        if other.open:
            return other
    message = tr("{case} is closed. Reopen it to file a new report.", case=case.label)
    raise UserError(message)


async def _copy(app: AppContext, tx: Transaction, who: Person, before: Report) -> Report:
    """Return a draft of the same claim, without its text."""
    return Report(
        number=await next_number(tx, "reports"),
        case=before.case,
        recommendation=before.recommendation,
        claim=before.claim,
        marketplace=before.marketplace,
        asins=before.asins,
        seller=before.seller,
        grounds=before.grounds,
        right=before.right,
        reasons=before.reasons,
        language=before.language,
        no_orders="" if before.no_orders == REMOVED else before.no_orders,
        drafted_at=app.clock(),
        drafted_by=who,
    )


async def _keep(
    app: AppContext, tx: Transaction, before: Report, again: Report, text: str, told: str
) -> Report:
    """Keep the draft with its text, which quotes the complaint ID; the one before is done with."""
    if before.complaint and before.complaint not in text:
        text = f"{text}\n\n{earlier_complaint(before.complaint, again.language)}"
    version = Version(text, again.drafted_at, again.drafted_by)
    again = msgspec.structs.replace(again, versions=(version,))
    done = msgspec.structs.replace(before, open=False, due_at=None, follow_up=again.number)
    tx.put(REPORTS, done)
    await keep(app, tx, again, told, again.drafted_by)
    await show(app, tx, await case_of(tx, done), done)
    return again
