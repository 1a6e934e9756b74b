"""How our listings are asked for by SKU: up to twenty in one request, or one alone.

Source: searchListingsItems and getListingsItem in the model listingsItems_2021-08-01, whose items
have the same shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.denials import errors_of
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.core.sku_lists import fits_lists
from bot.errors import Refused

NOTHING = b'{"numberOfResults": 0, "items": []}'
"""The answer where nothing can be asked."""
NOT_FOUND = "NOT_FOUND"


class _List(msgspec.Struct, frozen=True, rename="camel"):
    number_of_results: int
    items: list[msgspec.Raw]


async def search_skus(
    client: SpApiClient,
    seller: str,
    skus: Sequence[str],
    market: Marketplace,
    included: str,
    *,
    again: bool = True,
) -> bytes:
    """Ask for the seller's listings with these SKUs, at most twenty; return the answer as it came.

    One that fits no list is left out. ``included`` are the data sets; ``again`` is the client's.

    Raises:
        SourceError: Amazon did not answer, or does not let us see this seller's listings.
    """
    listed = [sku for sku in skus if fits_lists(sku)]
    if not listed:
        return NOTHING
    params = {
        "marketplaceIds": market.id,
        "identifiersType": "SKU",
        "identifiers": ",".join(listed),
        "includedData": included,
        "pageSize": str(Operation.SEARCH_LISTINGS.products),
    }
    path = Operation.SEARCH_LISTINGS.path.format(quote(seller, safe=""))
    return await client.get(Operation.SEARCH_LISTINGS, params, path=path, again=again)


async def one_sku(
    client: SpApiClient,
    seller: str,
    sku: str,
    market: Marketplace,
    included: str,
    *,
    again: bool = True,
) -> bytes | None:
    """Ask for the seller's listing with that SKU; None: Amazon says that there is none.

    Raises:
        SourceError: as above. A 404 that does not name the SKU is one, too: '/' gets one from the
            gateway, and a SKU that was not unquoted is not found under its quoted name.
    """
    path = Operation.GET_LISTING.path.format(quote(seller, safe=""), quote(sku, safe=""))
    params = {"marketplaceIds": market.id, "includedData": included}
    try:
        return await client.get(Operation.GET_LISTING, params, path=path, again=again)
    except Refused as error:
        if error.status == HTTPStatus.NOT_FOUND and _is_missing(error.body, sku):
            return None
        raise


async def ask_skus(
    client: SpApiClient, seller: str, skus: Sequence[str], market: Marketplace, included: str
) -> bytes:
    """Ask for SKUs that `asked_together` puts together; the answer has the shape of a search's.

    Raises:
        SourceError: as above.
    """
    if len(skus) != 1 or fits_lists(skus[0]):
        return await search_skus(client, seller, skus, market, included)
    found = await one_sku(client, seller, skus[0], market, included)
    if found is None:
        return NOTHING
    return msgspec.json.encode(_List(1, [msgspec.Raw(found)]))


def _is_missing(body: bytes, sku: str) -> bool:
    return any(
        (error.code or "").upper() == NOT_FOUND and sku in (error.message or "")
        for error in errors_of(body)
    )
