"""The sets of page pairs are what they claim to be, whatever the rules say to them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from bot.core.text import seen
from tests.unit.checks.listings.sets.reading import Half, Page, Picture, Sample, pages, samples

HALVES: tuple[Half, ...] = ("read", "unread", "second")
SAME, OTHER = 6, 16
"""Bits between the hashes of one picture at most, and of two pictures at least, not included."""
LANGUAGES = {"en", "de", "fr", "es", "it", "ja"}
_HASH, _DIGEST = re.compile(r"(?i:[0-9a-f]{16})"), re.compile(r"(?i:[0-9a-f]{64})")
_PARENT = re.compile(r"(?:B[0-9A-Z]{9})?")


def pictures(page: Page) -> tuple[Picture, ...]:
    return page.images or ()


def bits(one: Picture, other: Picture) -> int:
    return (int(one.hash, 16) ^ int(other.hash, 16)).bit_count()


def shown(sample: Sample) -> list[Picture]:
    return [each for page in (sample.before, sample.after) for each in pictures(page)]


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_as_many_changes_as_others(half: Half) -> None:
    assert Counter(each.alarm for each in samples(half)) == {True: 250, False: 250}


def test_every_sample_differs_from_every_other() -> None:
    told = {(each.before, each.after) for half in HALVES for each in samples(half)}
    assert len(told) == 1500


@pytest.mark.parametrize("half", HALVES)
def test_every_sample_says_its_kind_and_has_a_difference(half: Half) -> None:
    assert [each for each in samples(half) if not each.kind or each.before == each.after] == []


def test_the_halves_share_no_product_and_are_in_all_languages() -> None:
    products = [page["brand"] for half in HALVES for page in pages(half).values()]
    assert len(set(products)) == len(products) >= 100
    for half in HALVES:
        assert {each.lang for each in samples(half)} >= LANGUAGES


def test_there_are_many_kinds_of_both() -> None:
    kinds = {(each.alarm, each.kind) for half in HALVES for each in samples(half)}
    assert sum(alarm for alarm, _ in kinds) >= 60
    assert sum(not alarm for alarm, _ in kinds) >= 40


@pytest.mark.parametrize("half", HALVES)
def test_hashes_digests_and_parents_are_well_formed(half: Half) -> None:
    for sample in samples(half):
        for each in shown(sample):
            assert _HASH.fullmatch(each.hash), sample.kind
            assert _DIGEST.fullmatch(each.digest), sample.kind
        for page in (sample.before, sample.after):
            assert _PARENT.fullmatch(seen(page.parent or "").upper()), sample.kind


@pytest.mark.parametrize("half", HALVES)
def test_pictures_are_near_or_far_and_the_same_bytes_look_the_same(half: Half) -> None:
    for sample in samples(half):
        for one, other in combinations(shown(sample), 2):
            assert not SAME < bits(one, other) <= OTHER, sample.kind
            assert one.digest != other.digest or one.hash == other.hash, sample.kind


@pytest.mark.parametrize("half", HALVES)
def test_what_is_no_change_shows_no_other_picture(half: Half) -> None:
    for sample in samples(half):
        if not sample.alarm and sample.before.images and sample.after.images:
            known = sample.before.images
            for each in sample.after.images:
                assert any(bits(each, old) <= SAME for old in known), sample.kind
