"""A catalog that finds what a test puts in, and products that look like ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.core.catalog_search import CatalogItem, CatalogPage
from bot.core.listing import Watch
from bot.core.page_content import PageContent, PageImage, PageReading
from bot.core.picture_looks import PictureLook
from bot.core.questions import Bucket, Operation
from bot.errors import AccessRefused, SourceError

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PICTURE = "https://m.media-amazon.com/images/I/{}.jpg"
TITLES = ("Cast Iron Saucepan, 3 Quart, with Beech Handle", "Cutting Board, Walnut, 18 x 12 Inch")
BRAND = "Alder & Finch"


def item(asin: str, title: str = TITLES[0], brand: str = "Perchwell", **more: str) -> CatalogItem:
    return CatalogItem(
        asin=asin,
        marketplace=more.get("marketplace", "US"),
        title=title,
        brand=brand,
        picture=PICTURE.format(asin),
    )


def copycat(asin: str, brand: str = "A1der&Finch") -> CatalogItem:
    return item(asin, f"{brand} {TITLES[0]}", brand)


class FakeCatalog:
    """Tells the pages of ours, and finds ``found`` whatever is searched for."""

    def __init__(self, *found: CatalogItem) -> None:
        self.found = list(found)
        self.pages: list[CatalogPage] = []
        """Answers instead, one after the other."""
        self.errors: dict[str, SourceError] = {}
        """By our ASIN."""
        self.searching: list[SourceError | None] = []
        """Fails in turn, where it is not None."""
        self.searched: list[tuple[str, str, str, str]] = []
        self.titles: dict[str, str] = {}
        self.refused: set[str] = set()
        """Marketplaces in which nobody may ask."""

    def search_quota(self, region: str) -> Bucket:
        return Bucket(operation=Operation.SEARCH_CATALOG, region=region, tokens=2, interval=0.6)

    def page_quota(self, region: str) -> Bucket:
        return self.search_quota(region)

    async def search_catalog(
        self, code: str, keywords: str, *, brand: str = "", after: str = ""
    ) -> CatalogPage:
        self.searched.append((code, keywords, brand, after))
        if self.searching and (error := self.searching.pop(0)) is not None:
            raise error
        if self.pages:
            return self.pages.pop(0)
        return CatalogPage(tuple(self.found))

    async def page_contents(self, watches: Sequence[Watch]) -> list[PageReading]:
        if self.refused.intersection(watch.marketplace for watch in watches):
            raise AccessRefused
        return [
            PageReading(watch, self.errors.get(watch.asin) or self._page(watch, place))
            for place, watch in enumerate(watches)
        ]

    def _page(self, watch: Watch, place: int) -> PageContent:
        image = PageImage("MAIN", PICTURE.format(watch.asin), 500, 500)
        return PageContent(
            asin=watch.asin,
            marketplace=watch.marketplace,
            at=AT,
            title=self.titles.get(watch.asin, f"{BRAND} {TITLES[place % len(TITLES)]}"),
            brand=BRAND,
            images=(image,),
        )


class FakeLooks:
    """Knows what some products' pictures look like."""

    def __init__(self, found: dict[str, str]) -> None:
        self.found = found

    async def look(self, link: str) -> PictureLook | None:
        known = (look for asin, look in self.found.items() if link == PICTURE.format(asin))
        return next((PictureLook(look, "") for look in known), None)
