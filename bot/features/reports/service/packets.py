"""Deleting packets that the team keeps no longer: the report stays."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.forgetting import release
from bot.core.store import Transaction
from bot.features.cases.service.letting_go import let_go
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.events import EvidenceOverdue
from bot.features.evidence.service.evidence import log_deed
from bot.features.reports.collections import REPORTS
from bot.features.reports.service.reports import reports_of, show

OVERDUE = "the team keeps packets so long after a case was closed, and no longer"


async def delete_packets(app: AppContext, tx: Transaction, event: EvidenceOverdue) -> None:
    """Delete the packets of the case's reports; the custody log says so, and the reports."""
    case = event.case
    for report in await reports_of(tx, case):
        packet = report.packet
        if packet is None:
            continue
        without = msgspec.structs.replace(report, packet=None, packet_deleted_at=app.clock())
        tx.put(REPORTS, without)
        says = f"the packet of {report.label} was deleted: {OVERDUE}"
        archive = packet.archive.content
        await log_deed(app, tx, case.key, None, CustodyAction.DELETED, archive, says)
        contents = [packet.pdf.content, archive]
        await let_go(tx, case.key, contents)
        await release(app, tx, contents, f"{case.label} {report.label} packet")
        await show(app, tx, case, without)
