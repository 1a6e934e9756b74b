"""No request a second time."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No repeat requests"


def repeat(draft: BuyerDraft) -> Iterator[Remark]:
    """Each order is written to once about a matter, and no message asks again."""
    if draft.earlier:
        yield Remark(
            rule=RULE,
            says=f"{draft.earlier} is about the same, to this buyer. Wait for the answer.",
        )
    if words := found(PHRASES.asking_again, draft.text):
        yield Remark(rule=RULE, says=f"'{words}' asks again. Ask once.")
