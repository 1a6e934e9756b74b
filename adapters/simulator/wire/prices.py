"""The shape of competitive prices: getCompetitivePricing.

Source: Amazon's model productPricingV0.json. The seller of a price is not told to consumers.
"""

import msgspec
from msgspec import UNSET, UnsetType

from adapters.simulator.wire.common import Money, SalesRank


class PriceParts(msgspec.Struct, frozen=True, rename="pascal"):
    """What a buyer pays, and its parts."""

    landed_price: Money
    listing_price: Money
    shipping: Money


class CompetitivePrice(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """The price of an offer in the Buy Box. The id is 1 for new goods, 2 for used."""

    competitive_price_id: str = "1"
    price: PriceParts
    condition: str | UnsetType = msgspec.field(default=UNSET, name="condition")
    subcondition: str | UnsetType = msgspec.field(default=UNSET, name="subcondition")
    belongs_to_requester: bool | UnsetType = msgspec.field(default=UNSET, name="belongsToRequester")


class OfferListingCount(msgspec.Struct, frozen=True, rename="pascal"):
    """How many offers a condition has."""

    count: int
    condition: str = msgspec.field(name="condition")


class CompetitivePricing(msgspec.Struct, frozen=True, rename="pascal"):
    """The Buy Box and the number of offers."""

    competitive_prices: tuple[CompetitivePrice, ...]
    number_of_offer_listings: tuple[OfferListingCount, ...]


class MarketplaceAsin(msgspec.Struct, frozen=True, rename="pascal"):
    """A product in a marketplace."""

    marketplace_id: str
    asin: str = msgspec.field(name="ASIN")


class SkuIdentifier(msgspec.Struct, frozen=True, rename="pascal"):
    """A seller's listing in a marketplace; empty strings when asked for by ASIN."""

    marketplace_id: str
    seller_id: str
    seller_sku: str = msgspec.field(name="SellerSKU")


class Identifiers(msgspec.Struct, frozen=True):
    """What the price is about."""

    marketplace_asin: MarketplaceAsin = msgspec.field(name="MarketplaceASIN")
    sku_identifier: SkuIdentifier = msgspec.field(name="SKUIdentifier")


class PricedProduct(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """A product and its prices."""

    identifiers: Identifiers
    competitive_pricing: CompetitivePricing | UnsetType = UNSET
    sales_rankings: tuple[SalesRank, ...] | UnsetType = UNSET


class Price(msgspec.Struct, frozen=True, rename="pascal", kw_only=True):
    """The answer for one product; `product` is absent when there is none."""

    status: str = msgspec.field(name="status")
    asin: str | UnsetType = msgspec.field(default=UNSET, name="ASIN")
    seller_sku: str | UnsetType = msgspec.field(default=UNSET, name="SellerSKU")
    product: PricedProduct | UnsetType = UNSET


class PricesResponse(msgspec.Struct, frozen=True):
    """The body of the answer."""

    payload: tuple[Price, ...]
