"""The sets of catalog hits are what they claim to be, whatever the rules say to them."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from tests.unit.checks.copycats.sets.reading import Half, Product, hits, own

HALVES: tuple[Half, ...] = ("read", "unread")
NEAR, OTHER = 10, 16
"""Bits from a picture to what was made of it at most, to another at least (not included)."""
_ASIN, _HASH = re.compile(r"B[0-9A-Z]{9}"), re.compile(r"[0-9a-f]{16}")


def bits(one: Product, other: Product) -> int:
    return (int(one.image, 16) ^ int(other.image, 16)).bit_count()


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_twenty_products_and_a_hundred_hits(half: Half) -> None:
    assert len(own(half)) == 20
    assert Counter(each.label for each in hits(half)) == {"copy": 30, "ours": 20, "other": 50}


def test_no_two_hits_and_no_two_brands_are_the_same() -> None:
    found = [each for half in HALVES for each in hits(half)]
    ours = [each for half in HALVES for each in own(half)]
    assert len({each.title for each in found}) == len(found)
    assert len({each.asin for each in (*found, *ours)}) == len(found) + len(ours)
    assert len({each.brand for each in ours}) == len(ours)


@pytest.mark.parametrize("half", HALVES)
def test_each_product_has_hits_of_every_label(half: Half) -> None:
    told = {(each.own, each.label) for each in hits(half)}
    assert told == {(place, label) for place in range(20) for label in ("copy", "ours", "other")}


@pytest.mark.parametrize("half", HALVES)
def test_asins_hashes_and_prices_are_well_formed(half: Half) -> None:
    for each in (*own(half), *hits(half)):
        assert _ASIN.fullmatch(each.asin), each
        assert _HASH.fullmatch(each.image), each
        assert Decimal(each.price) > 0, each


@pytest.mark.parametrize("half", HALVES)
def test_pictures_are_near_or_far_and_a_near_one_is_never_a_rivals(half: Half) -> None:
    products = own(half)
    for each in hits(half):
        away = bits(each, products[each.own])
        assert away <= NEAR or away > OTHER, each
        assert away > NEAR or each.label != "other", each


@pytest.mark.parametrize("half", HALVES)
def test_ours_bear_our_brand_and_nothing_else_does(half: Half) -> None:
    products = own(half)
    for each in hits(half):
        same = each.brand.casefold() == products[each.own].brand.casefold()
        assert same == (each.label == "ours"), each
