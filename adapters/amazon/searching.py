"""Searching Amazon's catalogue by keywords, one page at a time.

Source: searchCatalogItems in the model catalogItems_2022-04-01: at most twenty keywords, twenty
products a page, and 1,000 in all. A brand is named with underscores for its blanks (facts: issues
2722 and 3407).
"""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.content_answers import lenient, read_items
from adapters.amazon.contents import to_content
from bot.core.catalog_search import CatalogItem, CatalogPage, item_of
from bot.core.identifiers import is_asin
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.page_content import DataSet
from bot.core.questions import Operation
from bot.errors import SourceError

MOST_KEYWORDS = 20
LONGEST_KEYWORD = 60
"""Characters: no word of a title is longer."""
LONGEST_TOKEN = 2_000
"""Characters of what the next page is asked with; a longer one is not sent back."""
ASKED = (DataSet.ATTRIBUTES, DataSet.IMAGES, DataSet.PRODUCT_TYPES, DataSet.SUMMARIES)

_PARTED = re.compile(r"[\s,]+")
"""Blanks part keywords for people, commas do in the request."""


class _Pagination(msgspec.Struct, frozen=True, rename="camel"):
    next_token: str | None = None


class _Paged(msgspec.Struct, frozen=True):
    pagination: msgspec.Raw = msgspec.Raw(b"null")
    """Read apart: what is wrong with it costs the pages behind, and not this one."""


_read_paged = msgspec.json.Decoder(_Paged).decode
_read_pagination = msgspec.json.Decoder(_Pagination | None).decode


async def search_catalog(
    client: SpApiClient, market: Marketplace, keywords: str, brand: str, after: str
) -> bytes:
    """Ask for a page of what the words find; see `bot.core.catalog_search.CatalogSearch`."""
    words = [word[:LONGEST_KEYWORD] for word in _PARTED.split(keywords) if word]
    params = {
        "keywords": ",".join(dict.fromkeys(words[:MOST_KEYWORDS])),
        "marketplaceIds": market.id,
        "includedData": ",".join(part.value for part in ASKED),
        "pageSize": str(Operation.SEARCH_CATALOG.products),
    }
    if brand:
        params["brandNames"] = "_".join(_PARTED.sub(" ", brand).split())
    if after:
        params["pageToken"] = after
    return await client.get(Operation.SEARCH_CATALOG, params)


def read_search(
    content: bytes, market: Marketplace, at: datetime, *, simulated: bool
) -> CatalogPage:
    """Return the products of an answer; one that cannot be read is left out.

    Raises:
        Unreadable: the answer is no JSON, or has no list of items.
    """
    found: dict[str, CatalogItem] = {}
    for item, raw in read_items(content):
        asin = item.asin or ""
        if not is_asin(asin) or asin in found:
            continue
        watch = Watch(asin=asin, marketplace=market.code, added_at=at)
        try:
            page = to_content(item, bytes(raw), watch, market, at, simulated=simulated)
        except SourceError:
            continue
        found[asin] = item_of(page)
        if len(found) == Operation.SEARCH_CATALOG.products:
            break
    paged = lenient(_read_paged, msgspec.Raw(content))
    pagination = paged and lenient(_read_pagination, paged.pagination)
    token = (pagination and pagination.next_token) or ""
    return CatalogPage(tuple(found.values()), token if len(token) <= LONGEST_TOKEN else "")
