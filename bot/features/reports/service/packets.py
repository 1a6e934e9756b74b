"""Deleting packets that the team keeps no longer: the report stays."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.forgetting import release
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.cases.service.letting_go import let_go
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.events import EvidenceOverdue
from bot.features.evidence.service.evidence import log_deed
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report
from bot.features.reports.service.reports import reports_of, show

OVERDUE = "its retention period after the case was closed is over"


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
