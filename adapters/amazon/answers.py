"""The shapes of Amazon's answers about offers, as far as they are read.

Source: Amazon's model productPricingV0. Every field may be absent and unknown ones are passed
over, because documented examples lack fields that the model requires; a value of a set is plain
text, because one that nobody knows yet must not fail an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import unquote

import msgspec

from adapters.amazon.exchange import Unreadable, decode

Loose: TypeAlias = int | float | str | bool | None
"""A figure that is no money: whatever form it comes in, it must not fail an answer."""


class Price(msgspec.Struct, frozen=True, gc=False):
    """An amount, taken from the digits of the JSON without a float in between."""

    currency: str | None = msgspec.field(default=None, name="CurrencyCode")
    amount: Decimal | None = msgspec.field(default=None, name="Amount")


class Points(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """What a buyer gets back in points; one is a yen."""

    points_number: Loose = None
    points_monetary_value: Price | None = None


class Feedback(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """What buyers say of a seller; the rating is in per cent."""

    feedback_count: Loose = None
    seller_positive_feedback_rating: Loose = None


class ShipsFrom(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """Where the parcel comes from."""

    state: str | None = None
    country: str | None = None


class Prime(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """Whether it is a Prime offer."""

    is_prime: bool | None = None


class OfferDetail(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """An offer. MyOffer is not read: it is wrong at times (facts: issues 2492, 4470)."""

    seller_id: str | None = None
    sub_condition: str | None = None
    listing_price: Price | None = None
    shipping: Price | None = None
    points: Points | None = None
    ships_from: ShipsFrom | None = None
    is_fulfilled_by_amazon: bool | None = None
    is_buy_box_winner: bool | None = None
    seller_feedback_rating: Feedback | None = None
    prime_information: Prime | None = None


class OfferCount(msgspec.Struct, frozen=True, gc=False):
    """How many offers a condition and a fulfilment channel have."""

    condition: str | None = None
    count: Loose = msgspec.field(default=None, name="OfferCount")


class BuyBoxPrice(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """The price of an offer in the Buy Box and, at times, whose it is."""

    condition: str | None = None
    offer_type: str | None = None
    quantity_tier: Loose = None
    seller_id: str | None = None
    landed_price: Price | None = msgspec.field(default=None, name="LandedPrice")
    listing_price: Price | None = msgspec.field(default=None, name="ListingPrice")
    shipping: Price | None = msgspec.field(default=None, name="Shipping")
    points: Points | None = msgspec.field(default=None, name="Points")


class SalesRanking(msgspec.Struct, frozen=True, rename="pascal", gc=False):
    """A place among the best sellers of a category."""

    rank: Loose = None


class Summary(msgspec.Struct, frozen=True, rename="pascal"):
    """What is known of all offers of a product, of every condition, listed or not."""

    total_offer_count: Loose = None
    number_of_offers: list[OfferCount] | None = None
    buy_box_prices: list[BuyBoxPrice] | None = None
    sales_rankings: list[SalesRanking] | None = None


class Identifier(msgspec.Struct, frozen=True):
    """What was asked for."""

    asin: str | None = msgspec.field(default=None, name="ASIN")
    sku: str | None = msgspec.field(default=None, name="SellerSKU")
    marketplace_id: str | None = msgspec.field(default=None, name="MarketplaceId")


class Payload(msgspec.Struct, frozen=True):
    """The offers of a product, asked for by ASIN or by SKU."""

    asin: str | None = msgspec.field(default=None, name="ASIN")
    sku: str | None = msgspec.field(default=None, name="SKU")
    marketplace_id: str | None = msgspec.field(default=None, name="marketplaceId")
    status: str | None = None
    condition: str | None = msgspec.field(default=None, name="ItemCondition")
    identifier: Identifier | None = msgspec.field(default=None, name="Identifier")
    summary: Summary | None = msgspec.field(default=None, name="Summary")
    offers: list[OfferDetail] | None = msgspec.field(default=None, name="Offers")

    def asins(self) -> set[str]:
        """Return the ASINs that it speaks of; a listing's answer may name none."""
        named = {self.asin, self.identifier.asin if self.identifier else None}
        return {asin for asin in named if asin}

    def marketplaces(self) -> set[str]:
        """Return the identifiers of the marketplaces that it speaks of."""
        named = {self.marketplace_id, self.identifier.marketplace_id if self.identifier else None}
        return {marketplace for marketplace in named if marketplace}


class Body(msgspec.Struct, frozen=True):
    """The body of a part of a batch: a payload, or none where there are errors."""

    payload: Payload | None = None


class StatusLine(msgspec.Struct, frozen=True, gc=False):
    """The status of a part of a batch."""

    code: int | None = msgspec.field(default=None, name="statusCode")


class Echo(msgspec.Struct, frozen=True, gc=False):
    """The request that a part of a batch answers."""

    uri: str | None = None
    asin: str | None = msgspec.field(default=None, name="Asin")
    sku: str | None = msgspec.field(default=None, name="SellerSKU")
    marketplace_id: str | None = msgspec.field(default=None, name="MarketplaceId")


class Part(msgspec.Struct, frozen=True):
    """A part of a batch. Its body is kept as it came: its bytes are the evidence."""

    status: StatusLine | None = None
    request: Echo | None = None
    body: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)

    def names(self) -> Iterator[str]:
        """Yield the ASINs and SKUs by which it says what it answers, the surest first."""
        echo = self.request
        if echo is not None:
            yield from (name for name in (echo.asin, echo.sku) if name)
            if echo.uri:
                yield unquote(echo.uri.removesuffix("/offers").rpartition("/")[2])
        if self.body:
            yield from _names_in(self.body)


class _Batch(msgspec.Struct, frozen=True):
    responses: list[Part]


class _RawBatch(msgspec.Struct, frozen=True):
    responses: list[msgspec.Raw]


_read_batch = msgspec.json.Decoder(_Batch).decode
_read_raw_batch = msgspec.json.Decoder(_RawBatch).decode
_read_part = msgspec.json.Decoder(Part).decode
_read_body = msgspec.json.Decoder(Body).decode


def read_parts(content: bytes) -> list[Part]:
    """Take a batch's answer apart; a part that cannot be read is left out.

    Raises:
        Unreadable: it is no JSON, or has no list of responses.
    """
    try:
        return decode(_read_batch, content).responses
    except Unreadable:
        return list(_readable(decode(_read_raw_batch, content).responses))


def _readable(raws: list[msgspec.Raw]) -> Iterator[Part]:
    for raw in raws:
        try:
            yield decode(_read_part, raw)
        except Unreadable:
            continue  # Its product is reported as missing from the answer.


def read_payload(body: bytes | msgspec.Raw) -> Payload | None:
    """Return the payload of a part's body, or None where it has none.

    Raises:
        Unreadable: the body has another shape.
    """
    return decode(_read_body, body).payload


def _names_in(body: msgspec.Raw) -> Iterator[str]:
    try:
        payload = read_payload(body)
    except Unreadable:
        return
    if payload is not None:
        identifier = payload.identifier or Identifier()
        names = (payload.asin, payload.sku, identifier.asin, identifier.sku)
        yield from (name for name in names if name)
