"""How easily a brand's name is taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalog_search import same_brand
from checks.copycats.names import LONGEST, name_likeness


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Moss Hollow", "Mosshollow Official"),
        ("Bramble & Co.", "Bramble and Company"),
        ("Kestrel Forge", "Forge Kestrel"),
        ("Otterline", "Oterline"),
        ("Brume Marine", "Brumes Marines"),
        ("Wiesenkind", "Wiesenkindd Living"),
        ("Tinderwick", "Tinderwick Candles"),
        ("木漏れ日舎", "木漏れ日社"),
    ],
)
def test_a_name_that_is_taken_for_ours_is_known(ours: str, theirs: str) -> None:
    assert name_likeness(ours, theirs) >= 0.85
    assert not same_brand(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Juniper Trail", "Juniper Home"),
        ("Luma Lark", "Lumen Lane"),
        ("Northmere", "North Creek"),
        ("Fennel & Rye", "Ryefield"),
        ("Ox", "Fox"),
        ("Otterline", ""),
        ("", "Otterline"),
        ("& Co.", "!!!"),
    ],
)
def test_a_shared_word_makes_no_name_like_ours(ours: str, theirs: str) -> None:
    assert name_likeness(ours, theirs) < 0.5


def test_a_name_of_added_words_alone_is_compared_as_it_is() -> None:
    assert name_likeness("Kitchen Store", "Kitchen Store Ltd") > 0.9
    assert name_likeness("Kitchen Store", "Outdoor Pro") == 0.0


def test_the_same_brand_may_be_written_in_capitals() -> None:
    assert same_brand("Moss Hollow", "MOSS  HOLLOW\N{REGISTERED SIGN}")
    assert not same_brand("Moss Hollow", "Mosshollow")
    assert not same_brand("", "")


@given(st.text(min_size=1, max_size=30), st.text(max_size=300))
def test_likeness_is_a_share_whatever_is_written(ours: str, theirs: str) -> None:
    assert 0.0 <= name_likeness(ours, theirs) <= 1.0


def test_an_endless_name_is_compared_in_time() -> None:
    assert 0.0 <= name_likeness("Otterline", "a " * 10 * LONGEST) <= 1.0
