"""No asking to change or remove a review, or for a good one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No asking to change or remove a review"


def review_change(draft: BuyerDraft) -> Iterator[Remark]:
    """A neutral request for a review is allowed; to steer one is not."""
    if words := found(PHRASES.steering, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' steers a review. Leave reviews out.")
