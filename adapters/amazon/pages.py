"""What the pages of products say, asked of Amazon's catalogue twenty at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from adapters.amazon.client import SpApiClient
from adapters.amazon.content_answers import read_items
from adapters.amazon.contents import to_content
from adapters.amazon.spoilers import AT_ONCE, Spoilers
from bot.core.clocks import Clock
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.page_content import DataSet, PageReading
from bot.core.questions import Operation
from bot.errors import SourceError


class PageReader:
    """Reads pages, around products that spoil a request for the others."""

    def __init__(self, spoilers: Spoilers, clock: Clock, *, simulated: bool) -> None:
        """Ask as ``spoilers`` know how. ``simulated``: so are the pictures, and on this machine."""
        self._spoilers = spoilers
        self._clock = clock
        self._simulated = simulated

    async def read(
        self, client: SpApiClient, watches: Sequence[Watch], market: Marketplace
    ) -> list[PageReading]:
        """Read pages; see `bot.core.page_content.PageSource`."""
        by_asin = {watch.asin: watch for watch in watches}

        async def fetch(asins: list[str]) -> Mapping[str, PageReading]:
            content = await _ask(client, asins, market)
            some = [by_asin[asin] for asin in asins]
            return read_pages(content, some, market, self._clock(), simulated=self._simulated)

        outcome = await self._spoilers.ask(by_asin, market, fetch)
        return [
            PageReading(watch, found.result, found.raw)
            if (found := outcome.found.get(watch.asin))
            else PageReading(watch, outcome.failed.get(watch.asin) or _absent(watch))
            for watch in watches
        ]


async def _ask(client: SpApiClient, asins: Sequence[str], market: Marketplace) -> bytes:
    params = {
        "identifiers": ",".join(asins),
        "identifiersType": "ASIN",
        "marketplaceIds": market.id,
        "includedData": ",".join(part.value for part in DataSet),
        "pageSize": str(AT_ONCE),
    }
    return await client.get(Operation.SEARCH_CATALOG, params, again=False)


def read_pages(
    content: bytes, watches: Sequence[Watch], market: Marketplace, at: datetime, *, simulated: bool
) -> dict[str, PageReading]:
    """Return what an answer says of pages, by ASIN; one that it does not mention is absent.

    Raises:
        Unreadable: the answer is no JSON, or has no list of items.
    """
    by_asin = {watch.asin: watch for watch in watches}
    found: dict[str, PageReading] = {}
    for item, raw in read_items(content):
        watch = by_asin.get(item.asin or "")
        if watch is None or watch.asin in found:
            continue
        try:
            page = to_content(item, bytes(raw), watch, market, at, simulated=simulated)
            found[watch.asin] = PageReading(watch, page, bytes(raw))
        except SourceError as error:
            found[watch.asin] = PageReading(watch, error, bytes(raw))
    return found


def _absent(watch: Watch) -> SourceError:
    message = f"Amazon's answer does not include {watch.asin}."
    return SourceError(message)
