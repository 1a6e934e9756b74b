"""What is compared of a page comes from its content, and from looking at its pictures."""

from __future__ import annotations

import msgspec

from bot.core.listing_content import ListingContent, ListingPicture, listing_content
from bot.core.page_content import PageContent, PageImage
from tests.strategies import START

LARGE, SMALL = (
    "https://m.media-amazon.com/images/I/1.jpg",
    "https://m.media-amazon.com/images/I/2.jpg",
)
PAGE = PageContent(
    asin="B0WALNUTBL",
    marketplace="DE",
    at=START,
    title="Bowl",
    images=(
        PageImage("MAIN", LARGE, 1000, 1000),
        PageImage("MAIN", SMALL, 75, 75),
        PageImage("PT01", ""),
    ),
    parents=("B0FAMILY01",),
)


def test_one_size_of_each_picture_is_kept_with_its_look() -> None:
    looked_at = [ListingPicture("", LARGE, "0f" * 8, "ab" * 32), ListingPicture("", "", "1" * 16)]
    assert listing_content(PAGE, looked_at).pictures == (
        ListingPicture("MAIN", LARGE, "0f" * 8, "ab" * 32),
        ListingPicture("PT01"),
    )


def test_what_could_not_be_read_stays_unread() -> None:
    found = listing_content(msgspec.structs.replace(PAGE, images=None), ())
    assert (found.pictures, found.bullets, found.brand) == (None, None, None)
    assert (found.title, found.parents) == ("Bowl", ("B0FAMILY01",))


def test_without_a_told_language_it_is_that_of_the_marketplace() -> None:
    assert listing_content(PAGE, ()).tag == "de"
    assert ListingContent(asin="B0WALNUTBL", marketplace="DE", language="en_GB").tag == "en_GB"
