"""Pages of the sets and of tests, as what is compared."""

from __future__ import annotations

from bot.core.listing_content import ListingContent, ListingPicture
from tests.unit.checks.listings.sets.reading import Page, Picture


def content(page: Page, lang: str) -> ListingContent:
    """Return a page of a set as a reading."""
    return ListingContent(
        asin="B0WALNUTBL",
        marketplace="US",
        language=lang,
        title=page.title,
        brand=page.brand,
        bullets=page.bullets,
        description=page.description,
        pictures=None if page.images is None else tuple(map(picture, page.images)),
        product_type=page.product_type,
        parents=None if page.parent is None else tuple(filter(None, [page.parent])),
    )


def picture(image: Picture) -> ListingPicture:
    """Return a picture of a set."""
    return ListingPicture(image.variant, image.link, image.hash, image.digest)
