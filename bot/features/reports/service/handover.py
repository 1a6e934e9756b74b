"""The message that hands over a packet: what it shows, as long as the packet may be filed."""

from __future__ import annotations

import msgspec

from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.evidence.service.evidence import items_of
from bot.features.reports.models.reports import Packet, Report, ReportState
from bot.features.reports.views.handover import (
    draft_again_card,
    filed_card,
    packet_card,
    withdrawn_card,
)
from bot.features.rights.collections import BRAND_RIGHTS


def handed_over(report: Report, case: Case, packet: Packet) -> Report:
    """Return the report with the name of the message that hands over this packet, the last one."""
    version = len(report.versions)
    name = f"{head_of(case)}/{report.label}-{version}-{packet.made_at:%H%M%S}"
    return msgspec.structs.replace(report, handed_over=(*report.handed_over, name))


async def hand_over(app: AppContext, tx: Transaction, case: Case, report: Report) -> None:
    """Post the message that hands over the report's packet, with both files."""
    packet = report.packet
    if packet is None:
        return
    app.outbox.post(
        tx,
        report.handed_over[-1],
        await _card(app, tx, report),
        thread=thread_of(case),
        ping=True,
        files=(packet.pdf, packet.archive),
    )


async def show_handed_over(app: AppContext, tx: Transaction, case: Case, report: Report) -> None:
    """Let the message that handed the packet over say what may be done with it now."""
    thread = thread_of(case)
    for message in report.handed_over[-1:]:
        await redact_message(app, tx, message, await _card(app, tx, report), thread=thread)


async def _card(app: AppContext, tx: Transaction, report: Report) -> Card:
    if report.state is ReportState.DISCARDED:
        return withdrawn_card(report)
    if report.state is ReportState.DRAFT:
        return draft_again_card(report)
    numbers = await _numbers(tx, report)
    if report.packet is None or report.state is not ReportState.CONFIRMED:
        return filed_card(report, numbers)
    forms = app.links.report_forms(report.marketplace, report.recommendation)
    return packet_card(report, report.packet, numbers, forms)


async def _numbers(tx: Transaction, report: Report) -> list[str]:
    """Return the registration number and the order IDs, which the form asks for."""
    right = await tx.get(BRAND_RIGHTS, report.right) if report.right else None
    items = await items_of(tx, report.case)
    orders = [each.purchase.order for each in items if each.here and each.purchase]
    return [*([right.registration] if right and right.registration else []), *orders]
