"""English is the same on both sides of the ocean, with an apostrophe or without."""

from __future__ import annotations

import pytest

from checks.wording.wording import same

SAME = [
    ("organised", "organized"),
    ("Colourful", "colorful"),
    ("5 litres, a litre", "5 liters, a liter"),
    ("theatre", "theater"),
    ("travelling", "traveling"),
    ("catalogue", "catalog"),
    ("licence", "license"),
    ("tyre gauge", "tire gauge"),
    ("Don't wash", "Do not wash"),
    ("It can't break and won't slip", "It cannot break and will not slip"),
    ("You'll see it's new", "You will see it is new"),
    ("WOMEN'S", "Womens"),
    ("made in the U.S.A.", "Made in the USA"),
    ("an L.E.D. lamp", "an LED lamp"),
]
OTHER = [
    ("Don't wash", "Do wash"),
    ("It can't break", "It can break"),
    ("It isn't toxic", "It is toxic"),
    ("won't slip", "will slip"),
    ("Women's", "Men's"),
    ("our oil", "or oil"),
    ("flour", "floor"),
    ("four legs", "for legs"),
    ("filing", "filling"),
    ("prize", "price"),
    ("U.S.A.", "U.K."),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_another_spelling_says_the_same(before: str, after: str) -> None:
    assert same(before, after, "en_US")


@pytest.mark.parametrize(("before", "after"), OTHER)
def test_words_that_look_alike_are_others(before: str, after: str) -> None:
    assert not same(before, after, "en_US")
