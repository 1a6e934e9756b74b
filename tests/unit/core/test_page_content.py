"""What a page says: which size of a picture is looked at, and what is not told."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.page_content import DataSet, PageContent, PageImage

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def page(*images: PageImage, **more: object) -> PageContent:
    blank = PageContent(asin="B000P6Q7MY", marketplace="US", at=NOW, images=images)
    return msgspec.structs.replace(blank, **more)


def image(variant: str, pixels: int, link: str = "https://m.media-amazon.com/a.jpg") -> PageImage:
    return PageImage(variant=variant, link=link, height=pixels, width=pixels // 2)


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [([2560, 500, 75], 500), ([75, 160], 160), ([300], 300), ([299, 1000], 1000), ([0, 0], 0)],
)
def test_the_smallest_size_that_is_large_enough_is_looked_at(sizes: list[int], chosen: int) -> None:
    pictures = page(*(image("MAIN", size) for size in sizes)).pictures
    assert pictures is not None
    assert [picture.height for picture in pictures] == [chosen]


def test_a_size_without_an_address_is_looked_at_only_where_there_is_no_other() -> None:
    elsewhere = image("MAIN", 400, link="")
    assert page(elsewhere, image("MAIN", 2560)).pictures == (image("MAIN", 2560),)
    assert page(elsewhere).pictures == (elsewhere,)


def test_variants_keep_amazons_order() -> None:
    pictures = page(image("PT02", 500), image("MAIN", 500), image("PT02", 900)).pictures
    assert pictures is not None
    assert [picture.variant for picture in pictures] == ["PT02", "MAIN"]


def test_no_pictures_and_pictures_that_were_not_told_are_two_things() -> None:
    assert page().pictures == ()
    assert page(images=None).pictures is None


def test_no_parent_and_a_parent_that_was_not_told_are_two_things() -> None:
    assert page(parents=None).parent is None
    assert page(parents=()).parent == ""
    assert page(parents=("B0PARENT01", "B0PARENT02")).parent == "B0PARENT01"


images = st.builds(image, st.sampled_from(["MAIN", "PT01"]), st.integers(0, 3000))
texts = st.none() | st.text(max_size=9)


@given(st.lists(images), texts, st.none() | st.tuples(st.text(max_size=9)))
def test_it_survives_being_stored(
    several: list[PageImage], title: str | None, bullets: tuple[str, ...] | None
) -> None:
    told = page(*several, title=title, bullets=bullets, missing=(DataSet.SUMMARIES,))
    assert msgspec.json.decode(msgspec.json.encode(told), type=PageContent) == told
