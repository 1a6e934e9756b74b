"""No incentives."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import flat, found, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No incentives"


def incentives(draft: BuyerDraft) -> Iterator[Remark]:
    """What is offered mends the order; nothing is given besides, and nothing for a review."""
    words = found(PHRASES.gift, draft.text)
    for sentence in sentences(flat(draft.text)):
        words = words or _card(sentence) or _for_review(sentence)
    if words:
        yield Remark(
            rule=RULE, says=f"'{words}' reads like an incentive. Offer what solves the problem."
        )


def _card(sentence: str) -> str:
    """Find a gift card, but not the one that the order was paid with."""
    return "" if found(PHRASES.paid, sentence) else found(PHRASES.gift_card, sentence)


def _for_review(sentence: str) -> str:
    """Find a review beside something that is given."""
    return found(PHRASES.review, sentence) if found(PHRASES.given, sentence) else ""
