"""What our own listing data says of products, by SKU, twenty a request.

Source: searchListingsItems with the data set ``attributes`` in the model listingsItems_2021-08-01;
its attributes have the shape of those of the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.content_answers import ABSENT, ContentItem, lenient
from adapters.amazon.contents import (
    LONGEST_BULLET,
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    MOST_BULLETS,
)
from adapters.amazon.exchange import decode
from adapters.amazon.listing_asks import ask_skus
from adapters.amazon.matching import asked_sku
from adapters.amazon.page_texts import PageTexts
from bot.core.listing import Watch
from bot.core.listing_content import ListingContent
from bot.core.marketplaces import Marketplace

INCLUDED = "summaries,attributes"


class _ContentSummary(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    asin: str | None = None
    item_name: str | None = None


class _OwnContentItem(msgspec.Struct, frozen=True):
    sku: str | None = None
    summaries: msgspec.Raw = ABSENT
    attributes: msgspec.Raw = ABSENT


class _OwnContents(msgspec.Struct, frozen=True):
    items: list[_OwnContentItem]


_read_contents = msgspec.json.Decoder(_OwnContents).decode
_read_summaries = msgspec.json.Decoder(list[_ContentSummary] | None).decode


async def own_contents(
    client: SpApiClient, seller: str, watches: Sequence[Watch], market: Marketplace
) -> dict[str, ListingContent]:
    """Read our listing data; see `bot.core.own_content.OwnContentSource`.

    Raises:
        SourceError: Amazon did not answer, or does not let us see this seller's listings.
    """
    by_sku = {watch.sku: watch for watch in watches if watch.sku}
    content = await ask_skus(client, seller, [*by_sku], market, INCLUDED)
    return read_own_contents(content, by_sku, market)


def read_own_contents(
    content: bytes, by_sku: Mapping[str, Watch], market: Marketplace
) -> dict[str, ListingContent]:
    """Return what an answer says, by the watches' keys.

    Raises:
        Unreadable: the answer is no JSON, or has no list of items.
    """
    found: dict[str, ListingContent] = {}
    for item in decode(_read_contents, content).items:
        watch = by_sku.get(asked_sku(item.sku or "", by_sku))
        summary = _summary(item, market)
        if watch is None or summary is None or summary.asin != watch.asin:
            continue
        texts = PageTexts(ContentItem(attributes=item.attributes), market)
        found[watch.key] = _content(watch, texts, summary.item_name or "")
    return found


def _summary(item: _OwnContentItem, market: Marketplace) -> _ContentSummary | None:
    rows = lenient(_read_summaries, item.summaries) or ()
    return next((row for row in rows if row.marketplace_id == market.id), None)


def _content(watch: Watch, texts: PageTexts, title: str) -> ListingContent:
    """Return our texts; what we did not send says nothing about the page, so it is None."""
    language = texts.language(title)
    bullets = texts.of("bullet_point", language, LONGEST_BULLET, MOST_BULLETS)
    return ListingContent(
        asin=watch.asin,
        marketplace=watch.marketplace,
        language=language,
        title=_one(texts, "item_name", language, LONGEST_TITLE),
        brand=_one(texts, "brand", language, LONGEST_TITLE),
        bullets=bullets or None,
        description=_one(texts, "product_description", language, LONGEST_DESCRIPTION),
    )


def _one(texts: PageTexts, name: str, language: str, limit: int) -> str | None:
    values = texts.of(name, language, limit, 1)
    return values[0] if values else None
