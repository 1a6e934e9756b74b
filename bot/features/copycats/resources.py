"""What a search needs from outside: what pages say, and how like two products are."""

from __future__ import annotations

from typing import Protocol

from bot.core.catalog_search import CatalogItem, Likeness, ProductLikeness
from bot.core.page_content import PageSource
from bot.core.resources import Resource


def unlike(_: CatalogItem, __: CatalogItem) -> ProductLikeness:
    """Find nothing alike."""
    return ProductLikeness()


PAGES = Resource[PageSource | None]("pages", None)
"""Who tells what pages say; None: what is read knows no pages."""
LIKENESS = Resource[Likeness]("likeness", unlike)


class SeenPicture(Protocol):
    """A picture that was looked at."""

    @property
    def look(self) -> str:
        """Its perceptual hash in 16 hexadecimal digits; empty: it is no picture that is read."""
        ...


class Looks(Protocol):
    """Looks at pictures at Amazon's addresses."""

    async def look(self, link: str) -> SeenPicture | None:
        """Return what is there; None: it could not be fetched now. Never raises."""
        ...


LOOKS = Resource[Looks | None]("looks of found pictures", None)
"""Without it, products are compared by their names and words alone."""
