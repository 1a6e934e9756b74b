"""Answers of getCompetitiveSummary for one product."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from http import HTTPStatus
from itertools import islice

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.catalogue import Condition, Offer, Product
from adapters.simulator.summary_questions import DataSet, SummaryQuestion
from adapters.simulator.wire.common import Error
from adapters.simulator.wire.offers import StatusLine
from adapters.simulator.wire.summaries import (
    Amount,
    FeaturedBuyingOption,
    LowestInput,
    LowestPricedOffers,
    PrimeDetails,
    ReferencePrice,
    Segment,
    SegmentDetails,
    ShippingOption,
    SimilarItem,
    SimilarItems,
    SummaryBody,
    SummaryOffer,
    SummaryResponse,
)
from adapters.simulator.world import Listing

MOST_SIMILAR = 20
LISTED_OFFERS = 20
PRIME_WEIGHT, OTHER_WEIGHT = 60, 40
"""How many percent of the views of a page are by members of Prime, and by others."""


def summary_of(
    question: SummaryQuestion, listing: Listing, neighbors: Iterable[str]
) -> SummaryResponse:
    """The data sets that were asked for; `neighbors` are ASINs in the same marketplace."""
    product = listing.product
    wanted = question.included_data
    body = SummaryBody(
        asin=product.asin,
        marketplace_id=product.marketplace,
        featured_buying_options=_featured(listing) if DataSet.FEATURED in wanted else UNSET,
        lowest_priced_offers=(
            _lowest(listing, question.conditions) if DataSet.LOWEST in wanted else UNSET
        ),
        reference_prices=_references(product) if DataSet.REFERENCES in wanted else UNSET,
        similar_items=_similar(neighbors) if DataSet.SIMILAR in wanted else UNSET,
    )
    return SummaryResponse(StatusLine(HTTPStatus.OK, "Success"), body)


def failed_summary(
    question: SummaryQuestion, status: HTTPStatus, code: str, message: str
) -> SummaryResponse:
    """What is said of a product that cannot be told about."""
    phrase = "Client Error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "Server Error"
    body = SummaryBody(
        asin=question.asin,
        marketplace_id=question.marketplace_id,
        errors=(Error(code, message),),
    )
    return SummaryResponse(StatusLine(status.value, phrase), body)


def _featured(listing: Listing) -> tuple[FeaturedBuyingOption, ...]:
    """Who holds the Buy Box: one for all buyers, or one for Prime and one for the others."""
    segments = (_segment("PRIME", PRIME_WEIGHT), _segment("NON_PRIME", OTHER_WEIGHT))
    winners = listing.winners[: len(segments)]
    if not winners:
        return ()
    shares = [segments] if len(winners) == 1 else [(segment,) for segment in segments]
    offers = (
        replace(_offer(listing.product, offer), featured_offer_segments=share)
        for offer, share in zip(winners, shares, strict=True)
    )
    return (FeaturedBuyingOption(tuple(offers)),)


def _segment(membership: str, weight: int) -> Segment:
    return Segment(membership, SegmentDetails(weight))


def _lowest(listing: Listing, conditions: Iterable[Condition]) -> tuple[LowestPricedOffers, ...]:
    """The cheapest offers by condition; one that has none has no list, which cannot be empty."""
    lists = []
    for condition in conditions:
        offers = [offer for offer in listing.ranked if offer.condition is condition]
        if offers:
            listed = tuple(_offer(listing.product, one) for one in offers[:LISTED_OFFERS])
            lists.append(LowestPricedOffers(LowestInput(condition.value), listed))
    return tuple(lists)


def _offer(product: Product, offer: Offer) -> SummaryOffer:
    shipping = ShippingOption(_amount(product, offer.shipping))
    sub_condition = offer.sub_condition or offer.condition
    return SummaryOffer(
        seller_id=offer.seller,
        condition=offer.condition.value,
        sub_condition=sub_condition.value,
        fulfillment_type="AFN" if offer.fba else "MFN",
        listing_price=_amount(product, offer.price),
        shipping_options=(shipping,),
        prime_details=PrimeDetails("NATIONAL" if offer.prime else "NONE"),
    )


def _references(product: Product) -> tuple[ReferencePrice, ...]:
    if product.list_price is None:
        return ()
    return (ReferencePrice("WasPrice", _amount(product, product.list_price)),)


def _similar(neighbors: Iterable[str]) -> tuple[SimilarItems, ...]:
    return (SimilarItems(tuple(map(SimilarItem, islice(neighbors, MOST_SIMILAR)))),)


def _amount(product: Product, amount: Decimal) -> Amount:
    return Amount(product.currency, amount)
