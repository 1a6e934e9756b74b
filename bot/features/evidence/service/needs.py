"""What a report on a case wants, and what of it is there."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.features.cases.models.needs import EvidenceNeed
from bot.features.cases.models.queries import EvidenceWanted
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import PIECES_AT_MOST, needs


async def needs_of(
    _: AppContext, tx: Transaction, query: EvidenceWanted
) -> tuple[EvidenceNeed, ...]:
    """Answer for a case's card."""
    case = query.case
    if not case.asins:
        # A report needs a product.
        return ()
    return needs(await tx.find(EVIDENCE_ITEMS, "case", case.key, limit=PIECES_AT_MOST))
