"""Nothing is admitted that nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "Apologise without admitting what is not known"


def admission(draft: BuyerDraft) -> Iterator[Remark]:
    """Advice only: sometimes it is known, and then it is said."""
    if words := found(PHRASES.admission, draft.text):
        says = f"'{words}': say so only if you know it. An apology is enough."
        yield Remark(rule=RULE, says=says, stops=False)
