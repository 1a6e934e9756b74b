"""Searching the catalog for a brand's products that the account does not list."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import partial

import msgspec
import structlog

from bot.core.catalog_search import CatalogItem, CatalogSearch, same_brand
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.jobs import take_off
from bot.core.marketplaces import Marketplace
from bot.core.scanning import each
from bot.core.store import Transaction, run_in_transaction
from bot.errors import SourceError
from bot.features.watchlist.collections import (
    BRAND_PRODUCTS,
    KNOWN_LISTINGS,
    LISTINGS_PREVIEWS,
    WATCHES,
)
from bot.features.watchlist.models.own_listings import (
    BrandProduct,
    ListingCounts,
    ListingsPreview,
    PreviewState,
)
from bot.features.watchlist.resources import CATALOG, PAUSE
from bot.features.watchlist.views.brand_products import failed_search_card, found_card

PAGES = 50
"""Pages of a search: Amazon tells no more than 1,000 products of it."""
SHARE = 2
"""One in so many requests of the catalog's quota is a search; the others read pages."""

log = structlog.get_logger(__name__)


class BrandSearching:
    """Does the job of searching."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Search all marketplaces in which products are watched, and offer what is not.

        A marketplace that cannot be searched costs the others nothing.

        Raises:
            SourceError: none of them could be searched; a later try may work.
        """
        preview = await self._app.store.get(LISTINGS_PREVIEWS, job.ref)
        catalog = self._app.resources[CATALOG]
        if catalog is None or preview is None or preview.state is not PreviewState.READING:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        known, codes = await self._known()
        found: list[BrandProduct] = []
        unread: dict[str, str] = {}
        errors: list[SourceError] = []
        for code in codes:
            try:
                found += await self._search(catalog, code, preview, known)
            except SourceError as error:
                log.info("brand not searched", marketplace=code, why=str(error))
                unread[code] = str(error)
                errors.append(error)
        if len(errors) == len(codes):
            raise errors[0]
        told = msgspec.structs.replace(preview, unread=unread)
        await run_in_transaction(self._app.store, partial(self._offer, job, told, found))

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Say that it could not be searched for, to who asked."""
        preview = await tx.get(LISTINGS_PREVIEWS, job.ref)
        if preview is None:
            return
        tx.put(LISTINGS_PREVIEWS, msgspec.structs.replace(preview, state=PreviewState.FAILED))
        await self._app.outbox.edit(tx, preview.message, failed_search_card(preview.brand, why))

    async def _known(self) -> tuple[set[str], Sequence[str]]:
        """Return the products that are watched or listed, and where is searched."""
        watched = {watch.key: watch async for watch in each(self._app.store, WATCHES)}
        listed = {
            known.product async for known in each(self._app.store, KNOWN_LISTINGS) if known.product
        }
        codes = [self._app.brand.home, *(watch.marketplace for watch in watched.values())]
        return watched.keys() | listed, tuple(dict.fromkeys(codes))

    async def _search(
        self, catalog: CatalogSearch, code: str, preview: ListingsPreview, known: Set[str]
    ) -> list[BrandProduct]:
        region = Marketplace.named(code).region
        found: dict[str, CatalogItem] = {}
        after = ""
        for _ in range(PAGES):
            bucket = catalog.search_quota(region)
            await self._app.resources[PAUSE](bucket.eta() + bucket.interval * (SHARE - 1))
            page = await catalog.search_catalog(
                code, preview.brand, brand=preview.brand, after=after
            )
            found |= {item.key: item for item in page.items if item.key not in known}
            after = page.next
            if not after:
                break
        return [
            BrandProduct(asin=item.asin, marketplace=code, title=item.title, offer=preview.id)
            for item in found.values()
            if same_brand(item.brand, preview.brand)
        ]

    async def _offer(
        self,
        job: Job,
        preview: ListingsPreview,
        products: Sequence[BrandProduct],
        tx: Transaction,
    ) -> None:
        if not await take_off(tx, job):
            return
        counts: dict[str, ListingCounts] = {}
        for product in products:
            tx.put(BRAND_PRODUCTS, product)
            number = counts.get(product.marketplace, ListingCounts()).offered + 1
            counts[product.marketplace] = ListingCounts(products=number, offered=number)
        state = PreviewState.OFFERED if products else PreviewState.DONE
        read = msgspec.structs.replace(preview, state=state, counts=counts)
        tx.put(LISTINGS_PREVIEWS, read)
        await self._app.outbox.edit(tx, read.message, found_card(read, products))
