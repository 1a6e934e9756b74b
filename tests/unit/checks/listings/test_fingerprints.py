"""A change is told once: drift leaves its fingerprint alone, and another change has another one."""

from __future__ import annotations

import msgspec

from checks.listings.fingerprints import known
from tests.unit.checks.listings.pages import BOWL, OTHER_LOOK, changes

PICTURES = BOWL.pictures or ()
HIJACKED = "Magnetic Phone Case, 6.7 in, Clear"


def test_the_same_title_in_another_way_has_the_same_fingerprint() -> None:
    (first,) = changes(title=(BOWL.title, HIJACKED))
    (again,) = changes(title=(BOWL.title, "MAGNETIC&nbsp;PHONE CASE | 6.7 inches | CLEAR"))
    assert first.fingerprint == again.fingerprint


def test_what_it_was_before_is_no_part_of_a_fingerprint() -> None:
    (first,) = changes(title=(BOWL.title, HIJACKED))
    (again,) = changes(title=("Another approved title", HIJACKED))
    assert first.fingerprint == again.fingerprint


def test_another_title_has_another_fingerprint() -> None:
    (first,) = changes(title=(BOWL.title, HIJACKED))
    (again,) = changes(title=(BOWL.title, HIJACKED.replace("6.7", "6.1")))
    assert not known(again.fingerprint, {first.fingerprint})


def test_the_same_words_in_two_fields_have_two_fingerprints() -> None:
    title, description = changes(title=(BOWL.title, "Gone"), description=(BOWL.title, "Gone"))
    assert title.fingerprint != description.fingerprint


def swapped(look: str) -> str:
    main = msgspec.structs.replace(PICTURES[0], look=look, link="")
    (change,) = changes(pictures=(PICTURES, (main, *PICTURES[1:])))
    return change.fingerprint


def test_a_foreign_picture_compressed_again_is_known() -> None:
    first = swapped(OTHER_LOOK)
    assert known(first, {first})
    assert known(swapped("fffffffffffffff0"), {"title:1", first})


def test_another_foreign_picture_is_news() -> None:
    assert not known(swapped("ffffffff0000000f"), {swapped(OTHER_LOOK)})


def test_pictures_that_came_are_not_those_that_went() -> None:
    new = msgspec.structs.replace(PICTURES[1], look=OTHER_LOOK)
    (came,) = changes(pictures=(PICTURES, (*PICTURES, new)))
    (went,) = changes(pictures=((*PICTURES, new), PICTURES))
    assert not known(came.fingerprint, {went.fingerprint})


def test_one_more_foreign_picture_is_news() -> None:
    new = [msgspec.structs.replace(PICTURES[1], look=look) for look in (OTHER_LOOK, "5" * 16)]
    (one,) = changes(pictures=(PICTURES, (*PICTURES, new[0])))
    (two,) = changes(pictures=(PICTURES, (*PICTURES, *new)))
    assert not known(two.fingerprint, {one.fingerprint})
    assert not known(one.fingerprint, {two.fingerprint})


def test_nothing_was_told_before_the_first_change() -> None:
    assert not known(swapped(OTHER_LOOK), ())
