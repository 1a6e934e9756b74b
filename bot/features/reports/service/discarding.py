"""Discarding a confirmed report, whose packet is sealed, and taking that back."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.interface import noted
from bot.core.jobs import enqueue
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image, Undone
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.packets import PACKET
from bot.features.reports.models.reports import REASON, Report, ReportState, discarded_told
from bot.features.reports.rules import steps
from bot.features.reports.service.handover import show_handed_over
from bot.features.reports.service.reports import case_of, find_report, keep
from bot.features.reports.views.report import discard_act


async def discard_report(
    app: AppContext, tx: Transaction, who: Person, ref: str, reason: str = ""
) -> Report:
    """Drop a report that was confirmed and not filed; the channel hears of it, and can undo it.

    Raises:
        UserError: there is no such report, or it is over.
    """
    report, now = await find_report(tx, ref), app.clock()
    discarded = steps.discard(report)
    facts = [Fact(REASON, reason)] if reason else []
    await keep(app, tx, discarded, f"{who.name} {discarded_told(report)}", who, facts)
    await announce(app, tx, who, now, discard_act(who, report, image_of(report, discarded)))
    return discarded


def image_of(before: Report, after: Report) -> Image:
    """Return how far the report was, and is."""
    return Image.of(REPORTS, _wordless(before), _wordless(after))


def _wordless(report: Report) -> Report:
    """Return the report without its texts: they did not change, and may have to be removed."""
    return msgspec.structs.replace(report, versions=(), no_orders="")


async def show_undone(app: AppContext, tx: Transaction, event: Undone) -> None:
    """Show a report again that is not discarded after all; make the packet that it still lacks."""
    for before, _ in event.images(REPORTS):
        report = await tx.get(REPORTS, before.key) if before else None
        if report is None:
            continue
        if report.state is ReportState.CONFIRMED and not report.packet:
            enqueue(app, tx, PACKET, report.key, event.who)
            tx.after(lambda: app.scheduler.trigger(Work.JOBS))
        told = noted(
            "Undone by {who}: {report} is {state}.",
            who=event.who.name,
            report=report.label,
            state=report.state.label.lower(),
        )
        await keep(app, tx, report, told, event.who)
        if report.packet:
            await show_handed_over(app, tx, await case_of(tx, report), report)
