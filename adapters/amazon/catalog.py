"""Titles and pictures of products, from Amazon's catalogue."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import structlog

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, decode
from adapters.amazon.spoilers import AT_ONCE, Spoilers
from bot.core.links import is_picture
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct
from bot.core.questions import Operation
from bot.core.text import one_line

LONGEST_TITLE = 500
MAIN = "MAIN"
"""The variant of the picture that stands in Amazon's lists."""
LARGE_ENOUGH = 300
"""Pixels; of the sizes in which Amazon has a picture the smallest of these is taken."""
log = structlog.get_logger(__name__)


class _ItemSummary(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    item_name: str | None = None


class _Picture(msgspec.Struct, frozen=True):
    variant: str = ""
    link: str = ""
    height: int = 0
    width: int = 0


class _Pictures(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    images: list[_Picture] = []


class _Item(msgspec.Struct, frozen=True):
    asin: str | None = None
    summaries: list[_ItemSummary] | None = None
    images: msgspec.Raw = msgspec.Raw(b"[]")
    """Read apart: what is wrong with pictures must not cost the titles."""


class _Items(msgspec.Struct, frozen=True):
    items: list[_Item]


_read_items = msgspec.json.Decoder(_Items).decode
_read_pictures = msgspec.json.Decoder(list[_Pictures]).decode


class Catalog:
    """Asks what products are called and look like."""

    def __init__(self, spoilers: Spoilers, *, simulated: bool) -> None:
        """Ask as ``spoilers`` know how. ``simulated``: so are the pictures, and on this machine."""
        self._simulated = simulated
        self._spoilers = spoilers

    async def ask(
        self, client: SpApiClient, asins: Iterable[str], market: Marketplace
    ) -> dict[str, CatalogProduct]:
        """Return products by ASIN; one that Amazon does not know, or tells nothing of, is absent.

        So is one that it could not tell about now: ask again later.

        Raises:
            SourceError: Amazon answered nothing at all.
        """
        wanted = list(dict.fromkeys(asins))
        outcome = await self._spoilers.ask(
            wanted, market, lambda some: self._ask(client, some, market)
        )
        if outcome.failed:
            why = str(next(iter(outcome.failed.values())))
            log.warning("some products not read", marketplace=market.code, why=why)
        return {asin: outcome.found[asin] for asin in wanted if asin in outcome.found}

    async def _ask(
        self, client: SpApiClient, asins: list[str], market: Marketplace
    ) -> dict[str, CatalogProduct]:
        params = {
            "identifiers": ",".join(asins),
            "identifiersType": "ASIN",
            "marketplaceIds": market.id,
            "includedData": "summaries,images",
            "pageSize": str(AT_ONCE),
        }
        content = await client.get(Operation.SEARCH_CATALOG, params)
        items = {item.asin: item for item in decode(_read_items, content).items}
        found = {
            asin: CatalogProduct(
                _title(item, market), _picture(item, market, simulated=self._simulated)
            )
            for asin in asins
            if (item := items.get(asin))
        }
        return {asin: product for asin, product in found.items() if product != CatalogProduct()}


def _title(item: _Item, market: Marketplace) -> str:
    names = (
        summary.item_name
        for summary in item.summaries or ()
        if summary.marketplace_id in (None, market.id)
    )
    return one_line(next(names, None) or "", LONGEST_TITLE)


def _picture(item: _Item, market: Marketplace, *, simulated: bool) -> str:
    """Return the address of the main picture; empty where there is none that a card may show."""
    try:
        several = decode(_read_pictures, item.images)
    except Unreadable:
        return ""
    sizes = {
        max(picture.height, picture.width): picture.link
        for pictures in several
        if pictures.marketplace_id in (None, market.id)
        for picture in pictures.images
        if picture.variant == MAIN and is_picture(picture.link, simulated=simulated)
    }
    if not sizes:
        return ""
    large = [size for size in sizes if size >= LARGE_ENOUGH]
    return sizes[min(large) if large else max(sizes)]
