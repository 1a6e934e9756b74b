"""Guards what pages say: reads them around and around, and tells what changed on them.

A reading that shows what is known already writes nothing. The first reading of a page becomes its
baseline and is held up to our own listing data, because the page may have been taken over before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress

import msgspec
import structlog

from bot.core.aplus import AplusContent, AplusDocument, AplusReading, AplusSource
from bot.core.context import AppContext
from bot.core.findings import Finding
from bot.core.listing import Watch
from bot.core.listing_content import ListingContent
from bot.core.page_content import MeteredPageSource, PageContent, PageReading
from bot.core.patrols import PatrolSubject
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.service.alerts import take_findings
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import GuardedPage, PageState
from bot.features.pages.service.asking import moved, offered
from bot.features.watchlist.collections import WATCHES
from checks.listings.guarding import Uncompared, compared, first_reading, judge_page
from checks.own_pages import NO_SKU, NOT_LISTED, OwnPages, has_own_data
from checks.page_pictures import PagePictures
from checks.patrol_question import PatrolQuestion
from checks.recording import NotKept, Proofs

log = structlog.get_logger(__name__)

DAY = 86_400.0
"""Seconds between two readings of a page's A+ content, which few people can change."""
RETRY = 600.0
"""Seconds after which A+ content is asked for again that could not be read."""
LEAST = 5.0
"""Seconds between two readings of a page: where few are watched, the quota is left to others."""
COMPARED_AGAIN = 60.0
"""Seconds after which it is tried again to hold a page up to our own listing data."""
LISTED_AGAIN = 3600.0
"""Seconds after which a listing is asked for again that Amazon did not return: it may be a false
zero, or have been listed since."""
PAGE = "page"
"""The kind of the proofs."""


class ReadPage(msgspec.Struct, frozen=True):
    """A page as it was read, with what its pictures look like, or its A+ content alone."""

    reading: PageReading | AplusReading
    facts: PageContent | AplusContent
    content: ListingContent | None
    """None: only the A+ content was read."""

    @property
    def key(self) -> str:
        """The watch's key."""
        return self.reading.watch.key

    def whole(self, known: GuardedPage) -> ListingContent:
        """Return what the page says, with what was not read now as it was told last."""
        last = known.page or known.baseline
        if isinstance(self.facts, AplusContent):
            return msgspec.structs.replace(last, aplus=self.facts.documents)
        return msgspec.structs.replace(self.content or last, aplus=last.aplus)


