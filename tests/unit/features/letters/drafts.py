"""A message to a buyer and a request to support that break no rule, to begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from bot.core.lint.remarks import Remark
from bot.features.letters.models.buyer_messages import BuyerDraft, Situation
from bot.features.letters.models.support_requests import SupportDraft

ORDER = "123-1234567-1234567"
TODAY = date(2026, 11, 24)
MESSAGE = BuyerDraft(
    text=f"""Hello,

We are writing about your order {ORDER}. As we understand it, the item that arrived is not the one
that you ordered. We are sorry for the inconvenience.

We would like to send you a replacement free of charge. If you agree, simply reply to this message.

Kind regards,
Alder & Finch""",
    order=ORDER,
    ordered_on=date(2026, 11, 10),
    today=TODAY,
    language="en",
    situation=Situation.WRONG_ITEM,
)
REQUEST = SupportDraft(
    text="""Hello,

We are writing on behalf of Alder & Finch. The detail page of our product was changed.

What it is about: B0ALDER001
Since: 2026-11-20

Our steps so far:
We have restored the title twice.

Our request:
Please restore the detail page to our contribution.

Kind regards,
Alder & Finch""",
    language="en",
    grounds=False,
)

Draft = TypeVar("Draft")
Rule = TypeVar("Rule")


def message(text: str = MESSAGE.text, **changes: object) -> BuyerDraft:
    """Return a message with this text."""
    return msgspec.structs.replace(MESSAGE, text=text, **changes)


def request(text: str = REQUEST.text, **changes: object) -> SupportDraft:
    """Return a request with this text."""
    return msgspec.structs.replace(REQUEST, text=text, **changes)


def told(rule: Callable[[Draft], Iterable[Remark]], draft: Draft) -> list[str]:
    """Return what the rule has against the draft."""
    return [remark.says for remark in rule(draft)]


def each(texts: Mapping[Rule, Sequence[str]]) -> list[tuple[Rule, str]]:
    """Return each text with its rule."""
    return [(rule, text) for rule, said in texts.items() for text in said]
