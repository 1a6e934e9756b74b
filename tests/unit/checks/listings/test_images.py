"""Pictures are compared by bytes and looks: addresses, order, sizes and compression say nothing."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.findings import Severity
from bot.core.listing_content import ListingPicture
from checks.listings.comparison import ContentField
from checks.listings.looks import alike
from tests.unit.checks.listings.pages import BOWL, OTHER_LOOK, changes, compared

PICTURES = BOWL.pictures or ()
MAIN, FIRST, SECOND = PICTURES


def shown_as(picture: ListingPicture, **fields: str) -> ListingPicture:
    return msgspec.structs.replace(picture, **fields)


@pytest.mark.parametrize(
    "after",
    [
        (MAIN, SECOND, FIRST),
        (FIRST, SECOND, MAIN),
        (MAIN, shown_as(SECOND, variant="PT01"), shown_as(FIRST, variant="PT02")),
        (shown_as(MAIN, look="000000000000003f", link="https://other"), FIRST, SECOND),
        (*PICTURES, shown_as(MAIN, link="https://small._SL75_.jpg"), shown_as(FIRST, link="")),
        (shown_as(MAIN, variant="main"), FIRST, SECOND),
    ],
)
def test_the_same_pictures_in_another_way_are_no_change(after: tuple[ListingPicture, ...]) -> None:
    assert changes(pictures=(PICTURES, after)) == ()


def test_the_same_bytes_at_another_address_never_alarm() -> None:
    before = shown_as(MAIN, digest="ab" * 32)
    after = shown_as(before, link="https://elsewhere", look=OTHER_LOOK)
    assert changes(pictures=((before,), (after,))) == ()


def test_what_nobody_sees_in_an_address_names_no_other_picture() -> None:
    before = shown_as(MAIN, look="")
    after = shown_as(before, link=before.link.replace("/I/", "/I/\N{LEFT-TO-RIGHT MARK}"))
    assert alike(before, after) is True
    other = shown_as(after, link=after.link.replace("61a", "61b"))
    assert alike(before, other) is None


def test_another_main_image_is_grave() -> None:
    other = shown_as(
        MAIN, look=OTHER_LOOK, link="https://m.media-amazon.com/images/I/61zzzzzzzzL.jpg"
    )
    (change,) = changes(pictures=(PICTURES, (other, FIRST, SECOND)))
    assert (change.field, change.severity) == (ContentField.MAIN_IMAGE, Severity.CRITICAL)
    assert change.summary == "The main image shows something else"
    assert (change.before, change.after) == ("MAIN 61aaaaaaaaL", "MAIN 61zzzzzzzzL")


def test_another_picture_at_the_same_address_is_told_apart() -> None:
    (change,) = changes(pictures=(PICTURES, (shown_as(MAIN, look=OTHER_LOOK), FIRST, SECOND)))
    assert change.after == "MAIN 61aaaaaaaaL (replaced at the same address)"


def test_a_secondary_image_in_the_place_of_the_main_one_is_grave() -> None:
    after = (shown_as(FIRST, variant="MAIN"), SECOND)
    (change,) = changes(pictures=(PICTURES, after))
    assert change.field is ContentField.MAIN_IMAGE


@pytest.mark.parametrize(
    ("after", "summary"),
    [
        ((FIRST, SECOND), "The main image is gone"),
        ((MAIN, FIRST), "An image is gone"),
        ((MAIN,), "2 images are gone"),
        ((*PICTURES, shown_as(FIRST, look=OTHER_LOOK)), "An image was added"),
        ((MAIN, shown_as(FIRST, look=OTHER_LOOK), SECOND), "An image shows something else"),
        ((MAIN, FIRST, FIRST), "An image is gone"),
    ],
)
def test_pictures_that_come_and_go_are_told(
    after: tuple[ListingPicture, ...], summary: str
) -> None:
    assert [change.summary for change in changes(pictures=(PICTURES, after))] == [summary]


def test_without_pictures_both_parts_are_told() -> None:
    found = changes(pictures=(PICTURES, ()))
    assert [change.summary for change in found] == ["The main image is gone", "2 images are gone"]


def test_a_main_image_where_none_was_approved_is_told() -> None:
    (change,) = changes(pictures=((FIRST, SECOND), PICTURES))
    assert change.summary == "A main image was added"


@pytest.mark.parametrize("look", ["", "not a look", "0" * 15])
def test_a_picture_that_could_not_be_looked_at_is_no_change(look: str) -> None:
    unseen = shown_as(MAIN, look=look, link="https://m.media-amazon.com/images/I/61zzzzzzzzL.jpg")
    found = compared(pictures=(PICTURES, (unseen, FIRST, SECOND)))
    assert found.changes == ()
    assert found.unchecked == (ContentField.MAIN_IMAGE,)


def test_of_many_pictures_a_few_are_named() -> None:
    new = [
        ListingPicture(f"PT{n:02}", f"/I/61new{n:05}L.jpg", f"{2**n - 1:016x}"[::-1])
        for n in range(20, 64, 11)
    ]
    change = changes(pictures=((MAIN,), (MAIN, *new)))[-1]
    assert change.after == "PT20 61new00020L, PT31 61new00031L, PT42 61new00042L, 1 more"
