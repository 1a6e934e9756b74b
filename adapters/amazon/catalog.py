"""Titles and pictures of products, from Amazon's catalogue."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import structlog

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, decode
from bot.core.links import is_picture
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct
from bot.core.questions import Operation
from bot.core.text import one_line
from bot.errors import LoginError, Refused, SourceError

AT_ONCE = 20
"""Identifiers in one request (source: the model catalogItems_2022-04-01)."""
LONGEST_TITLE = 500
MAIN = "MAIN"
"""The variant of the picture that stands in Amazon's lists."""
LARGE_ENOUGH = 300
"""Pixels; of the sizes in which Amazon has a picture the smallest of these is taken."""
GIVEN_UP = 3
"""Requests in a row that fail; then the rest is left for another time."""
MOST_ALONE = 20
"""Products that are asked alone at one time."""
REMEMBERED = 10_000
"""Products that are known to spoil a request."""

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
    """Asks what products are, and remembers which of them spoil a request.

    Amazon refuses a whole request for one product that it does not like. Such a request is asked
    again in halves, until that product stands alone; from then on it is asked alone, and after all
    others. What else fails costs its own products only.
    """

    def __init__(self, *, simulated: bool) -> None:
        """Begin with no product known to spoil a request.

        ``simulated``: pictures are those of a simulated marketplace.
        """
        self._simulated = simulated
        self._spoiling: dict[tuple[str, str], None] = {}

    async def ask(
        self, client: SpApiClient, asins: Iterable[str], market: Marketplace
    ) -> dict[str, CatalogProduct]:
        """Return products by ASIN; one that Amazon does not know, or tells nothing of, is absent.

        So is one that it could not tell about now: ask again later.

        Raises:
            SourceError: Amazon answered nothing at all.
        """
        wanted = list(dict.fromkeys(asins))
        waiting = self._requests(wanted, market)
        found: dict[str, CatalogProduct] = {}
        errors: list[SourceError] = []
        in_a_row = answered = alone = 0
        # Where nothing is answered and so many are refused alone, the cause is not a product.
        while waiting and in_a_row < GIVEN_UP and (answered or alone < AT_ONCE):
            some = waiting.pop(0)
            try:
                found |= await self._ask(client, some, market)
            except Refused as error:
                errors.append(error)
                alone += len(some) == 1
                waiting = [*self._halves(some, market), *waiting]
            except SourceError as error:
                errors.append(error)
                # Without access the next request fails as well.
                in_a_row = GIVEN_UP if isinstance(error, LoginError) else in_a_row + 1
            else:
                answered += 1
                in_a_row = 0
                self._told(some, market)
        if errors and not answered:
            raise errors[0]
        if errors:
            log.warning("some products not read", marketplace=market.code, why=str(errors[0]))
        return {asin: found[asin] for asin in wanted if asin in found}

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

    def _requests(self, wanted: list[str], market: Marketplace) -> list[list[str]]:
        """Return what is asked together, and then what is asked alone."""
        alone = [asin for asin in wanted if (market.code, asin) in self._spoiling]
        others = [asin for asin in wanted if (market.code, asin) not in self._spoiling]
        together = [others[start : start + AT_ONCE] for start in range(0, len(others), AT_ONCE)]
        return [*together, *([asin] for asin in alone[:MOST_ALONE])]

    def _told(self, asins: list[str], market: Marketplace) -> None:
        for asin in asins:
            self._spoiling.pop((market.code, asin), None)

    def _halves(self, asins: list[str], market: Marketplace) -> list[list[str]]:
        """Part a request that was refused; one product alone is what spoiled it."""
        if len(asins) > 1:
            half = (len(asins) + 1) // 2
            return [asins[:half], asins[half:]]
        self._spoiling[market.code, asins[0]] = None
        while len(self._spoiling) > REMEMBERED:
            del self._spoiling[next(iter(self._spoiling))]
        return []


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
