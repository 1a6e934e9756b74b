"""Packets once they are made: handed over with the report, and deleted after a while."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.findings import Fact
from bot.core.forgetting import release
from bot.core.listing import Watch
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.cases.service.messages import thread_of
from bot.features.cases.service.redacting import let_go
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.events import EvidenceOverdue
from bot.features.evidence.service.evidence import log_deed
from bot.features.evidence.service.sales import sales_during
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.packets import Bundle
from bot.features.reports.models.reports import TO_BE_FILED, Report
from bot.features.reports.service.reports import reports_of, show
from bot.features.reports.views.handover import outdated_card, removed_card
from bot.features.watchlist.collections import HISTORIES

OVERDUE = "its retention period after the case was closed has ended"
OUR_SALES = "Our sales (not in the PDF)"


async def delete_packets(app: AppContext, tx: Transaction, event: EvidenceOverdue) -> None:
    """Delete the packets of the case's reports; the custody log says so, and the reports."""
    for report in await reports_of(tx, event.case):
        if report.packet is not None:
            without = await delete_packet(app, tx, event.case, report, None, OVERDUE)
            tx.put(REPORTS, without)
            await show(app, tx, event.case, without)


async def delete_packet(
    app: AppContext, tx: Transaction, case: Case, report: Report, who: Person | None, why: str
) -> Report:
    """Delete a report's packet, if there is one, and say so in the log; return it without."""
    packet = report.packet
    if packet is None:
        return report
    says = f"the packet of {report.label} was deleted: {why}"
    archive = packet.archive.content
    await log_deed(app, tx, case.key, who, CustodyAction.DELETED, archive, says)
    contents = [packet.pdf.content, archive]
    await let_go(tx, case.key, contents)
    await release(app, tx, contents, f"{case.label} {report.label} packet")
    return msgspec.structs.replace(report, packet=None, packet_deleted_at=app.clock())


async def take_texts_out(app: AppContext, tx: Transaction, case: Case, report: Report) -> Report:
    """Take the texts out of all messages but the present packet's; return the report after it."""
    card = outdated_card(report) if report.state in TO_BE_FILED else removed_card(report)
    kept = report.handed_over[-1:] if report.packet else ()
    for message in report.handed_over:
        if message not in kept:
            thread = thread_of(case)
            await redact_message(app, tx, message, card, thread=thread)
    return msgspec.structs.replace(report, handed_over=kept)


async def sales_beside(
    app: AppContext, tx: Transaction, report: Report, bundle: Bundle
) -> list[Fact]:
    """Compare our sales with the seller's days: for the team alone, never in a packet's PDF."""
    keys = [Watch.key_of(report.marketplace, asin) for asin in report.asins]
    histories = [await tx.get(HISTORIES, key) for key in keys]
    stays = [
        (stay.since, stay.gone_at or history.last.at)
        for history in histories
        if history and history.last and (stay := history.presence(report.seller))
    ]
    if not stays:
        return []
    since, until = min(start for start, _ in stays), max(end for _, end in stays)
    told = await sales_during(app, bundle.items, report.asins, since, until)
    return [Fact(OUR_SALES, told)] if told else []
