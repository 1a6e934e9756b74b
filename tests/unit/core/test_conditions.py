"""Conditions and sub-conditions in every spelling that Amazon has for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conditions import (
    LONGEST_WORD,
    SUB_CONDITIONS,
    Condition,
    condition_of,
    sub_condition_of,
)


@pytest.mark.parametrize("word", ["VeryGood", "Very Good", "very_good", "VERYGOOD", "very-good"])
def test_very_good_is_one_sub_condition_however_it_is_written(word: str) -> None:
    assert sub_condition_of(word) == "VeryGood"


@pytest.mark.parametrize("word", ["Refurbished Warranty", "Open Box", "open_box", "OEM", "oem"])
def test_every_documented_sub_condition_is_known_with_spaces_too(word: str) -> None:
    assert sub_condition_of(word) in SUB_CONDITIONS


def test_an_unknown_sub_condition_stays_and_none_is_empty() -> None:
    assert sub_condition_of("pristine") == "pristine"
    assert sub_condition_of(None) == sub_condition_of("") == ""


@pytest.mark.parametrize("condition", list(Condition))
def test_a_condition_is_known_in_either_case(condition: Condition) -> None:
    assert condition_of(condition.value) is condition_of(condition.value.lower()) is condition


@pytest.mark.parametrize("word", [None, "", "Any", "renewed_premium"])
def test_what_nobody_knows_is_no_condition(word: str | None) -> None:
    assert condition_of(word) is None


@given(st.text())
def test_whatever_is_sent_becomes_a_short_line(word: str) -> None:
    told = sub_condition_of(word)
    assert len(told) <= LONGEST_WORD
    assert "\n" not in told
    assert sub_condition_of(told) == told
