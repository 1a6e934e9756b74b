"""Faults in the offers of one product: each makes a wrong payload out of a right one.

The payload still holds all offers here; the list is cut to 20 afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from random import Random

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.faults import Fault, FaultWindow, Strike
from adapters.simulator.wire.offers import (
    BuyBoxPrice,
    OfferDetail,
    OffersPayload,
    PrimeInformation,
    Summary,
)

PROCESSING_TIME = timedelta(hours=4)


@dataclass(frozen=True)
class Surroundings:
    """What the faults need to know: whose account it is, the wall clock, and chance."""

    own_seller: str
    now: datetime
    chance: Random


def distort(payload: OffersPayload, strike: Strike, around: Surroundings) -> OffersPayload:
    """The payload after every fault that strikes."""
    for fault, quirk in QUIRKS:
        window = strike(fault)
        if window is not None:
            payload = quirk(payload, window, around)
    return payload


def _false_zero(payload: OffersPayload, _: FaultWindow, __: Surroundings) -> OffersPayload:
    empty = Summary(
        total_offer_count=0,
        number_of_offers=(),
        lowest_prices=(),
        buy_box_prices=(),
        buy_box_eligible_offers=(),
    )
    return replace(payload, summary=empty, offers=())


def _no_buyable_offers(payload: OffersPayload, _: FaultWindow, __: Surroundings) -> OffersPayload:
    summary = Summary(total_offer_count=0)
    return replace(payload, status="NoBuyableOffers", summary=summary, offers=())


def _too_soon(payload: OffersPayload, _: FaultWindow, around: Surroundings) -> OffersPayload:
    # Amazon promises four hours from now at every call, so the time never comes (issue 5358).
    available = (around.now + PROCESSING_TIME).strftime("%Y-%m-%dT%H:%M:%SZ")
    summary = Summary(total_offer_count=0, offers_available_time=available)
    return replace(payload, status="ActiveButTooSoonForProcessing", summary=summary, offers=())


def _wrong_buy_box_flag(
    payload: OffersPayload, _: FaultWindow, around: Surroundings
) -> OffersPayload:
    """The flags move to the last offer that does not deserve them."""
    losers = [offer for offer in payload.offers if not offer.is_buy_box_winner]
    strangers = [offer for offer in payload.offers if offer.seller_id != around.own_seller]
    offers = tuple(
        replace(offer, is_buy_box_winner=offer in losers[-1:], my_offer=offer in strangers[-1:])
        for offer in payload.offers
    )
    return replace(payload, offers=offers)


def _two_winners(payload: OffersPayload, _: FaultWindow, __: Surroundings) -> OffersPayload:
    """The first offer outside the Buy Box joins it, on the other side of Prime."""
    winners = [offer for offer in payload.offers if offer.is_buy_box_winner]
    losers = [offer for offer in payload.offers if not offer.is_buy_box_winner]
    prices = payload.summary.buy_box_prices
    if not winners or not losers or prices is UNSET:
        return payload
    prime = winners[0].prime_information
    other_side = prime is UNSET or not prime.is_prime
    second = replace(
        losers[0],
        is_buy_box_winner=True,
        prime_information=PrimeInformation(other_side, other_side),
    )
    offers = tuple(second if offer is losers[0] else offer for offer in payload.offers)
    both = (*prices, _buy_box_price(second))
    return replace(payload, offers=offers, summary=replace(payload.summary, buy_box_prices=both))


def _buy_box_price(offer: OfferDetail) -> BuyBoxPrice:
    price = offer.listing_price
    shipping = replace(price, amount=Decimal(0)) if offer.shipping is UNSET else offer.shipping
    landed = replace(price, amount=price.amount + shipping.amount)
    return BuyBoxPrice("new", landed, price, shipping, offer.seller_id)


def _top_twenty(payload: OffersPayload, window: FaultWindow, _: Surroundings) -> OffersPayload:
    listed = tuple(offer for offer in payload.offers if offer.seller_id != window.seller)
    return replace(payload, offers=listed)


def _shuffled_ties(payload: OffersPayload, _: FaultWindow, around: Surroundings) -> OffersPayload:
    shuffled: list[OfferDetail] = []
    for _landed, group in groupby(payload.offers, lambda offer: _buy_box_price(offer).landed_price):
        tied = list(group)
        around.chance.shuffle(tied)
        shuffled.extend(tied)
    return replace(payload, offers=tuple(shuffled))


def _unknown_enum(payload: OffersPayload, _: FaultWindow, __: Surroundings) -> OffersPayload:
    counts = payload.summary.number_of_offers
    if counts is not UNSET:
        counts = tuple(
            replace(count, condition="renewed_premium", fulfillment_channel="Hyperlocal")
            for count in counts
        )
    return replace(
        payload,
        status="SuccessWithCaveats",
        summary=replace(payload.summary, number_of_offers=counts),
        offers=tuple(replace(offer, sub_condition="pristine") for offer in payload.offers),
    )


def _missing_fields(payload: OffersPayload, _: FaultWindow, __: Surroundings) -> OffersPayload:
    """Only what no reader can do without stays."""
    offers = tuple(
        OfferDetail(
            seller_id=offer.seller_id,
            listing_price=offer.listing_price,
            is_buy_box_winner=offer.is_buy_box_winner,
            is_fulfilled_by_amazon=offer.is_fulfilled_by_amazon,
        )
        for offer in payload.offers
    )
    return OffersPayload(
        status=payload.status,
        asin=payload.asin,
        sku=payload.sku,
        summary=Summary(total_offer_count=payload.summary.total_offer_count),
        offers=offers,
    )


Quirk = Callable[[OffersPayload, FaultWindow, Surroundings], OffersPayload]

# The order matters: what drops fields comes last, because the others read them.
QUIRKS: tuple[tuple[Fault, Quirk], ...] = (
    (Fault.TWO_WINNERS, _two_winners),
    (Fault.WRONG_BUY_BOX_FLAG, _wrong_buy_box_flag),
    (Fault.TOP_TWENTY, _top_twenty),
    (Fault.SHUFFLED_TIES, _shuffled_ties),
    (Fault.UNKNOWN_ENUM, _unknown_enum),
    (Fault.MISSING_FIELDS, _missing_fields),
    (Fault.FALSE_ZERO, _false_zero),
    (Fault.NO_BUYABLE_OFFERS, _no_buyable_offers),
    (Fault.TOO_SOON, _too_soon),
)
