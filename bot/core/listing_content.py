"""What a listing's page says, with what its pictures look like: a baseline, or a later reading.

None is a part that could not be read; what is empty was read as empty.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.core.aplus import AplusDocument
from bot.core.languages import language_of
from bot.core.page_content import MAIN, PageContent

PARTS = (
    "title",
    "brand",
    "bullets",
    "description",
    "pictures",
    "product_type",
    "parents",
    "aplus",
)
"""The parts of a page's content, each of which may be unknown."""


class ListingPicture(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture on a page and, where it could be fetched, what it looks like."""

    variant: str
    """``MAIN``, ``PT01`` to ``PT08`` or ``SWCH``."""
    link: str = ""
    look: str = ""
    """Its perceptual hash: 64 bits in 16 hexadecimal digits; empty: it could not be looked at."""
    digest: str = ""
    """SHA-256 of its bytes, in hexadecimal; empty as the look is."""

    @property
    def main(self) -> bool:
        """Tell whether it is the picture that stands in Amazon's lists."""
        return self.variant.upper() == MAIN


class ListingContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is compared of a page. Texts are as Amazon has them, HTML and all, but bounded."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    language: str = ""
    """The tag of its language, such as ``en_US``; empty: not told."""
    title: str | None = None
    brand: str | None = None
    bullets: tuple[str, ...] | None = None
    description: str | None = None
    pictures: tuple[ListingPicture, ...] | None = None
    product_type: str | None = None
    parents: tuple[str, ...] | None = None
    """ASINs of its variation families; mostly one or none."""
    aplus: tuple[AplusDocument, ...] | None = None
    """The A+ content that is published on it, which is read by itself and seldom."""

    @property
    def tag(self) -> str:
        """The tag of its language; where Amazon did not tell it, that of its marketplace."""
        return self.language or language_of(self.marketplace)

    def filled(self, other: ListingContent) -> ListingContent:
        """Return it with those parts that it could not tell as the other reading has them."""
        missing = {name: getattr(other, name) for name in PARTS if getattr(self, name) is None}
        return msgspec.structs.replace(self, **missing)


def listing_content(page: PageContent, looked_at: Iterable[ListingPicture]) -> ListingContent:
    """Return what is compared of a page, with the looks of those pictures that were fetched.

    A look belongs to a picture by its address; a picture without one keeps its place.
    """
    looks = {picture.link: picture for picture in looked_at if picture.link}
    return ListingContent(
        asin=page.asin,
        marketplace=page.marketplace,
        language=page.language,
        title=page.title,
        brand=page.brand,
        bullets=page.bullets,
        description=page.description,
        pictures=None
        if page.pictures is None
        else tuple(
            _looked_at(image.variant, image.link, looks.get(image.link)) for image in page.pictures
        ),
        product_type=page.product_type,
        parents=page.parents,
    )


def _looked_at(variant: str, link: str, known: ListingPicture | None) -> ListingPicture:
    if known is None:
        return ListingPicture(variant, link)
    return ListingPicture(variant, link, known.look, known.digest)
