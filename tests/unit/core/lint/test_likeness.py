"""How much a sentence is like those that break a rule, by the weights of its words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bot.core.lint.likeness import LONGEST, MOST, Model, features, read_model, units

MODEL = Model(bias=-1.0, examples="", weights={"coupon": 9.0, "no coupon": -9.0, "~kup": 6.0})


def test_the_likest_sentence_of_a_text_is_named() -> None:
    sentence, score = MODEL.likest("It ships today. Coupon inside! Write to us.")
    assert sentence == "Coupon inside!"
    assert score > 0


def test_words_that_follow_each_other_count_together() -> None:
    assert MODEL.score("no coupon") < MODEL.score("coupon")


def test_a_piece_counts_in_every_word_that_has_it() -> None:
    assert MODEL.score("Kupons") == MODEL.score("kupone") > MODEL.bias


def test_what_two_sentences_say_together_is_seen() -> None:
    assert units("One. Two. Three.") == ["One.", "Two.", "Three.", "One. Two.", "Two. Three."]


def test_capital_letters_and_digits_make_no_difference() -> None:
    assert features("Code 4711") == features("code 1234")


@pytest.mark.parametrize("text", ["", "  \n", "...", "🙂", "\u200b"])
def test_a_text_without_words_has_the_score_of_nothing_known(text: str) -> None:
    assert MODEL.likest(text)[1] == MODEL.bias


@pytest.mark.parametrize("text", ["ご注文の商品", "ваш заказ", "طلبك", "Ü\u0308ber \ud83d"])
def test_a_text_of_which_nothing_is_known_has_the_score_of_nothing_known(text: str) -> None:
    assert MODEL.likest(text)[1] == MODEL.bias


def test_a_sentence_in_which_many_words_hide_the_one_is_looked_at_in_parts() -> None:
    long = "word " * 10 * LONGEST + "coupon"
    assert MODEL.likest(long)[0].endswith("coupon")
    assert max(len(unit.split()) for unit in units(long)) == 2 * LONGEST


def test_of_a_text_without_end_so_many_sentences_are_looked_at() -> None:
    assert len(units("A b c. " * 10_000)) == 2 * MOST - 1
    assert len(units("word " * 100_000)) == 2 * MOST - 1


def test_a_model_lies_in_the_folder_of_its_module_and_is_read_once(tmp_path: Path) -> None:
    module = str(tmp_path / "rules.py")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.json").write_bytes(msgspec.json.encode(MODEL))
    assert read_model(module, "one") is read_model(module, "one")
    assert read_model(module, "one") == MODEL


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "other.json").write_text('{"weights": {}}', "utf-8")
    with pytest.raises(msgspec.ValidationError, match="bias"):
        read_model(str(tmp_path / "rules.py"), "other")
