"""Checks whether each of our SKUs belongs to its product, and tells the team which do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
import structlog

from bot.core.context import AppContext, view_context
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import ListingsSource
from bot.core.questions import Operation
from bot.core.scanning import each_found, each_page
from bot.core.scheduler import Work
from bot.core.sku_lists import asked_together, fits_lists
from bot.core.store import Store, Transaction, run_in_transaction
from bot.errors import (
    AccessRefused,
    QuotaExceeded,
    Refused,
    SourceError,
    Unavailable,
    is_login_refused,
)
from bot.features.watchlist.collections import SKU_CHECKS, STATUSES, WATCHES
from bot.features.watchlist.models.skus import REFUSED, SkuCheck, SkuVerdict
from bot.features.watchlist.views.outages import sku_card
from checks.sku_book import SkuBook

TELL = "tell"
"""The key under which the team is told, and nothing is checked."""
AT_ONCE = Operation.SEARCH_LISTINGS.products
MOST_TOLD = 500
"""SKUs of one card; what is left is told by the next one."""

NOT_LISTED = "None of your Amazon listings has this SKU."
NO_PRODUCT = "Your listing has no product in this marketplace."

log = structlog.get_logger(__name__)


class SkuChecks:
    """Checks each SKU by our own listings, once and then about once a week."""

    def __init__(
        self, app: AppContext, source: object, book: SkuBook, follow: Callable[..., None]
    ) -> None:
        """Ask ``source``, if it knows listings; ``follow`` looks at what is asked otherwise now."""
        self._app = app
        self._source = source if isinstance(source, ListingsSource) else None
        self._book = book
        self._follow = follow
        self._answers_first: dict[str, str] = {}
        """By region, the seller ID under which listings were found."""

    async def tick(self, key: str = "") -> None:
        """Check what is due, and tell the team what it has to know."""
        if key != TELL:
            await self._check_all()
        await self._tell()

    async def first_check(self, watches: Sequence[Watch]) -> None:
        """Let the SKUs that were never checked wait until they are, where anybody can check."""
        for watch in watches:
            if watch.sku and self._can_ask:
                known = await self._app.store.get(SKU_CHECKS, watch.key)
                if known is None or not known.of(watch):
                    self._book.wait_for(watch)

    async def _check_all(self) -> None:
        out: dict[str, SourceError] = {}
        async for watches in each_page(self._app.store, WATCHES):
            due: defaultdict[str, list[Watch]] = defaultdict(list)
            for watch in watches:
                if watch.sku and await self._due(watch):
                    due[watch.marketplace].append(watch)
            for code, several in due.items():
                for together in asked_together(several, AT_ONCE):
                    await self._check(code, together, out)

    async def _due(self, watch: Watch) -> bool:
        known = await self._app.store.get(SKU_CHECKS, watch.key)
        if known is None or not known.of(watch):
            return self._can_ask
        # Even where nobody can look, a SKU that was refused has another try.
        return known.due(self._app.clock()) and (self._can_ask or known.refused)

    @property
    def _can_ask(self) -> bool:
        return self._source is not None and bool(self._app.brand.own_sellers)

    async def _check(
        self, code: str, watches: Sequence[Watch], out: dict[str, SourceError]
    ) -> None:
        """Check SKUs of one marketplace; after a failure no more of its region are asked for."""
        market = Marketplace.find(code)
        if market is None:
            return
        found: dict[str, str] = {}
        error = out.get(market.region)
        if error is None:
            found, error = await self._look_up(market, {watch.sku for watch in watches})
        if error is not None and not found:
            if not _may_be_the_sku(error, watches):
                out[market.region] = error
            if isinstance(error, Unavailable | QuotaExceeded) or is_login_refused(error):
                return  # It passes: what is due is due the next time as well.
        why = str(error or "")
        now = self._app.clock()

        async def write(tx: Transaction) -> list[SkuCheck]:
            written = [
                await _write(tx, each, found.get(each.sku), _reason(each, found, why), now)
                for each in watches
            ]
            return [check for check in written if check is not None]

        checks = await run_in_transaction(self._app.store, write)
        by_key = {watch.key: watch for watch in watches}
        changed = [by_key[each.key] for each in checks if self._book.take_in(each)]
        if changed:
            self._follow(*changed)

    async def _look_up(
        self, market: Marketplace, skus: set[str]
    ) -> tuple[dict[str, str], SourceError | None]:
        """Return the ASINs by SKU, and why some of our seller IDs could not be asked."""
        found: dict[str, str] = {}
        why: SourceError | None = None
        first = self._answers_first.get(market.region)
        sellers = sorted(self._app.brand.own_sellers, key=lambda seller: (seller != first, seller))
        for seller in sellers:
            left = sorted(skus - found.keys())
            if not left or self._source is None:
                break
            try:
                told = await self._source.asins_of(seller, left, market.code)
            except SourceError as error:
                why = error
                continue
            if told:
                self._answers_first[market.region] = seller
            found |= told
        if why is not None:
            log.info("SKUs not checked", marketplace=market.code, why=str(why))
        return found, why

    async def _tell(self) -> None:
        news = [
            check.key
            for verdict in REFUSED
            async for check in each_found(self._app.store, SKU_CHECKS, "verdict", verdict)
            if check.news and await _news(self._app.store, check.key) is not None
        ][:MOST_TOLD]
        if not news:
            return
        for told in await run_in_transaction(self._app.store, lambda tx: self._post(tx, news)):
            self._book.take_in(told)
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _post(self, tx: Transaction, keys: Sequence[str]) -> list[SkuCheck]:
        """Post the card, and return what it tells."""
        several = [each for key in keys if (each := await _news(tx, key)) is not None]
        if not several:
            return []
        view = await view_context(self._app, tx)
        message = f"skus-{view.now:%Y%m%d%H%M%S%f}"
        self._app.outbox.post(tx, message, sku_card(several, view), quiet=True)
        told = [msgspec.structs.replace(check, told=check.verdict) for _, check in several]
        for check in told:
            tx.put(SKU_CHECKS, check)
        return told


def _may_be_the_sku(error: SourceError, watches: Sequence[Watch]) -> bool:
    """Tell whether Amazon may have refused a SKU that is asked for alone, and nothing else."""
    refused = isinstance(error, Refused | AccessRefused)
    return refused and not fits_lists(watches[0].sku)


def _reason(watch: Watch, found: dict[str, str], why: str) -> str:
    """Return why a SKU's product could not be told."""
    return NO_PRODUCT if watch.sku in found else why or NOT_LISTED


async def _write(
    tx: Transaction, watch: Watch, asin: str | None, why: str, now: datetime
) -> SkuCheck | None:
    """Write down what was found; None if the product has another SKU by now, or is not watched."""
    known = await tx.get(SKU_CHECKS, watch.key)
    check = SkuCheck.lookup(watch, asin, why, known, now)
    current = await tx.get(WATCHES, watch.key)
    if current is None or not check.of(current):
        return None
    tx.put(SKU_CHECKS, check)
    return check


async def _news(tx: Store | Transaction, key: str) -> tuple[Watch, SkuCheck] | None:
    """Return what the team has to hear of a SKU now.

    That Amazon does not know one is told once the product was seen by its ASIN: if that fails as
    well, it is not the SKU's fault.
    """
    watch, check = await tx.get(WATCHES, key), await tx.get(SKU_CHECKS, key)
    if watch is None or check is None or not (check.news and check.of(watch)):
        return None
    if check.verdict is SkuVerdict.UNKNOWN:
        status = await tx.get(STATUSES, key)
        if status is None or status.seen_at is None or status.seen_at < check.at:
            return None
    return watch, check
