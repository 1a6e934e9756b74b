"""The shapes of competitive summaries: getCompetitiveSummary.

Source: Amazon's model productPricing_2022-05-01.json. Unlike v0 it writes camel case.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec
from msgspec import UNSET, UnsetType

from adapters.simulator.wire.common import Error
from adapters.simulator.wire.offers import StatusLine


class Amount(msgspec.Struct, frozen=True, rename="camel"):
    """An amount in a currency."""

    currency_code: str
    amount: Decimal


class ShippingOption(msgspec.Struct, frozen=True, rename="camel"):
    """What shipping costs."""

    price: Amount
    shipping_option_type: str = "DEFAULT"


class PrimeDetails(msgspec.Struct, frozen=True):
    """Where it is a Prime offer: NATIONAL, REGIONAL or NONE."""

    eligibility: str


class PostalCode(msgspec.Struct, frozen=True, rename="camel"):
    """A place that stands for a segment."""

    country_code: str = "US"
    value: str = "10001"


class SampleLocation(msgspec.Struct, frozen=True, rename="camel"):
    """Where the offer is featured, for example."""

    postal_code: PostalCode = PostalCode()


class SegmentDetails(msgspec.Struct, frozen=True, rename="camel"):
    """How large a segment is, in per cent of the page's views."""

    glance_view_weight_percentage: int
    sample_location: SampleLocation = SampleLocation()


class Segment(msgspec.Struct, frozen=True, rename="camel"):
    """The buyers who see the offer as featured: PRIME, NON_PRIME or DEFAULT."""

    customer_membership: str
    segment_details: SegmentDetails


class SummaryOffer(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A seller's offer; segments belong to a featured one alone."""

    seller_id: str
    condition: str
    fulfillment_type: str
    listing_price: Amount
    sub_condition: str | UnsetType = UNSET
    shipping_options: tuple[ShippingOption, ...] | UnsetType = UNSET
    prime_details: PrimeDetails | UnsetType = UNSET
    featured_offer_segments: tuple[Segment, ...] | UnsetType = UNSET


class LowestInput(msgspec.Struct, frozen=True, rename="camel"):
    """Which offers are listed; part of the question, too."""

    item_condition: str = "New"
    offer_type: str = "Consumer"


class LowestPricedOffers(msgspec.Struct, frozen=True, rename="camel"):
    """The cheapest offers of a condition: at least one, at most twenty."""

    lowest_priced_offers_input: LowestInput
    offers: tuple[SummaryOffer, ...]


class FeaturedBuyingOption(msgspec.Struct, frozen=True, rename="camel"):
    """The featured offers of new goods."""

    segmented_featured_offers: tuple[SummaryOffer, ...]
    buying_option_type: str = "New"


class ReferencePrice(msgspec.Struct, frozen=True):
    """A price to compare with."""

    name: str
    price: Amount


class SimilarItem(msgspec.Struct, frozen=True):
    """A similar product."""

    asin: str


class SimilarItems(msgspec.Struct, frozen=True):
    """Similar products."""

    items: tuple[SimilarItem, ...]


class SummaryBody(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What is said of one product: the data sets that were asked for, or errors."""

    asin: str
    marketplace_id: str
    featured_buying_options: tuple[FeaturedBuyingOption, ...] | UnsetType = UNSET
    lowest_priced_offers: tuple[LowestPricedOffers, ...] | UnsetType = UNSET
    reference_prices: tuple[ReferencePrice, ...] | UnsetType = UNSET
    similar_items: tuple[SimilarItems, ...] | UnsetType = UNSET
    errors: tuple[Error, ...] | UnsetType = UNSET


class SummaryResponse(msgspec.Struct, frozen=True):
    """A part of the answer; it does not repeat the request."""

    status: StatusLine
    body: SummaryBody


class SummariesResponse(msgspec.Struct, frozen=True):
    """The body of the answer."""

    responses: tuple[SummaryResponse, ...]
