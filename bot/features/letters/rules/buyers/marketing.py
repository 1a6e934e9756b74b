"""No marketing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No marketing"


def marketing(draft: BuyerDraft) -> Iterator[Remark]:
    """A message is about one order, and sells nothing."""
    if words := found(PHRASES.marketing, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' sells something. Write about this order only.")
