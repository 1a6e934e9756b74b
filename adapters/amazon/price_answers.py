"""The shapes of competitive prices, as far as they are read, and whose each part is.

Source: GetPricingResponse in the model productPricingV0. Every field may be absent, and unknown
ones are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from adapters.amazon.answers import Loose, Points, Price
from adapters.amazon.exchange import Unreadable, decode


class Amounts(msgspec.Struct, frozen=True, rename="pascal"):
    """What a buyer pays, and its parts."""

    landed_price: Price | None = None
    listing_price: Price | None = None
    shipping: Price | None = None
    points: Points | None = None


class BoxRow(msgspec.Struct, frozen=True):
    """A row of the Buy Box. belongsToRequester is not read: like MyOffer, it may be wrong."""

    id: Loose = msgspec.field(default=None, name="CompetitivePriceId")
    price: Amounts | None = msgspec.field(default=None, name="Price")
    condition: str | None = None
    offer_type: str | None = msgspec.field(default=None, name="offerType")
    quantity_tier: Loose = msgspec.field(default=None, name="quantityTier")
    seller_id: str | None = msgspec.field(default=None, name="sellerId")


class CountRow(msgspec.Struct, frozen=True):
    """How many offers a condition has."""

    condition: str | None = None
    count: Loose = msgspec.field(default=None, name="Count")


class Pricing(msgspec.Struct, frozen=True, rename="pascal"):
    """The Buy Boxes and the number of offers."""

    competitive_prices: list[BoxRow] | None = None
    number_of_offer_listings: list[CountRow] | None = None


class MarketplaceAsin(msgspec.Struct, frozen=True):
    """A product in a marketplace."""

    asin: str | None = msgspec.field(default=None, name="ASIN")
    marketplace_id: str | None = msgspec.field(default=None, name="MarketplaceId")


class _Identifiers(msgspec.Struct, frozen=True):
    product: MarketplaceAsin | None = msgspec.field(default=None, name="MarketplaceASIN")


class PricedProduct(msgspec.Struct, frozen=True, rename="pascal"):
    """A product and its prices."""

    identifiers: _Identifiers | None = None
    competitive_pricing: Pricing | None = None

    @property
    def named(self) -> MarketplaceAsin | None:
        """The product and marketplace that it speaks of."""
        return None if self.identifiers is None else self.identifiers.product


class Priced(msgspec.Struct, frozen=True):
    """What is said of one product."""

    status: str | None = None
    asin: str | None = msgspec.field(default=None, name="ASIN")
    product: PricedProduct | None = msgspec.field(default=None, name="Product")


class _Named(msgspec.Struct, frozen=True):
    """As much of a part as tells whose it is, where the rest may be unreadable."""

    asin: str | None = msgspec.field(default=None, name="ASIN")
    product: msgspec.Raw = msgspec.field(default=msgspec.Raw(b"null"), name="Product")


class _NamedProduct(msgspec.Struct, frozen=True):
    identifiers: _Identifiers | None = msgspec.field(default=None, name="Identifiers")


class _Payload(msgspec.Struct, frozen=True):
    payload: list[msgspec.Raw]


_read_payload = msgspec.json.Decoder(_Payload).decode
_read_priced = msgspec.json.Decoder(Priced).decode
_read_named = msgspec.json.Decoder(_Named).decode
_read_named_product = msgspec.json.Decoder(_NamedProduct | None).decode


def read_parts_by_asin(content: bytes) -> Mapping[str, msgspec.Raw]:
    """Take an answer apart; of two parts for one product the first counts.

    A part that names no product stands under the empty text: its place proves nothing.

    Raises:
        Unreadable: the answer is no JSON, or has no payload.
    """
    parts: dict[str, msgspec.Raw] = {}
    for raw in decode(_read_payload, content).payload:
        parts.setdefault(_asin_of(raw), raw)
    return parts


def read_priced(raw: msgspec.Raw) -> Priced:
    """Return what a part says.

    Raises:
        Unreadable: it has another shape.
    """
    return decode(_read_priced, raw)


def _asin_of(raw: msgspec.Raw) -> str:
    """Return the product that a part names, and empty text where it names none."""
    try:
        named = decode(_read_named, raw)
        if named.asin:
            return named.asin
        product = decode(_read_named_product, named.product)
    except Unreadable:
        return ""
    identifiers = None if product is None else product.identifiers
    return (identifiers and identifiers.product and identifiers.product.asin) or ""
