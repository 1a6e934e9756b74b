"""Summaries as Amazon answers them, and what the rules say of a row of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.core.competitive_summary import CompetitiveSummary, ConditionOffer
from bot.core.condition_history import ConditionHistory
from bot.core.conditions import Condition
from bot.core.findings import Finding
from bot.core.listing import Offer, Watch
from bot.core.money import Money
from checks.conditions import evaluate_conditions
from checks.conditions.context import ConditionContext

START = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
ROUND = timedelta(minutes=25)
"""Between two answers."""
ASIN = "B0WALNUT01"
OURS, STRANGER, OTHER = "A1OURSELLERID", "A2STRANGER0001", "A3STRANGER0002"
RESALE = "A2L77EE7U53NWQ"
NEW, USED = Condition.NEW, Condition.USED

WATCH = Watch(asin=ASIN, marketplace="US", title="Walnut Salad Bowl, 12 Inch", added_at=START)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def offer(
    seller: str,
    price: str = "20.00",
    condition: Condition = USED,
    sub_condition: str = "VeryGood",
    *,
    shipping: str | None = "0.00",
    fba: bool | None = True,
) -> ConditionOffer:
    sold = Offer(
        seller=seller,
        price=usd(price),
        shipping=None if shipping is None else usd(shipping),
        fba=fba,
    )
    return ConditionOffer(condition=condition, sub_condition=sub_condition, offer=sold)


NEW_ONE = offer(OURS, "50.00", NEW, "New")


def summary(
    *offers: ConditionOffer,
    untold: Sequence[Condition] = (),
    unread: Mapping[Condition, int] | None = None,
    place: int = 0,
) -> CompetitiveSummary:
    told = [condition for condition in Condition if condition not in untold]
    return CompetitiveSummary(
        asin=ASIN,
        marketplace="US",
        at=START + place * ROUND,
        offers={
            condition: tuple(each for each in offers if each.condition is condition)
            for condition in told
        },
        unread=unread or {},
    )


class Story:
    """A row of answers, each judged by what was known before it."""

    def __init__(self, *trusted: str) -> None:
        self.history = ConditionHistory(key=WATCH.key)
        self._trusted = frozenset(trusted)
        self._place = 0

    def sees(
        self,
        *offers: ConditionOffer,
        untold: Sequence[Condition] = (),
        unread: Mapping[Condition, int] | None = None,
    ) -> list[Finding]:
        answer = summary(*offers, untold=untold, unread=unread, place=self._place)
        self._place += 1
        before = self.history
        self.history = before.apply(answer)
        return evaluate_conditions(
            ConditionContext(
                watch=WATCH,
                summary=answer,
                before=before,
                now=self.history,
                own=frozenset({OURS}),
                trusted=self._trusted,
            )
        )


def facts_of(finding: Finding) -> dict[str, str]:
    return {fact.label: fact.value for fact in finding.facts}
