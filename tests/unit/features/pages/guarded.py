"""A team whose pages are read: what they say, our own listing data, and what comes of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from bot.core.findings import page_key
from bot.core.listing import Watch
from bot.core.listing_content import ListingContent, listing_content
from bot.core.page_content import PageContent, PageImage, PageReading
from bot.errors import SourceError
from bot.features.cases.models.cases import Case
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import ApprovalState, GuardedPage, PageApproval
from bot.features.pages.service.asking import PageAsking
from bot.features.watchlist.collections import WATCHES
from checks.listings.guarding import first_reading, judge_page
from checks.page_guard import PageGuard
from tests.unit.conftest import ASIN, SECOND, Team

PICTURES = "https://m.media-amazon.com/images/I/"
TITLES = {
    ASIN: "Alder & Finch Cast Iron Saucepan, 3 Quart",
    SECOND: "Alder & Finch Kettle, 2 Quart",
}
HIJACKED = "Stainless Steel Garlic Press with Rubber Handle"
KEY, OTHER = f"US-{ASIN}", f"US-{SECOND}"
SKUS = {ASIN: "AF-PAN", SECOND: "AF-KETTLE"}


@dataclass
class Pages:
    """What pages say now, read by a guard of their own."""

    team: Team
    guard: PageGuard
    told: dict[str, PageContent | SourceError]
    own: dict[str, ListingContent] = field(default_factory=dict)
    own_fails: SourceError | None = None
    fails_for: dict[str, SourceError] = field(default_factory=dict)
    """By our seller ID, why there is no answer."""
    asked: list[tuple[str, ...]] = field(default_factory=list)

    @classmethod
    async def of(cls, team: Team, *, own: bool = True) -> Pages:
        """Let every page say what our own listing data says."""
        told: dict[str, PageContent | SourceError] = {
            Watch.key_of("US", asin): page_of(team, asin) for asin in TITLES
        }
        pages = cls(team, PageGuard(team.app, None), told)
        pages.guard = PageGuard(team.app, pages)
        if own:
            pages.own = {key: own_of(page) for key, page in told.items() if not_error(page)}
            await pages.have_skus()
        return pages

    async def have_skus(self) -> None:
        """Let the watches name our SKUs from now on."""
        async with self.team.app.store.transaction() as tx:
            for asin, sku in SKUS.items():
                watch = await tx.get(WATCHES, Watch.key_of("US", asin))
                assert watch is not None
                tx.put(WATCHES, msgspec.structs.replace(watch, sku=sku))

    async def own_contents(
        self, seller: str, watches: Sequence[Watch]
    ) -> Mapping[str, ListingContent]:
        """Return our own listing data."""
        assert seller
        self.asked.append(tuple(watch.sku for watch in watches))
        if self.own_fails is not None:
            raise self.own_fails
        if seller in self.fails_for:
            raise self.fails_for[seller]
        if self.fails_for:
            return {}
        return {watch.key: self.own[watch.key] for watch in watches if watch.key in self.own}

    def say(self, key: str = KEY, **parts: Any) -> None:
        """Have a page say something else from now on."""
        page = self.told[key]
        assert isinstance(page, PageContent)
        self.told[key] = msgspec.structs.replace(page, **parts)

    async def read(self, *keys: str) -> set[str]:
        """Read pages, and deliver what came of it; return what should be read again."""
        readings = [await self._reading(key) for key in keys or tuple(self.told)]
        again = await self.guard.take_in([each for each in readings if each is not None])
        await self.team.dispatcher.deliver()
        return set(again)

    async def _reading(self, key: str) -> PageReading | None:
        watch = await self.team.app.store.get(WATCHES, key)
        if watch is None:
            return None
        page = self.told[key]
        if isinstance(page, SourceError):
            return PageReading(watch, page)
        raw = msgspec.json.encode(msgspec.structs.replace(page, digest=""))
        digest = hashlib.sha256(raw).hexdigest()
        return PageReading(watch, msgspec.structs.replace(page, digest=digest), raw)

    async def asking(self, seconds: float = 30) -> None:
        """Let so much time pass, and ask what is to be asked."""
        self.team.clock.advance(seconds=seconds)
        await PageAsking(self.team.app).tick()
        await self.team.dispatcher.deliver()

    async def approve(self) -> None:
        """Have both pages read, and approved by a person."""
        await self.read()
        await self.asking()
        [request] = [key for key in self.team.chat.order if key.startswith("pages-")]
        await self.team.press("approve-pages", request.removeprefix("pages-"))
        await self.team.work()

    async def known(self, key: str = KEY) -> GuardedPage:
        """Return what is known of a page."""
        found = await self.team.app.store.get(GUARDED_PAGES, key)
        assert found is not None
        return found


def not_error(page: PageContent | SourceError) -> bool:
    return not isinstance(page, SourceError)


def page_of(team: Team, asin: str) -> PageContent:
    return PageContent(
        asin=asin,
        marketplace="US",
        at=team.clock.now,
        language="en_US",
        title=TITLES[asin],
        brand="Alder & Finch",
        bullets=("Pre-seasoned", "Beech handle"),
        description="Made to last.",
        images=(PageImage(variant="MAIN", link=f"{PICTURES}61{asin}L.jpg"),),
        product_type="KITCHEN",
        parents=(),
    )


def own_of(page: PageContent | SourceError) -> ListingContent:
    assert isinstance(page, PageContent)
    return ListingContent(
        asin=page.asin,
        marketplace=page.marketplace,
        language="en_US",
        title=page.title,
        brand=page.brand,
        bullets=page.bullets,
        description=page.description,
    )


def page_documents(team: Team, case: int) -> tuple[GuardedPage, GuardedPage, PageApproval, Case]:
    """Return a page that was changed, one that differs, their request, and the case's number."""
    first, second = page_of(team, ASIN), page_of(team, SECOND)
    now, taken = team.clock.now, listing_content(first, ())
    changed = judge_page(
        first_reading(KEY, taken, own_of(first), now),
        msgspec.structs.replace(taken, title=HIJACKED),
        now,
        "Pan 1",
    ).page
    wrong = msgspec.structs.replace(listing_content(second, ()), title=HIJACKED)
    differs = first_reading(OTHER, wrong, own_of(second), now)
    request = PageApproval(
        id="1", asked_at=now, grew_at=now, state=ApprovalState.ASKED, agrees=1, differs=1
    )
    opened = Case(
        number=case,
        fingerprint=page_key("US", ASIN),
        marketplace="US",
        opened_at=now,
        asins=(ASIN,),
    )
    return (
        msgspec.structs.replace(changed, offer="1"),
        msgspec.structs.replace(differs, offer="1"),
        request,
        opened,
    )
