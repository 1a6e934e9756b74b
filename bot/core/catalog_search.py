"""Searching the catalogue for products that are not watched: what is found, and who is asked.

Source: searchCatalogItems in the model catalogItems_2022-04-01, by keywords and by brand names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.listing import Watch
from bot.core.page_content import MAIN, PageContent
from bot.core.questions import Bucket
from bot.core.text import one_line


class CatalogItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product as the catalogue tells it; what it does not tell is empty, and says nothing."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    title: str = ""
    brand: str = ""
    product_type: str = ""
    picture: str = ""
    """The address of its main picture, one that a card may show."""
    look: str = ""
    """What that picture looks like: its perceptual hash, 16 hexadecimal digits."""
    bullets: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name in the store, the same as that of a watch on it."""
        return Watch.key_of(self.marketplace, self.asin)


LONGEST_TITLE, LONGEST_BRAND = 300, 100
"""Characters that are kept of what strangers wrote."""
MOST_BULLETS, LONGEST_BULLET = 10, 300


def item_of(page: PageContent) -> CatalogItem:
    """Return what is compared of a page; what is not told stays empty."""
    main = next((each for each in page.pictures or () if each.variant.upper() == MAIN), None)
    bullets = (page.bullets or ())[:MOST_BULLETS]
    return CatalogItem(
        asin=page.asin,
        marketplace=page.marketplace,
        title=one_line(page.title or "", LONGEST_TITLE),
        brand=one_line(page.brand or "", LONGEST_BRAND),
        product_type=page.product_type or "",
        picture=main.link if main else "",
        bullets=tuple(one_line(each, LONGEST_BULLET) for each in bullets),
    )


_MARKS = str.maketrans("", "", "®™©℠")


def same_brand(one: str, other: str) -> bool:
    """Tell whether two brands are the same as written, but for capitals and marks such as ®."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return " ".join(name.translate(_MARKS).casefold().split())


class CatalogPage(msgspec.Struct, frozen=True):
    """A page of what a search found."""

    items: tuple[CatalogItem, ...]
    next: str = ""
    """What the next page is asked with; empty: there is none."""


@runtime_checkable
class CatalogSearch(Protocol):
    """A source whose catalogue can be searched."""

    def search_quota(self, region: str) -> Bucket:
        """Return the quota that searches share with reading pages."""
        ...

    async def search_catalog(
        self, code: str, keywords: str, *, brand: str = "", after: str = ""
    ) -> CatalogPage:
        """Search the marketplace with that code; one request, up to twenty products.

        ``keywords`` are words between blanks. ``brand`` keeps only its products. ``after`` is what
        the page before named.

        Raises:
            SourceError: the answer is not known.
        """
        ...


WORTH_SHOWING = 0.5
"""The score from which on people are asked."""


class ProductLikeness(msgspec.Struct, frozen=True, omit_defaults=True):
    """How like a product of ours another one is: each part from 0, not at all, to 1, the same.

    A part that cannot be compared, such as a picture that was not looked at, is 0.
    """

    name: float = 0.0
    """How easily its brand is taken for ours."""
    text: float = 0.0
    """How much its title, or its bullets, say the same, brands aside."""
    picture: float = 0.0
    score: float = 0.0
    """All of it together, by which people see the most likely first."""


Likeness = Callable[[CatalogItem, CatalogItem], ProductLikeness]
"""Tells how like a product of ours another one is; ours comes second."""
