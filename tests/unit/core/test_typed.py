"""Words are read as people type and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.identifiers import ProductReference
from bot.core.text import bare, digits_of, words
from tests.cases import for_each

AROUND = ['"{}"', "'{}'", "“{}”", "„{}“", "«{}»", "*{}*", "`{}`", "{},", " {} ", "\u200b{}\u200b"]
ASIN = "B0ALDER001"


@for_each("around", AROUND)
def test_what_stands_around_a_word_is_no_part_of_it(around: str) -> None:
    assert bare(around.format(ASIN)) == ASIN
    assert words(around.format(f"{ASIN} US")) == [ASIN, "US"]
    assert ProductReference.parse(around.format(ASIN)).asin == ASIN
    link = around.format(f"https://www.amazon.com/dp/{ASIN}")
    assert ProductReference.parse(link).asin == ASIN


@pytest.mark.parametrize(
    "text", [f"_{ASIN}_", f"({ASIN})", f"{ASIN}.", f"<{ASIN}>", "B0AL\u200bDER001"]
)
def test_an_asin_is_read_in_any_dress(text: str) -> None:
    assert ProductReference.parse(text).asin == ASIN


@for_each(
    "text",
    ["1", "#1", "C-1", "c-1", "C\u20111", "C\u20131", "C\u20141", "C\u22121", "*C-1*", "#1,"],
)
def test_a_case_is_named_in_many_ways(text: str) -> None:
    assert digits_of(text, "C") == "1"


@pytest.mark.parametrize("text", ["", "C-", "#", "C-1a", "K-1", "one", "-1", "1.5", "\u0661"])
def test_what_names_no_case_is_none(text: str) -> None:
    assert digits_of(text, "C") == ""


@pytest.mark.parametrize("text", ["-", "$19.99", "19,99", "AF-MUG-12", "_mug_", "O'Neil", "a@b.de"])
def test_what_means_something_stays(text: str) -> None:
    assert words(text) == [text]


@given(st.text())
def test_reading_again_changes_nothing(text: str) -> None:
    assert bare(bare(text)) == bare(text)
    assert words(" ".join(words(text))) == words(text)
