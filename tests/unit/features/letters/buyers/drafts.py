"""Messages to buyers that the tests of their rules begin with."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.features.letters.models.buyer_messages import BuyerDraft, Situation
from bot.features.letters.rules.buyers import Rule

ORDER = "123-1234567-1234567"
TODAY = date(2026, 11, 24)
TEXT = f"""Hello,

We are writing about your order {ORDER}. As we understand it, the item that arrived is not the one
that you ordered. We are sorry for the inconvenience.

We would like to send you a replacement free of charge. If you agree, simply reply to this message.

Kind regards,
Alder & Finch"""
GOOD = BuyerDraft(
    text=TEXT,
    order=ORDER,
    ordered_on=date(2026, 11, 10),
    today=TODAY,
    language="en",
    situation=Situation.WRONG_ITEM,
)


def draft(text: str = TEXT, **changes: object) -> BuyerDraft:
    """Return a message with this text."""
    return msgspec.structs.replace(GOOD, text=text, **changes)


def told(rule: Rule, text: str, **changes: object) -> list[str]:
    """Return what the rule has against the text."""
    return [remark.says for remark in rule(draft(text, **changes))]
