"""The titles of products, from Amazon's catalogue."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import decode
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.core.text import one_line

AT_ONCE = 20
"""Identifiers in one request (source: the model catalogItems_2022-04-01)."""
LONGEST_TITLE = 500


class _ItemSummary(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    item_name: str | None = None


class _Item(msgspec.Struct, frozen=True):
    asin: str | None = None
    summaries: list[_ItemSummary] | None = None


class _Items(msgspec.Struct, frozen=True):
    items: list[_Item]


_read_items = msgspec.json.Decoder(_Items).decode


async def titles(client: SpApiClient, asins: Iterable[str], market: Marketplace) -> dict[str, str]:
    """Return the titles by ASIN; one that Amazon does not know, or does not name, is absent.

    Raises:
        SourceError: Amazon did not answer.
    """
    wanted = list(dict.fromkeys(asins))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        params = {
            "identifiers": ",".join(some),
            "identifiersType": "ASIN",
            "marketplaceIds": market.id,
            "includedData": "summaries",
            "pageSize": str(AT_ONCE),
        }
        content = await client.get(Operation.SEARCH_CATALOG, params)
        for item in decode(_read_items, content).items:
            title = _title(item, market)
            if item.asin in some and title:
                found[item.asin] = title
    return found


def _title(item: _Item, market: Marketplace) -> str:
    names = (
        summary.item_name
        for summary in item.summaries or ()
        if summary.marketplace_id in (None, market.id)
    )
    return one_line(next(names, None) or "", LONGEST_TITLE)
