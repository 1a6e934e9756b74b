"""Not thanks alone."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No thank-you only"


def thanks_only(draft: BuyerDraft) -> Iterator[Remark]:
    """A message tells of a problem with the order, or of its solution."""
    if found(PHRASES.thanks, draft.text) and not found(PHRASES.matter, draft.text):
        yield Remark(rule=RULE, says="Say what happened with the order and what you offer.")
