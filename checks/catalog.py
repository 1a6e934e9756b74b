"""Learns what products are called and look like, from Amazon's catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct, OfferSource
from bot.core.scanning import each_page
from bot.core.store import Transaction, run_in_transaction
from bot.errors import LoginError, SourceError, StoreError
from bot.features.watchlist.collections import WATCHES
from checks.breaker import Breakers

log = structlog.get_logger(__name__)

PATIENCE = 10.0
"""Seconds that a person waits for what the catalogue says of a product."""


class CatalogReader:
    """Asks the catalogue, for a person and by itself."""

    def __init__(self, app: AppContext, source: OfferSource, breakers: Breakers) -> None:
        """Ask ``source``, but where ``breakers`` say that nobody can be asked."""
        self._app = app
        self._source = source
        self._breakers = breakers
        self._described: set[str] = set()
        """Products that it is being asked about for a person."""

    async def tick(self, _: str = "") -> None:
        """Learn the titles of products that have none yet; what nobody tells stays nameless."""
        out: set[str] = set()
        async for watches in each_page(self._app.store, WATCHES):
            nameless: dict[str, list[str]] = {}
            for watch in watches:
                if not watch.title and watch.key not in self._described:
                    nameless.setdefault(watch.marketplace, []).append(watch.asin)
            for market, asins in nameless.items():
                await self._name(market, asins, out)

    async def _name(self, market: str, asins: list[str], out: set[str]) -> None:
        """Learn titles in one marketplace; ``out`` are regions that let nobody in."""
        region = Marketplace.named(market).region
        if region in out or self._breakers.out(region):
            return
        try:
            found = await self._source.products(asins, market)
        except SourceError as error:
            log.warning("titles not read", marketplace=market, why=str(error))
            if isinstance(error, LoginError):
                out.add(region)
            return
        await self._name_all(market, found)

    async def _name_all(self, market: str, found: Mapping[str, CatalogProduct]) -> None:
        await run_in_transaction(self._app.store, lambda tx: _write_titles(tx, market, found))

    async def describe(self, watch: Watch) -> CatalogProduct:
        """Return what the catalogue says; see `bot.core.monitoring.Checker`."""
        region = Marketplace.named(watch.marketplace).region
        if self._breakers.out(region):
            return CatalogProduct()
        self._described.add(watch.key)
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._source.products([watch.asin], watch.marketplace)
            # A title that is not written now is asked for again by itself.
            with suppress(StoreError):
                await self._name_all(watch.marketplace, found)
            return found.get(watch.asin, CatalogProduct())
        except (SourceError, TimeoutError) as error:
            log.info("product not described", watch=watch.key, why=str(error))
            return CatalogProduct()
        finally:
            self._described.discard(watch.key)


async def _write_titles(tx: Transaction, market: str, found: Mapping[str, CatalogProduct]) -> None:
    for asin, product in found.items():
        watch = await tx.get(WATCHES, Watch.key_of(market, asin))
        if watch is not None and product.title and not watch.title:
            tx.put(WATCHES, msgspec.structs.replace(watch, title=product.title))
