"""Taking texts out of what quotes them: exactly these, and nothing of other words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core.removed_words import LONG, REMOVED, SHORTEST, cut_short, without_texts
from bot.core.text import CUT

WORD = st.text("aeirs", min_size=1, max_size=6)
TEXT = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(TEXT, max_size=3)


@given(TEXT, TEXTS)
def test_what_quotes_none_of_them_stays(value: str, texts: list[str]) -> None:
    padded = f" {value} "
    quoted = [text for text in texts if text == value or f" {text} " in padded]
    if not quoted:
        assert without_texts(value, texts) == value


@given(TEXT, TEXT, TEXT)
def test_what_stands_around_a_text_stays(before: str, text: str, after: str) -> None:
    value = f"{before.upper()} {text} {after.upper()}"
    gone = REMOVED if len(text) >= SHORTEST else text
    assert without_texts(value, [text]) == f"{before.upper()} {gone} {after.upper()}"


def test_a_chinese_text_is_taken_out_of_a_sentence_without_blanks() -> None:
    quoted = "客户说假货来自张三的店。"
    assert without_texts(quoted, ["假货来自张三"]) == f"客户说{REMOVED}的店。"
    assert without_texts("新增用户temp-va。", ["temp-va"]) == f"新增用户{REMOVED}。"
    assert without_texts("新增用户xtemp-va。", ["temp-va"]) == "新增用户xtemp-va。"
    assert without_texts("新增用户：temp-va。", ["temp-va"]) == f"新增用户：{REMOVED}。"


@given(TEXT, TEXTS)
def test_none_of_them_is_left_as_words_of_its_own(value: str, texts: list[str]) -> None:
    left = without_texts(value, texts)
    for text in texts:
        if len(text) >= SHORTEST:
            assert re.search(rf"(?<!\w){re.escape(text)}(?!\w)", left) is None


@given(TEXT, TEXTS, TEXTS)
def test_what_was_removed_before_is_not_removed_again(
    value: str, texts: list[str], later: list[str]
) -> None:
    left = without_texts(value, texts)
    assert without_texts(left, texts) == left
    assert without_texts(f"{REMOVED} {value}", ["removed", *later]).startswith(REMOVED)


@given(TEXT)
def test_a_short_text_is_taken_out_where_it_is_all(text: str) -> None:
    assert without_texts(text, [text, ""]) == REMOVED


@given(st.text("aei ", min_size=LONG + 1), st.text("aei: ", max_size=9), st.integers(LONG, 40))
def test_a_text_that_is_shown_cut_is_known_by_its_beginning(
    text: str, before: str, kept: int
) -> None:
    assert cut_short(f"{before}{text[:kept]}{CUT}", text)
    assert not cut_short(f"{before}{text[:kept]}", text)
    assert not cut_short(f"{before}{text[:kept]}x{CUT}", text)
    assert not cut_short(f"{text[: LONG - 1]}{CUT}", text)
