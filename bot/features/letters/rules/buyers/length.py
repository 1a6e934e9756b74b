"""Long enough to explain the situation and offer a solution, short enough to be read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "Explains the situation and offers a solution"
SHORTEST, SHORTEST_JAPANESE = 120, 60
LONGEST = 1500


def length(draft: BuyerDraft) -> Iterator[Remark]:
    """Amazon limits nothing that the facts know of: these bounds are ours."""
    written = len(draft.text)
    least = SHORTEST_JAPANESE if draft.language == "ja" else SHORTEST
    if written < least:
        yield Remark(
            rule=RULE, says="It is too short for that. Say what happened and what follows."
        )
    elif written > LONGEST:
        says = f"{written:,} of {LONGEST:,} characters. Shorten it."
        yield Remark(rule=RULE, says=says)
