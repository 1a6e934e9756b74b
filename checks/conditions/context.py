"""What the rules for offers that are not new may know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from bot.core.amazon_retail import AmazonSeller, amazon_itself
from bot.core.competitive_summary import CompetitiveSummary, ConditionOffer
from bot.core.condition_history import (
    NOT_NEW_CONDITIONS,
    ConditionHistory,
    ConditionStay,
    cheapest,
)
from bot.core.conditions import Condition
from bot.core.listing import Watch
from bot.core.money import Money

DEEP_CUT = 50
"""So many percent below new, an offer that is not new draws buyers from ours."""


class ConditionContext(msgspec.Struct, frozen=True, kw_only=True):
    """All that such a rule may know: the product, this answer, and what was known around it."""

    watch: Watch
    summary: CompetitiveSummary
    before: ConditionHistory
    now: ConditionHistory
    own: frozenset[str] = frozenset()
    """Our own seller IDs."""
    trusted: frozenset[str] = frozenset()
    """Sellers whom the team authorised for this product or leaves alone on it."""

    def amazon(self, seller: str) -> AmazonSeller | None:
        """Return what is known of the seller if that is Amazon itself."""
        return amazon_itself(seller, self.summary.marketplace)

    def theirs(self, condition: Condition) -> dict[str, ConditionOffer]:
        """Return the cheapest offer of each listed seller who is neither ours nor trusted."""
        offers = cheapest(self.summary.offers.get(condition, ()))
        return {
            seller: offers[seller]
            for seller in sorted(offers)
            if seller not in self.own and seller not in self.trusted
        }

    def left(self) -> Iterator[ConditionStay]:
        """Yield the stays that this answer confirms to be over, of those who are not trusted."""
        for stay in self.now.stays:
            known = stay.seller not in self.own and stay.seller not in self.trusted
            if known and not stay.present and self.before.present(stay.seller, stay.condition):
                yield stay

    def listed(self, seller: str, condition: Condition) -> Sequence[ConditionOffer]:
        """Return all offers of the seller that are listed in that condition."""
        offers = self.summary.offers.get(condition, ())
        return [each for each in offers if each.offer.seller == seller]

    @property
    def new_price(self) -> tuple[Money, bool] | None:
        """What the product costs new, and whether that is our own price; None: it is not told.

        Ours if it is listed, else the lowest.
        """
        new = [each.offer for each in self.summary.offers.get(Condition.NEW, ())]
        ours = [offer for offer in new if offer.seller in self.own]
        prices = [offer.landed for offer in ours or new]
        if not prices:
            return None
        return min(prices, key=lambda price: price.amount), bool(ours)


CONDITIONS = NOT_NEW_CONDITIONS
"""The conditions that the rules go through."""
