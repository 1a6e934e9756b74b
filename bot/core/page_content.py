"""What a product's page says, as the catalogue tells it, and what it did not tell.

Source: searchCatalogItems in the model catalogItems_2022-04-01. None means that a part could not be
read; it never means that the page has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.listing import Watch
from bot.core.questions import Bucket
from bot.errors import SourceError

MAIN = "MAIN"
"""The variant of the picture that stands in Amazon's lists."""
LARGE_ENOUGH = 300
"""Pixels; of the sizes in which Amazon has a picture the smallest of these is looked at."""


class DataSet(Enum):
    """A part of an answer that may be absent as a whole; the value is Amazon's own word."""

    ATTRIBUTES = "attributes"
    IDENTIFIERS = "identifiers"
    IMAGES = "images"
    PRODUCT_TYPES = "productTypes"
    RELATIONSHIPS = "relationships"
    SUMMARIES = "summaries"


class PageImage(msgspec.Struct, frozen=True, omit_defaults=True):
    """One size of a picture on a page."""

    variant: str
    """``MAIN``, ``PT01`` to ``PT08`` or ``SWCH``."""
    link: str = ""
    """Its address at Amazon; empty where it is elsewhere, so that nobody fetches it from there."""
    height: int = 0
    width: int = 0
    """In pixels; 0 where it is not told."""


class PageIdentifier(msgspec.Struct, frozen=True):
    """A number by which trade knows the product, such as its EAN."""

    kind: str
    value: str


class PageContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product's page at one moment. Texts are as Amazon has them, HTML and all, but bounded."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    at: datetime
    language: str = ""
    """The tag of the language of its bullets and description, such as ``en_US``."""
    title: str | None = None
    brand: str | None = None
    bullets: tuple[str, ...] | None = None
    """In their order."""
    description: str | None = None
    images: tuple[PageImage, ...] | None = None
    """All sizes of all pictures, in Amazon's order."""
    product_type: str | None = None
    parents: tuple[str, ...] | None = None
    """ASINs of the variation families that it belongs to, sorted; mostly one or none."""
    children: tuple[str, ...] | None = None
    """ASINs of its variations, sorted, where it is itself a family."""
    identifiers: tuple[PageIdentifier, ...] | None = None
    missing: tuple[DataSet, ...] = ()
    """The data sets that were asked for and are absent, or cannot be read."""
    digest: str = ""
    """SHA-256 of the raw answer, in hexadecimal: the name of its bytes in the evidence."""

    @property
    def parent(self) -> str | None:
        """The ASIN of its variation family; empty: it has none; None: not told."""
        return None if self.parents is None else next(iter(self.parents), "")

    @property
    def pictures(self) -> tuple[PageImage, ...] | None:
        """One size of each variant, in Amazon's order: the smallest that is large enough."""
        if self.images is None:
            return None
        sizes: dict[str, list[PageImage]] = {}
        for image in self.images:
            sizes.setdefault(image.variant, []).append(image)
        return tuple(map(_best, sizes.values()))


def _best(sizes: list[PageImage]) -> PageImage:
    """Return the size to look at, of those that have an address if any has one."""
    usable = [image for image in sizes if image.link] or sizes
    large = [image for image in usable if _extent(image) >= LARGE_ENOUGH]
    return min(large, key=_extent) if large else max(usable, key=_extent)


def _extent(image: PageImage) -> int:
    return max(image.height, image.width)


class PageReading(msgspec.Struct, frozen=True):
    """What came of reading one watch's page: its content, or why there is none."""

    watch: Watch
    result: PageContent | SourceError
    raw: bytes = b""
    """What was said of this page, as it came, for the evidence."""


@runtime_checkable
class PageSource(Protocol):
    """A source that tells what pages say."""

    async def page_contents(self, watches: Sequence[Watch]) -> list[PageReading]:
        """Read the pages of products of one marketplace; a reading for each, in their order.

        Twenty are read in one request, more only where one product spoils it for the others.

        Raises:
            SourceError: nobody answered, and nothing is known of any product.
        """
        ...


@runtime_checkable
class MeteredPageSource(PageSource, Protocol):
    """A source of pages with a quota: whoever asks it decides which pages are read next."""

    def page_quota(self, region: str) -> Bucket:
        """Return the quota of the operation that tells them."""
        ...
