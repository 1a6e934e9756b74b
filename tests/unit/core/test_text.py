"""Text from outside: clipped visibly, with nothing hidden in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import CUT, UNSEEN, at_word, changes, clip, folded, one_line, plain


def test_text_that_fits_stays_as_it_is() -> None:
    assert clip("Walnut Salad Bowl", 17) == "Walnut Salad Bowl"


def test_what_was_cut_shows() -> None:
    assert clip("Walnut Salad Bowl", 16) == "Walnut Salad Bo" + CUT
    assert clip("Walnut Salad Bowl", 8) == "Walnut" + CUT


@pytest.mark.parametrize(
    "char", ["\0", "\x1b", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\ue000", "\ud800"]
)
def test_a_character_that_hides_is_made_visible(char: str) -> None:
    assert plain(f"a{char}b") == f"a{UNSEEN}b"


@pytest.mark.parametrize(
    "text", ["two\nlines", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "👩\u200d🔧", "Ünï"]
)
def test_what_scripts_and_emoji_need_is_kept(text: str) -> None:
    assert plain(text) == text


def test_a_title_has_no_line_breaks_and_no_runs_of_blanks() -> None:
    assert one_line("  Walnut\r\n\u2028Salad\t\tBowl ", 40) == "Walnut Salad Bowl"


def test_text_after_many_blanks_is_not_lost_unseen() -> None:
    assert one_line("Bowl" + " " * 500 + "in walnut", 10) == "Bowl in w" + CUT


@given(st.text(), st.integers(1, 30))
def test_clipped_text_fits_and_hides_nothing(text: str, limit: int) -> None:
    for cut in (clip(text, limit), one_line(text, limit)):
        assert len(cut) <= limit
        assert not any(unicodedata.category(char) in {"Cs", "Co", "Zl", "Zp"} for char in cut)
    assert "\n" not in one_line(text, limit)
    assert one_line(one_line(text, limit), limit) == one_line(text, limit)


@pytest.mark.parametrize(
    "name", ["daily_units", "Daily units", "DAILY-UNITS ", "\uff24aily\u200b(units)"]
)
def test_a_name_is_known_however_it_is_written(name: str) -> None:
    assert folded(name) == "dailyunits"


def test_a_name_is_cut_behind_a_word() -> None:
    assert at_word("Walnut Salad Bowl", 17) == "Walnut Salad Bowl"
    assert at_word("Walnut Salad Bowl", 16) == "Walnut Salad" + CUT
    assert at_word("Bowl - Walnut", 8) == "Bowl" + CUT


def test_a_chinese_character_is_a_word_as_wide_as_two_letters() -> None:
    assert at_word("自称亚马逊的消息", 16) == "自称亚马逊的消息"
    assert at_word("自称亚马逊的消息", 15) == "自称亚马逊的消" + CUT
    assert at_word("打开 Settings，核实消息", 19) == "打开 Settings，核" + CUT
    assert at_word("打开 Settings，核实消息", 17) == "打开 Settings" + CUT


def test_a_word_that_is_too_long_is_cut_all_the_same() -> None:
    assert at_word("Walnutsaladbowl", 8) == "Walnuts" + CUT


@given(st.text(), st.integers(1, 30))
def test_what_is_cut_behind_a_word_fits(text: str, limit: int) -> None:
    assert len(at_word(text, limit)) <= limit


def test_a_changed_line_stands_beside_what_it_became() -> None:
    before = "Brand: Alder\n[what]\n[when]\nEnd"
    after = "Brand: Alder\nThe title\nOn Monday\n\nEnd\nP.S."
    assert changes(before, after) == [
        "- [what]",
        "+ The title",
        "- [when]",
        "+ On Monday",
        "+ P.S.",
    ]


def test_a_text_that_stays_has_no_changes() -> None:
    assert changes("one\ntwo", "one\ntwo") == []
