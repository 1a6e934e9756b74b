"""The rules on what a message must have: its order, its day, its language, its length."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.letters.models.buyer_messages import WINDOW, First
from bot.features.letters.rules.buyers import RULES, lint, repeat
from bot.features.letters.rules.buyers_frame import LONGEST, language, length, order_missing, window
from tests.unit.features.letters.drafts import MESSAGE, ORDER, TODAY, message, told

TEXT = MESSAGE.text
OTHER = "123-1234567-7654321"
GERMAN = "Guten Tag, wir bedauern, dass Ihre Bestellung nicht angekommen ist. Bitte antworten Sie."


def test_a_good_message_passes_every_rule() -> None:
    assert lint(MESSAGE) == ()


@pytest.mark.parametrize(("age", "remarks"), [(0, 0), (1, 0), (30, 0), (31, 1), (400, 1), (-1, 1)])
def test_the_thirtieth_day_counts_and_the_next_does_not(age: int, remarks: int) -> None:
    ordered = TODAY - timedelta(days=age)
    assert len(told(window, message(TEXT, ordered_on=ordered))) == remarks


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1)), st.sampled_from(First))
def test_only_a_day_to_come_stops_a_message_and_an_answer_has_no_limit(
    ordered: date, first: First
) -> None:
    remarks = list(window(message(TEXT, ordered_on=ordered, first=first)))
    assert [each.stops for each in remarks if each.stops] == [True] * (ordered > TODAY)
    old = ordered + WINDOW < TODAY and first is First.SELLER
    assert [each.stops for each in remarks if not each.stops] == [False] * old


def test_a_letter_that_was_written_before_is_named() -> None:
    assert "L-3" in told(repeat, message(TEXT, earlier="L-3"))[0]


@pytest.mark.parametrize(
    ("text", "named"),
    [("Your order.", ORDER), (f"Order {OTHER}.", ORDER), (f"{ORDER} and {OTHER}", OTHER)],
)
def test_its_own_order_and_no_other_is_named(text: str, named: str) -> None:
    assert named in " ".join(told(order_missing, message(text)))


@pytest.mark.parametrize("text", [f"Order {ORDER}.", f"({ORDER})", f"注文番号{ORDER}の件"])
def test_an_order_is_seen_wherever_it_stands(text: str) -> None:
    assert told(order_missing, message(text)) == []


def test_another_language_than_the_buyers_is_caught() -> None:
    assert "German" in told(language, message(GERMAN))[0]
    assert "English" in told(language, message(TEXT, language="de"))[0]
    assert "English" in told(language, message(TEXT, language="ja"))[0]


@pytest.mark.parametrize(
    "text",
    [
        f"Order {ORDER}",
        "Alder & Finch Pfanne, 26 cm",
        TEXT.replace("item", "'Die gute Pfanne für das Haus'"),
    ],
)
def test_what_nobody_can_tell_passes(text: str) -> None:
    assert told(language, message(text)) == []


@pytest.mark.parametrize(
    ("text", "code", "refused"),
    [
        ("Sorry.", "en", True),
        (TEXT, "en", False),
        ("x" * LONGEST, "en", False),
        ("x" * (LONGEST + 1), "en", True),
        ("返" * 60, "ja", False),
        ("返" * 59, "ja", True),
    ],
)
def test_neither_a_word_nor_a_book_is_a_message(text: str, code: str, refused: bool) -> None:
    assert bool(told(length, message(text, language=code))) is refused


@given(st.text(max_size=400))
def test_any_text_can_be_judged(text: str) -> None:
    remarks = lint(message(text))
    assert all(remark.rule and remark.says for remark in remarks)
    assert [each.stops for each in remarks] == sorted(each.stops for each in remarks)[::-1]


def test_every_rule_has_a_name_of_its_own_and_says_why() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
