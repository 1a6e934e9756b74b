"""The messages that hand a report's packets over, and taking its older texts out of them."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case
from bot.features.cases.service.keeping import head_of
from bot.features.reports.models.reports import TO_BE_FILED, Packet, Report
from bot.features.reports.views.report import outdated_card, removed_card


def handed_over(report: Report, case: Case, packet: Packet) -> Report:
    """Return the report with the name of the message that hands over this packet, the last one."""
    version = len(report.versions)
    name = f"{head_of(case)}/{report.label}-{version}-{packet.made_at:%H%M%S}"
    return msgspec.structs.replace(report, handed_over=(*report.handed_over, name))


async def take_texts_out(app: AppContext, tx: Transaction, case: Case, report: Report) -> Report:
    """Take the texts out of all messages but the present packet's; return the report after it."""
    card = outdated_card(report) if report.state in TO_BE_FILED else removed_card(report)
    kept = report.handed_over[-1:] if report.packet else ()
    for message in report.handed_over:
        if message not in kept:
            thread = case.alert_group or head_of(case)
            await redact_message(app, tx, message, card, thread=thread)
    return msgspec.structs.replace(report, handed_over=kept)
