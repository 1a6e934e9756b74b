"""The order ID, and of one order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft

RULE = "With the order ID"
_ORDER = re.compile(r"(?<![\w-])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![\w-])", re.ASCII)


def order_missing(draft: BuyerDraft) -> Iterator[Remark]:
    """The message names the order that it is about, and no other buyer's."""
    orders = set(_ORDER.findall(draft.text))
    if draft.order not in orders:
        yield Remark(rule=RULE, says=f"Name the order {draft.order} in the text.")
    if others := sorted(orders - {draft.order}):
        yield Remark(rule=RULE, says=f"Take out {others[0]}: that is another order.")
