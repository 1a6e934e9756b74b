"""Answers of getCompetitivePricing."""

from collections import Counter

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.answers.common import price_parts, sales_rankings
from adapters.simulator.catalogue import Offer, Product
from adapters.simulator.wire.prices import (
    CompetitivePrice,
    CompetitivePricing,
    Identifiers,
    MarketplaceAsin,
    OfferListingCount,
    Price,
    PricedProduct,
    PriceParts,
    SkuIdentifier,
)
from adapters.simulator.world import Listing


def price_of(listing: Listing, own_seller: str, sku: str | None) -> Price:
    """The Buy Box and the number of offers; `sku` is what was asked for, if not the ASIN."""
    product = listing.product
    named = _by_asin(product) if sku is None else _by_sku(product, own_seller, sku)
    counts = Counter(offer.condition.value.lower() for offer in listing.ranked)
    if listing.hidden:
        counts["new"] += listing.hidden
    pricing = CompetitivePricing(
        _competitive_prices(listing, own_seller),
        tuple(OfferListingCount(count, condition) for condition, count in counts.items()),
    )
    priced = PricedProduct(
        identifiers=named,
        competitive_pricing=pricing,
        sales_rankings=sales_rankings(product),
    )
    if sku is None:
        return Price(status="Success", asin=product.asin, product=priced)
    return Price(status="Success", seller_sku=sku, product=priced)


def unknown_price(key: str, *, by_sku: bool) -> Price:
    """What is said of an ASIN or SKU that cannot be priced."""
    return (
        Price(status="ClientError", seller_sku=key)
        if by_sku
        else Price(status="ClientError", asin=key)
    )


def _by_asin(product: Product) -> Identifiers:
    return Identifiers(
        MarketplaceAsin(product.marketplace, product.asin), SkuIdentifier("", "", "")
    )


def _by_sku(product: Product, own_seller: str, sku: str) -> Identifiers:
    return Identifiers(
        MarketplaceAsin(product.marketplace, product.asin),
        SkuIdentifier(product.marketplace, own_seller, sku),
    )


def _competitive_prices(listing: Listing, own_seller: str) -> tuple[CompetitivePrice, ...]:
    product, used = listing.product, listing.used_winner
    new = (_competitive_price(product, offer, own_seller) for offer in listing.winners)
    if used is None:
        return tuple(new)
    row = _competitive_price(product, used, own_seller)
    sub_condition = UNSET if used.sub_condition is None else used.sub_condition.spaced
    return (*new, replace(row, competitive_price_id="2", subcondition=sub_condition))


def _competitive_price(product: Product, offer: Offer, own_seller: str) -> CompetitivePrice:
    return CompetitivePrice(
        price=PriceParts(*price_parts(product, offer)),
        condition=offer.condition.value.lower(),
        belongs_to_requester=offer.seller == own_seller,
    )