class PageGuard:
    """Judges what pages say, and records it."""

    def __init__(self, app: AppContext, source: object) -> None:
        """Compare with our own listing data by ``source``, if it knows any."""
        self._app = app
        self._own = OwnPages(app, source)
        self._tried: dict[str, float] = {}
        """By product, when our own listing data was last asked for in vain."""
        self._pictures = PagePictures(app)
        self._early: dict[str, tuple[AplusDocument, ...]] = {}
        """By product, A+ content that was read before the page was."""
        self._seen: dict[str, bytes] = {}
        """By product, a hash of what it said and of what was known then: the same says nothing."""

    def question(
        self, source: MeteredPageSource, find: Callable[[str], Awaitable[Watch | None]]
    ) -> PatrolQuestion[PageReading]:
        """Return what is asked; ``find`` returns the watch of a key."""
        return PatrolQuestion(
            subject=PatrolSubject.PAGES,
            quota=source.page_quota,
            ask=source.page_contents,
            take_in=self.take_in,
            concerns=lambda _: True,
            find=find,
            least=LEAST,
        )

    def aplus_question(
        self, source: AplusSource, ours: Callable[[Watch], bool]
    ) -> PatrolQuestion[AplusReading]:
        """Return what is asked of A+ content, where ``ours`` tells that a product has our SKU."""

        async def find(key: str) -> Watch | None:
            found = await self._app.store.get(WATCHES, key)
            return found if found and found.sku else None

        return PatrolQuestion(
            subject=PatrolSubject.APLUS,
            quota=source.aplus_quota,
            ask=source.aplus_contents,
            take_in=self.take_in_aplus,
            concerns=ours,
            find=find,
            least=DAY,
            retry=RETRY,
        )

    async def take_in_aplus(self, readings: Sequence[AplusReading]) -> Collection[str]:
        """Record A+ content; return the products whose content is to be read again soon."""
        news = [
            ReadPage(each, each.result, None)
            for each in readings
            if isinstance(each.result, AplusContent)
        ]
        return await self._record(news, {}) if news else ()

    async def take_in(self, readings: Sequence[PageReading]) -> Collection[str]:
        """Record a batch in one transaction; return the products to be read again soon."""
        read = [each for each in readings if isinstance(each.result, PageContent)]
        known = [await self._app.store.get(GUARDED_PAGES, each.watch.key) for each in read]
        facts = [each.result for each in read if isinstance(each.result, PageContent)]
        pages = await self._pictures.looked_at(list(zip(facts, known, strict=True)))
        news: list[ReadPage] = []
        wanted: list[str] = []
        for reading, fact, before, page in zip(read, facts, known, pages, strict=True):
            key = reading.watch.key
            compares = not is_guarded(before) or await self._compares_again(before)
            if compares or self._seen.get(key) != _print(page, before):
                news.append(ReadPage(reading, fact, page))
                wanted += [key] if compares else []
        if not news:
            return ()
        self._tried |= dict.fromkeys(wanted, self._app.monotonic())
        return await self._record(news, await self._own.read(wanted))

    async def _compares_again(self, known: GuardedPage | None) -> bool:
        """Tell whether our own data is asked for again, which did not come or now has a name."""
        if known is None or known.state is not PageState.UNCOMPARED:
            return False
        if known.uncompared == NO_SKU:
            watch = await self._app.store.get(WATCHES, known.key)
            return has_own_data(watch) and self._rested(known.key, COMPARED_AGAIN)
        if known.uncompared == NOT_LISTED:
            return self._rested(known.key, LISTED_AGAIN)
        return known.passing and self._rested(known.key, COMPARED_AGAIN)

    def _rested(self, key: str, seconds: float) -> bool:
        last = self._tried.get(key)
        return last is None or self._app.monotonic() - last >= seconds

    async def _record(
        self, news: Sequence[ReadPage], own: Mapping[str, ListingContent | Uncompared]
    ) -> Collection[str]:
        proofs = Proofs(self._app.evidence, PAGE)
        written: _Written | None = None
        while written is None:
            # Each time that a proof is lost, once more: the alert says that it is missing.
            with suppress(NotKept):
                written = await run_in_transaction(
                    self._app.store, lambda tx: self._record_all(tx, news, own, proofs)
                )
        for page in news:
            # What is in doubt is judged again, though it says the same.
            if page.content is not None and page.key not in written.doubtful:
                self._seen[page.key] = _print(page.content, written.pages[page.key])
        if written.told:
            self._app.scheduler.trigger(Work.OUTBOX)
        return written.doubtful

    async def _record_all(
        self,
        tx: Transaction,
        news: Sequence[ReadPage],
        own: Mapping[str, ListingContent | Uncompared],
        proofs: Proofs,
    ) -> _Written:
        pages: dict[str, GuardedPage | None] = {}
        first: list[GuardedPage] = []
        findings: list[Finding] = []
        doubtful: set[str] = set()
        for read in news:
            watch, known = await tx.get(WATCHES, read.key), await tx.get(GUARDED_PAGES, read.key)
            pages[read.key] = known
            if watch is None:
                continue
            if known is None or not is_guarded(known):
                first += self._first(read, own)
                continue
            before = await self._compared(tx, known, own.get(read.key))
            facts, aplus = read.facts, read.content is None
            judged = judge_page(
                before, read.whole(before), facts.at, watch.name, facts.digest, aplus=aplus
            )
            if judged.page != known:
                tx.put(GUARDED_PAGES, judged.page)
            pages[read.key] = judged.page
            findings += judged.findings
            doubtful |= {read.key} if judged.doubtful else set()
        for page in await offered(tx, first, self._app.clock()):
            tx.put(GUARDED_PAGES, page)
            pages[page.key] = page
        told_of = await take_findings(self._app, tx, proofs.marked(findings))
        await proofs.keep([read.reading for read in news], told_of)
        return _Written(pages, frozenset(doubtful), bool(told_of))

    def _first(
        self, read: ReadPage, own: Mapping[str, ListingContent | Uncompared]
    ) -> Iterator[GuardedPage]:
        """Make the first reading of a page its baseline; A+ content waits until there is one."""
        if isinstance(read.facts, AplusContent):
            self._early[read.key] = read.facts.documents
        if read.content is not None:
            content = msgspec.structs.replace(read.content, aplus=self._early.get(read.key))
            data = own.get(read.key, Uncompared(NO_SKU))
            yield first_reading(read.key, content, data, read.facts.at)

    async def _compared(
        self, tx: Transaction, known: GuardedPage, own: ListingContent | Uncompared | None
    ) -> GuardedPage:
        """Hold a baseline up to our own listing data that could not be asked for before."""
        if own is None or known.state is not PageState.UNCOMPARED:
            return known
        after = compared(known, own)
        if after.state is not known.state:
            await moved(tx, known, after.state)
        return after


class _Written(msgspec.Struct, frozen=True):
    """What a transaction came to."""

    pages: dict[str, GuardedPage | None]
    doubtful: frozenset[str]
    told: bool


def is_guarded(page: GuardedPage | None) -> bool:
    """Tell whether a page has a baseline that counts."""
    return page is not None and page.state is not PageState.ENDED


def _print(page: ListingContent, known: GuardedPage | None) -> bytes:
    """Return what differs where the page, or what is known of it, does."""
    return hashlib.blake2b(msgspec.msgpack.encode((page, known)), digest_size=8).digest()
