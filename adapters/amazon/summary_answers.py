"""The shapes of competitive summaries: what is asked, and what is read of the answer.

Source: CompetitiveSummaryBatchRequest and -Response in the model productPricing_2022-05-01. Every
field may be absent, unknown ones are passed over, and a value of a set is plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

import msgspec

from adapters.amazon.answers import Loose, Points, Price
from adapters.amazon.exchange import Unreadable, decode
from bot.core.conditions import Condition
from bot.core.marketplaces import Marketplace

URI = "/products/pricing/2022-05-01/items/competitiveSummary"
"""What every part of a batch asks."""
ABSENT = msgspec.Raw(b"null")
"""A data set that is not told."""
INCLUDED = ("featuredBuyingOptions", "lowestPricedOffers", "similarItems")


class LowestInput(msgspec.Struct, frozen=True, rename="camel"):
    """Which offers are listed."""

    item_condition: str | None = None
    offer_type: str | None = "Consumer"


class _Request(msgspec.Struct, frozen=True, rename="camel"):
    asin: str
    marketplace_id: str
    included_data: Sequence[str] = INCLUDED
    lowest_priced_offers_inputs: Sequence[LowestInput] = tuple(
        LowestInput(condition.value) for condition in Condition
    )
    method: str = "GET"
    uri: str = URI


class _Requests(msgspec.Struct, frozen=True):
    requests: list[_Request]


def encode_summaries(asins: Iterable[str], market: Marketplace) -> bytes:
    """Write the request body for some products, each once: all data sets, all conditions."""
    unique = dict.fromkeys(asins)
    return msgspec.json.encode(_Requests([_Request(asin, market.id) for asin in unique]))


class Amount(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """An amount, written in camel case here."""

    currency_code: str | None = None
    amount: Decimal | None = None

    @property
    def price(self) -> Price:
        """The same amount as getItemOffers writes it."""
        return Price(self.currency_code, self.amount)


class _AmountOfPoints(msgspec.Struct, frozen=True, rename="camel", gc=False):
    points_number: Loose = None
    points_monetary_value: Amount | None = None


class _Shipping(msgspec.Struct, frozen=True, rename="camel", gc=False):
    shipping_option_type: str | None = None
    price: Amount | None = None


class _PrimeDetails(msgspec.Struct, frozen=True, gc=False):
    eligibility: str | None = None


class PostalCode(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """A place that stands for a segment."""

    country_code: str | None = None
    value: str | None = None


class _Location(msgspec.Struct, frozen=True, rename="camel"):
    postal_code: PostalCode | None = None


class _Details(msgspec.Struct, frozen=True, rename="camel"):
    glance_view_weight_percentage: Decimal | None = None
    sample_location: _Location | None = None


class SegmentRow(msgspec.Struct, frozen=True, rename="camel"):
    """The buyers who see the offer as featured."""

    customer_membership: str | None = None
    segment_details: _Details | None = None

    @property
    def weight(self) -> Decimal | None:
        """The share of views, in per cent."""
        details = self.segment_details
        return None if details is None else details.glance_view_weight_percentage

    @property
    def place(self) -> PostalCode:
        """The place that stands for it."""
        location = self.segment_details and self.segment_details.sample_location
        return (location and location.postal_code) or PostalCode()


class OfferRow(msgspec.Struct, frozen=True, rename="camel"):
    """An offer, listed or featured."""

    seller_id: str | None = None
    condition: str | None = None
    sub_condition: str | None = None
    fulfillment_type: str | None = None
    listing_price: Amount | None = None
    shipping_options: list[_Shipping] | None = None
    points: _AmountOfPoints | None = None
    prime_details: _PrimeDetails | None = None
    featured_offer_segments: list[SegmentRow] | None = None

    @property
    def shipping(self) -> Price | None:
        """The price of the default shipping, where it is told."""
        for option in self.shipping_options or ():
            if option.shipping_option_type in (None, "DEFAULT") and option.price is not None:
                return option.price.price
        return None

    @property
    def worth_of_points(self) -> Points | None:
        """The points, as getItemOffers writes them."""
        if self.points is None:
            return None
        value = self.points.points_monetary_value
        return Points(self.points.points_number, None if value is None else value.price)


class LowestRow(msgspec.Struct, frozen=True, rename="camel"):
    """The cheapest offers of a condition; each is read apart."""

    lowest_priced_offers_input: LowestInput | None = None
    offers: list[msgspec.Raw] | None = None


class FeaturedRow(msgspec.Struct, frozen=True, rename="camel"):
    """The offers that are featured, to one kind of buyers each."""

    buying_option_type: str | None = None
    segmented_featured_offers: list[msgspec.Raw] | None = None


class _SimilarItem(msgspec.Struct, frozen=True):
    asin: str | None = None


class SimilarRow(msgspec.Struct, frozen=True):
    """Similar products."""

    items: list[_SimilarItem] | None = None


class SummaryBody(msgspec.Struct, frozen=True, rename="camel"):
    """What is said of a product; each data set is read apart, lest one cost the others."""

    asin: str | None = None
    marketplace_id: str | None = None
    featured_buying_options: msgspec.Raw = ABSENT
    lowest_priced_offers: msgspec.Raw = ABSENT
    similar_items: msgspec.Raw = ABSENT


T = TypeVar("T")
_read_body = msgspec.json.Decoder(SummaryBody).decode
_read_lowest = msgspec.json.Decoder(list[LowestRow] | None).decode
_read_featured = msgspec.json.Decoder(list[FeaturedRow] | None).decode
_read_similar = msgspec.json.Decoder(list[SimilarRow] | None).decode
_read_offer = msgspec.json.Decoder(OfferRow).decode


def read_body(raw: msgspec.Raw) -> SummaryBody:
    """Return what is said of a product. Raises Unreadable where it has another shape."""
    return decode(_read_body, raw)


def read_lowest(body: SummaryBody) -> list[LowestRow] | None:
    """Return the cheapest offers by condition; None where they are not told or unreadable."""
    return _lenient(_read_lowest, body.lowest_priced_offers)


def read_featured(body: SummaryBody) -> list[FeaturedRow] | None:
    """Return the featured offers; None where they are not told or unreadable."""
    return _lenient(_read_featured, body.featured_buying_options)


def read_similar(body: SummaryBody) -> list[SimilarRow] | None:
    """Return the similar products; None where they are not told or unreadable."""
    return _lenient(_read_similar, body.similar_items)


def read_offer(raw: msgspec.Raw) -> OfferRow | None:
    """Return an offer; None for one that cannot be read."""
    return _lenient(_read_offer, raw)


def _lenient(read: Callable[[bytes | msgspec.Raw], T], raw: msgspec.Raw) -> T | None:
    try:
        return decode(read, raw)
    except Unreadable:
        return None
