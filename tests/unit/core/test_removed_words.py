"""Texts that were removed are taken out of what quotes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.removed_words import REMOVED, SHORTEST, without_texts

TEXT = st.text("abc .", max_size=9)


@given(before=TEXT, after=TEXT, texts=st.lists(TEXT, max_size=4), which=st.integers(0, 3))
def test_no_text_is_left_that_stands_by_itself(
    before: str, after: str, texts: list[str], which: int
) -> None:
    quoted = [text for text in texts if len(text) >= SHORTEST]
    text = quoted[which % len(quoted)] if quoted else "nothing"
    left = without_texts(f"{before}('{text}'){after}", [*texts, text])
    assert f"'{text}'" not in left
    assert REMOVED in left


@pytest.mark.parametrize(
    ("value", "texts", "left"),
    [
        ("Roe", ["Roe"], REMOVED),
        ("It was Roe.", ["Roe"], "It was Roe."),
        (
            "Report roe.example, and all of it.",
            ["roe.example"],
            f"Report {REMOVED}, and all of it.",
        ),
        ("Joanna and anna", ["anna"], f"Joanna and {REMOVED}"),
        ("'Call Jane Roe' (Ben)", ["Call", "Call Jane Roe"], f"'{REMOVED}' (Ben)"),
        ("It is removed.", ["removed"], f"It is {REMOVED}."),
        ("a.b (*) c", ["(*)", "(*) c"], "a.b [removed]"),
        ("", ["", "Roe"], ""),
    ],
)
def test_what_is_taken_out(value: str, texts: list[str], left: str) -> None:
    assert without_texts(value, texts) == left
