"""No attachments that are not needed."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.phrases import found, sentences
from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft
from bot.features.letters.rules.buyers.phrases import PHRASES

RULE = "No attachments that are not needed"


def attachments(draft: BuyerDraft) -> Iterator[Remark]:
    """What is attached is needed for the order: an invoice, instructions, a warranty, a label."""
    for sentence in sentences(draft.text):
        words = found(PHRASES.attached, sentence)
        if words and not found(PHRASES.needed, sentence):
            yield Remark(
                rule=RULE,
                says=f"'{words}': attach nothing but an invoice, instructions, a warranty or a "
                "label, and say which.",
            )
            return
