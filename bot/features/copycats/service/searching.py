"""Searching the catalog for each watched product, a slice of them in a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import msgspec
import structlog

from bot.core.catalog_search import CatalogItem, CatalogSearch
from bot.core.collections import UPKEEP, Job, Upkeep
from bot.core.context import AppContext
from bot.core.jobs import enqueue, take_off
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.page_content import PageSource
from bot.core.picture_looks import PICTURE_LOOKS
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import one_line
from bot.errors import AccessRefused, LoginError, SourceError
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import Candidate, CopycatSearch, SearchState, Verdict
from bot.features.copycats.resources import LIKENESS, PAGES
from bot.features.copycats.rules import candidates, fresher, keywords, worth_a_look
from bot.features.copycats.service.asking import LAST, WEEKLY, CopycatJob
from bot.features.copycats.service.own_pages import ours_in, read_pages
from bot.features.copycats.service.showing import show_search
from bot.features.copycats.views import searching_card
from bot.features.watchlist.collections import KNOWN_LISTINGS, WATCHES
from bot.features.watchlist.resources import CATALOG, PAUSE
from bot.features.watchlist.service.account import is_login_out

SLICE = 20
"""Watched products that one job searches for: as many as one request tells the pages of."""
LIMIT = timedelta(minutes=20)
PAGES_READ = 2
"""Pages of one search that are read, the second only where the first showed something."""
SHARE, SHARE_ASKED = 10, 2
"""One in so many requests of the catalog's quota is a search: in the weekly one, and while a
person waits."""
GIVEN_UP = 3
"""Products in a row that cannot be searched for; then the rest is left for another try."""
MOST_OPEN = 500
"""Products that may wait to be compared."""
TOLD_EVERY = 3.0
"""Seconds between two changes of the card that shows how far the search is."""
MOST_BRANDS = 50
WHY = 200

log = structlog.get_logger(__name__)


class CopycatSearching:
    """Does the job of searching."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._told = -TOLD_EVERY
        self._listed: tuple[str, set[str]] = "", set()
        """A search, and the products that the account listed when its job was begun here."""

    async def run(self, job: Job) -> None:
        """Search for the next watched products, and leave the rest to a job of its own.

        Raises:
            SourceError: several in a row could not be searched for; a later try may work.
        """
        search = await self._app.store.get(SEARCHES, job.ref)
        catalog, pages = self._app.resources[CATALOG], self._app.resources[PAGES]
        if search is None or search.state is not SearchState.SEARCHING:
            await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))
            return
        watches: Sequence[Watch] = ()
        if catalog is not None and pages is not None:
            watches = await self._app.store.page(WATCHES, after=search.after, limit=SLICE)
            await self._search_all(_Slice(search.id, watches, catalog, pages, search.weekly))
        await run_in_transaction(
            self._app.store, partial(self._go_on, job, more=len(watches) == SLICE)
        )

    async def gave_up(self, tx: Transaction, job: Job, why: str) -> None:
        """Show what was found so far, and that the rest could not be checked."""
        search = await tx.get(SEARCHES, job.ref)
        if search is None or search.state is not SearchState.SEARCHING:
            return
        if search.weekly and await is_login_out(tx):
            # It is searched from the start when anything may be asked again, not in a week.
            tx.put(UPKEEP, Upkeep(LAST, self._app.clock() - WEEKLY))
        await self._end(tx, search, SearchState.FAILED, why)

    async def _go_on(self, job: Job, tx: Transaction, *, more: bool) -> None:
        search = await tx.get(SEARCHES, job.ref)
        if search is None or not await take_off(tx, job):
            return
        if more:
            # Another job: what failed before does not count against the products to come.
            enqueue(self._app, tx, CopycatJob.SEARCH, search.id, search.asked_by)
            tx.after(lambda: self._app.scheduler.trigger(Work.JOBS))
            return
        nothing_read = 0 < search.searched == search.unread
        state = SearchState.FAILED if nothing_read else SearchState.DONE
        await self._end(tx, search, state, search.why)

    async def _end(
        self, tx: Transaction, search: CopycatSearch, state: SearchState, why: str
    ) -> None:
        ended = msgspec.structs.replace(
            search, state=state, why=one_line(why, WHY), ended_at=self._app.clock()
        )
        tx.put(SEARCHES, ended)
        await show_search(self._app, tx, ended)

    async def _search_all(self, some: _Slice) -> None:
        read = await read_pages(some.pages, some.watches)
        own = await self._own(some.search)
        in_a_row = 0
        for watch in some.watches:
            found: list[Candidate] = []
            why, brand = "", ""
            try:
                ours = await self._seen(ours_in(read[watch.key]))
                brand = ours.brand
                found = await self._search(some, ours, own)
                in_a_row = 0
            except SourceError as error:
                why = str(error)
                # A region that may not be asked costs the others nothing.
                if not isinstance(error, AccessRefused):
                    in_a_row += 1
                    # Without access the next request fails as well.
                    if isinstance(error, LoginError) or in_a_row >= GIVEN_UP:
                        raise
                log.info("copycats not searched", watch=watch.key, why=why)
            step = _Step(some.search, watch.key, brand, tuple(found), why)
            await run_in_transaction(self._app.store, partial(self._keep, step))

    async def _own(self, search: str) -> set[str]:
        """Return the products that the account lists, read once in a search: there may be many."""
        if self._listed[0] != search:
            listed = each(self._app.store, KNOWN_LISTINGS)
            self._listed = search, {known.product async for known in listed if known.product}
        return self._listed[1]

    async def _search(self, some: _Slice, ours: CatalogItem, own: set[str]) -> list[Candidate]:
        search = await self._app.store.get(SEARCHES, some.search)
        brands = (ours.brand, *(search.brands if search else ()))
        judge = self._app.resources[LIKENESS]
        found: dict[str, Candidate] = {}
        for words in keywords(ours):
            after = ""
            for _ in range(PAGES_READ):
                await self._wait(some, ours.marketplace)
                page = await some.catalog.search_catalog(ours.marketplace, words, after=after)
                items = await self._looked_at(page.items, ours)
                worth = candidates(items, ours, judge, own, brands, self._app.clock())
                found |= {each.key: each for each in worth}
                after = page.next
                if not worth or not after:
                    break
        return list(found.values())

    async def _looked_at(
        self, items: Sequence[CatalogItem], ours: CatalogItem
    ) -> list[CatalogItem]:
        """Return the items, with the looks of those pictures that may decide."""
        if not ours.look:
            return list(items)
        chosen = worth_a_look(items, ours, self._app.resources[LIKENESS])
        seen = {each.asin: await self._seen(each) for each in chosen}
        return [seen.get(item.asin, item) for item in items]

    async def _seen(self, item: CatalogItem) -> CatalogItem:
        """Return the item with the look of its picture, where it can be looked at."""
        looks = self._app.resources[PICTURE_LOOKS]
        found = await looks.look(item.picture) if looks is not None and item.picture else None
        return item if found is None else msgspec.structs.replace(item, look=found.look)

    async def _wait(self, some: _Slice, marketplace: str) -> None:
        """Leave most of the quota to reading pages."""
        bucket = some.catalog.search_quota(Marketplace.named(marketplace).region)
        share = SHARE if some.weekly else SHARE_ASKED
        await self._app.resources[PAUSE](bucket.eta() + bucket.interval * (share - 1))

    async def _keep(self, step: _Step, tx: Transaction) -> None:
        """Write what was found for one product, and that it was searched for."""
        search = await tx.get(SEARCHES, step.search)
        if search is None or search.state is not SearchState.SEARCHING:
            return
        if step.watch <= search.after:
            return
        found = left = 0
        room = MOST_OPEN - await self._app.store.count(CANDIDATES, "verdict", Verdict.OPEN)
        for each_found in step.found:
            known = await tx.get(CANDIDATES, each_found.key)
            kept = fresher(known, each_found)
            if kept is None or await tx.get(WATCHES, each_found.key) is not None:
                continue
            if known is None and found >= room:
                left += 1
                continue
            tx.put(CANDIDATES, kept)
            found += known is None
        brands = (step.brand,) if step.brand and step.brand not in search.brands else ()
        now = msgspec.structs.replace(
            search,
            after=step.watch,
            searched=search.searched + 1,
            found=search.found + found,
            left=search.left + left,
            unread=search.unread + bool(step.why),
            why=one_line(step.why, WHY) or search.why,
            brands=(*search.brands, *brands)[:MOST_BRANDS],
        )
        tx.put(SEARCHES, now)
        if not now.weekly and self._app.monotonic() - self._told >= TOLD_EVERY:
            self._told = self._app.monotonic()
            await self._app.outbox.edit(tx, now.message, searching_card(now))


class _Slice(msgspec.Struct, frozen=True):
    """Watched products that are searched for in one job."""

    search: str
    watches: Sequence[Watch]
    catalog: CatalogSearch
    pages: PageSource
    weekly: bool


class _Step(msgspec.Struct, frozen=True):
    """What was found for one watched product, or why nothing could be."""

    search: str
    watch: str
    brand: str
    found: tuple[Candidate, ...]
    why: str
