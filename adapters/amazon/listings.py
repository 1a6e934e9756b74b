"""Which products our SKUs are, from our own listings at Amazon."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import decode
from adapters.amazon.listing_asks import ask_skus
from bot.core.identifiers import is_asin
from bot.core.marketplaces import Marketplace


class _ListingSummary(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    asin: str | None = None


class _Listing(msgspec.Struct, frozen=True):
    sku: str | None = None
    summaries: list[_ListingSummary] | None = None


class _Listings(msgspec.Struct, frozen=True):
    items: list[_Listing]


_read_listings = msgspec.json.Decoder(_Listings).decode


async def asins_of(
    client: SpApiClient, seller: str, skus: Sequence[str], market: Marketplace
) -> dict[str, str]:
    """Return the ASINs by SKU of at most twenty listings; empty where a listing has no product.

    The SKUs are such as can be asked together. One that the seller has no listing for is absent.

    Raises:
        SourceError: Amazon did not answer, or does not let us see this seller's listings.
    """
    content = await ask_skus(client, seller, skus, market, "summaries")
    listings = decode(_read_listings, content).items
    return {each.sku: _asin(each, market) for each in listings if each.sku and each.sku in skus}


def _asin(listing: _Listing, market: Marketplace) -> str:
    asins = (one.asin for one in listing.summaries or () if one.marketplace_id == market.id)
    return next((asin for asin in asins if asin and is_asin(asin)), "")
