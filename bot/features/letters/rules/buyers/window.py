"""An order of the last 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import WINDOW, BuyerDraft

RULE = "Only on an order of the last 30 days"


def window(draft: BuyerDraft) -> Iterator[Remark]:
    """Amazon allows messages on orders of the last 30 days; the thirtieth day still counts."""
    age = draft.today - draft.ordered_on
    if age > WINDOW:
        yield Remark(
            rule=RULE,
            says=f"This one is {age.days} days old. Answer in the buyer's own message, if there is "
            "one.",
        )
    elif age < timedelta():
        yield Remark(rule=RULE, says=f"{draft.ordered_on} is still to come. Look up the day.")
