"""Pages of the sets and of tests, as what is compared."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.core.listing_content import ListingContent, ListingPicture
from checks.listings import compare_listing
from checks.listings.comparison import ContentChange, ListingComparison
from tests.unit.checks.listings.sets.reading import Page, Picture

BOWL = ListingContent(
    asin="B0WALNUTBL",
    marketplace="US",
    language="en_US",
    title="Hollow Oak Walnut Salad Bowl, 12 in, Set of 2, Food Safe Oil",
    brand="Hollow Oak",
    bullets=(
        "Turned from one piece of American walnut.",
        "Finished with food safe oil; no lacquer.",
        "CAUTION: Do not put it into the dishwasher.",
    ),
    description="Each bowl is turned by hand in Vermont. It comes with a two-year warranty.",
    pictures=(
        ListingPicture("MAIN", "https://m.media-amazon.com/images/I/61aaaaaaaaL.jpg", "0" * 16),
        ListingPicture("PT01", "https://m.media-amazon.com/images/I/61bbbbbbbbL.jpg", "0f" * 8),
        ListingPicture("PT02", "https://m.media-amazon.com/images/I/61ccccccccL.jpg", "33" * 8),
    ),
    product_type="BOWL",
    parents=("B0FAMILY01",),
)
"""An approved page, in which everything was read."""

OTHER_LOOK = "f" * 16


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


def compared(language: str = "en_US", /, **fields: tuple[Any, Any]) -> ListingComparison:
    """Compare the bowl's page with itself where the fields were, and are, as told."""
    before = {name: pair[0] for name, pair in fields.items()}
    after = {name: pair[1] for name, pair in fields.items()}
    page = msgspec.structs.replace(BOWL, language=language)
    return compare_listing(
        msgspec.structs.replace(page, **before), msgspec.structs.replace(page, **after)
    )


def changes(language: str = "en_US", /, **fields: tuple[Any, Any]) -> tuple[ContentChange, ...]:
    """Return the changes that the comparison finds."""
    return compared(language, **fields).changes
