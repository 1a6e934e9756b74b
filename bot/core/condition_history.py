"""What all summaries of one product add up to: who offers it in which condition, since when.

An offer that is listed is there: it names its seller and its price, and no trap is known by which
Amazon lists one that is not. An offer that is missing has not necessarily left: at most twenty of
each condition are listed, and answers are false zeros at times. So a departure counts only when two
answers that list every offer of the condition agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from bot.core.competitive_summary import CompetitiveSummary, ConditionOffer
from bot.core.conditions import Condition
from bot.core.money import Money

KEPT = 200
"""Stays kept for one product; those that ended longest ago are forgotten first."""
STAMPED = timedelta(hours=1)
"""So much older, at most, than the last look at an offer, that time is."""
NOT_NEW_CONDITIONS = tuple(each for each in Condition if each is not Condition.NEW)
"""In which a stay is kept: new offers have a history of their own."""


class ConditionStay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One seller who offers a product in one condition."""

    seller: str
    condition: Condition
    since: datetime
    """When the present stay, or the last one, began."""
    landed: Money | None = None
    """What the cheapest such offer cost a buyer when it was last seen."""
    sub_condition: str = ""
    """Of that offer, in one spelling."""
    seen_at: datetime
    """When it was last seen, but for less than ``STAMPED``: not each look is worth a write."""
    missing_since: datetime | None = None
    """Since when it is not listed, although every offer is."""
    gone_at: datetime | None = None
    """When that was confirmed."""

    @property
    def present(self) -> bool:
        """Tell whether the offer is there, as far as anybody can know."""
        return self.gone_at is None


class ConditionHistory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one watch's offers that are not new."""

    key: str
    stays: tuple[ConditionStay, ...] = ()
    told: tuple[Condition, ...] = ()
    """Conditions of which an answer told whether there are offers; the others are not known."""
    cut: tuple[Condition, ...] = ()
    """Conditions of which the last answer did not list every offer."""

    def stay(self, seller: str, condition: Condition) -> ConditionStay | None:
        """Return what is known of the seller's offer in that condition."""
        return next(
            (each for each in self.stays if (each.seller, each.condition) == (seller, condition)),
            None,
        )

    def of(self, seller: str) -> list[ConditionStay]:
        """Return what is known of the seller's offers in all conditions."""
        return [each for each in self.stays if each.seller == seller]

    def present(self, seller: str, condition: Condition) -> bool:
        """Tell whether the seller offers it in that condition, as far as anybody can know."""
        known = self.stay(seller, condition)
        return known is not None and known.present

    def apply(
        self, summary: CompetitiveSummary, apart: timedelta = timedelta()
    ) -> ConditionHistory:
        """Add an answer to what was known; the same again returns what was known itself.

        A departure is confirmed by an answer that comes at least ``apart`` after the first one
        without the offer: two in one breath see the same passing error of Amazon's.
        """
        known = {(each.seller, each.condition): each for each in self.stays}
        for condition in NOT_NEW_CONDITIONS:
            offers = summary.offers.get(condition)
            if offers is None:
                continue
            here = cheapest(offers)
            for seller, offer in here.items():
                place = (seller, condition)
                known[place] = _seen(known.get(place), offer, summary.at)
            if summary.complete(condition):
                for seller, of in [each for each in known if each[1] is condition]:
                    if seller not in here:
                        known[seller, of] = _missed(known[seller, of], summary.at, apart)
        now = msgspec.structs.replace(
            self,
            stays=_kept(known.values()),
            told=_conditions(self.told, summary.offers),
            cut=_cut(self.cut, summary),
        )
        return self if now == self else now


def cheapest(offers: Iterable[ConditionOffer]) -> dict[str, ConditionOffer]:
    """Return each seller's offer that costs a buyer least; one without a seller's name is no
    one's, and may be our own.
    """
    found: dict[str, ConditionOffer] = {}
    for each in offers:
        before = found.get(each.offer.seller)
        if each.offer.seller and (before is None or each.offer.landed.below(before.offer.landed)):
            found[each.offer.seller] = each
    return found


def _seen(known: ConditionStay | None, offer: ConditionOffer, at: datetime) -> ConditionStay:
    landed = offer.offer.landed if offer.offer.told or known is None else known.landed
    if known is None or not known.present:
        return ConditionStay(
            seller=offer.offer.seller,
            condition=offer.condition,
            since=at,
            landed=offer.offer.landed,
            sub_condition=offer.sub_condition,
            seen_at=at,
        )
    now = msgspec.structs.replace(
        known, missing_since=None, landed=landed, sub_condition=offer.sub_condition
    )
    if now == known and timedelta() <= at - known.seen_at < STAMPED:
        return known
    return msgspec.structs.replace(now, seen_at=at)


def _missed(known: ConditionStay, at: datetime, apart: timedelta) -> ConditionStay:
    if not known.present:
        return known
    if known.missing_since is None:
        return msgspec.structs.replace(known, missing_since=at)
    waited = abs(at - known.missing_since)
    if not waited or waited < apart:
        return known
    return msgspec.structs.replace(known, gone_at=at)


def _kept(stays: Iterable[ConditionStay]) -> tuple[ConditionStay, ...]:
    ranked = sorted(
        stays, key=lambda each: (each.present, each.gone_at or each.since), reverse=True
    )
    return tuple(sorted(ranked[:KEPT], key=lambda each: (each.seller, each.condition.value)))


def _conditions(before: Sequence[Condition], more: Iterable[Condition]) -> tuple[Condition, ...]:
    several = {*before, *more}
    return tuple(each for each in NOT_NEW_CONDITIONS if each in several)


def _cut(before: Sequence[Condition], summary: CompetitiveSummary) -> tuple[Condition, ...]:
    """Return what is not listed whole; of what was not told now, as it was before."""
    return tuple(
        each
        for each in NOT_NEW_CONDITIONS
        if (not summary.complete(each) if each in summary.offers else each in before)
    )
