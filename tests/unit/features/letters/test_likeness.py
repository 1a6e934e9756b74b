"""Sentences that are like known violations: what is stopped, what is only looked at, and when."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.lint.likeness import model_path
from bot.core.lint.remarks import Remark
from bot.features.letters.rules import likeness as rules
from bot.features.letters.rules.buyers import incentives, lint, weighed
from bot.features.letters.rules.likeness import (
    LEARNED,
    Kind,
    likeness,
    model_of,
)
from tests.likeness.examples import digest
from tests.unit.features.letters.drafts import message

RULE = "Not like known violations"
STEERING = "If you could see your way to rethinking those two stars, it would help our shop."
CLOSE = "If all is well, say so publicly."
LARGEST = 250_000
"""Bytes of a model."""


def said(text: str, language: str = "en") -> list[Remark]:
    draft = msgspec.structs.replace(message(), text=text, language=language)
    return [*likeness(draft, Kind.BUYERS, language)]


@pytest.mark.parametrize("language", LEARNED)
@pytest.mark.parametrize("kind", list(Kind))
def test_a_model_belongs_to_the_examples(kind: Kind, language: str) -> None:
    assert model_of(kind, language).examples == digest(kind, language)
    assert model_path(rules.__file__, f"{kind}.{language}").stat().st_size < LARGEST


def test_a_message_in_words_that_no_phrase_finds_is_stopped_and_its_sentence_shown() -> None:
    [remark] = lint(msgspec.structs.replace(message(), text=f"{message().text}\n{STEERING}"))
    assert remark.stops
    assert remark.rule == RULE
    assert remark.says == (
        "'If you could see your way to rethinking those two stars, it...' reads like what Amazon "
        "doesn't allow in messages to buyers. Say it in other words, or leave it out."
    )


def test_where_a_rule_says_what_is_wrong_likeness_says_nothing() -> None:
    text = f"{message().text}\nCall us at our hotline. {STEERING}"
    assert RULE not in {remark.rule for remark in lint(message(text))}


def test_what_only_comes_close_is_advice() -> None:
    [remark] = said(CLOSE)
    assert not remark.stops
    assert "comes close to" in remark.says


def test_a_harmless_message_gets_no_remark() -> None:
    assert said(message().text) == []


@pytest.mark.parametrize("language", ["fr", "es", "es-MX", "it", "ja", ""])
def test_in_other_languages_there_are_phrases_alone(language: str) -> None:
    assert said(STEERING, language) == []


@pytest.mark.parametrize(("language", "stops"), [("en", False), ("fr", True)])
def test_what_a_phrase_finds_in_a_harmless_message_is_advice_where_there_is_a_model(
    language: str, stops: bool
) -> None:
    text = "The lid of the tea box 'Free Gift' arrived broken, so a new one ships today."
    [remark] = weighed(incentives, message(text, language=language))
    assert remark.stops == stops


def test_a_phone_number_stops_a_harmless_message() -> None:
    assert any(remark.stops for remark in lint(message(f"{message().text}\n+49 30 901820")))
