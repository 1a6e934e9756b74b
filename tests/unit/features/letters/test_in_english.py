"""A letter in another language is read in English by who sends it, and goes out without that."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.forms import Answer, AnyInput, Choices, Paragraph
from bot.core.removed_words import Removal
from bot.core.views.reading_aid import LABEL
from bot.features.letters.models.letters import LetterState, redact
from tests.unit.conftest import BEN, Team, asked
from tests.unit.features.letters.writing import ORDER, card, drafted, letter, proposed, written


@pytest.mark.parametrize("language", ["de", "fr", "es", "es-MX", "it", "ja"])
async def test_a_message_is_shown_beside_its_english(team: Team, language: str) -> None:
    ask = await drafted(team, language=language)
    assert f"{LABEL}:\nHello,\n\nWe are writing about your order {ORDER}." in ask.form.intro
    shown = card(await team.submit(ask, {"text": proposed(ask)}, BEN))
    text, aid = shown.snippets
    assert text.text == proposed(ask) == (await letter(team)).text
    assert aid.label == LABEL
    assert aid.text.startswith("Hello,")


async def test_an_english_message_stands_alone(team: Team) -> None:
    ask = await drafted(team)
    assert LABEL not in ask.form.intro
    assert [each.label for each in card(await written(team)).snippets] == ["Text"]


async def test_the_english_stays_when_the_text_is_edited_and_goes_when_it_is_sent(
    team: Team,
) -> None:
    await written(team, language="de")
    ask = asked(await team.press("change-letter", "000001", BEN))
    assert LABEL in ask.form.intro
    edited = proposed(ask) + "\nVielen Dank."
    shown = card(await team.submit(ask, {"text": edited}, BEN))
    assert [each.label for each in shown.snippets] == ["Text", LABEL]
    sent = card(await team.press("letter-sent", "000001", BEN))
    assert [each.label for each in sent.snippets] == ["Text"]


async def test_a_removed_text_leaves_no_english(team: Team) -> None:
    await written(team, language="de")
    sent = msgspec.structs.replace(await letter(team), state=LetterState.SENT)
    assert sent.english
    assert redact(sent, Removal(who=BEN[0], at=sent.written_at, why="asked for")).english == ""


def answer_of(question: AnyInput) -> Answer:
    """Answer whatever a request is drafted from."""
    known = {"need": "other", "since": "2026-11-20", "language": "de", "about": "B0ALDER001"}
    if question.name in known:
        return known[question.name]
    if isinstance(question, Choices):
        return (question.options[0].value,)
    if isinstance(question, Paragraph):
        return question.initial or "Wir haben alles gesichert."
    return ""


async def test_a_request_in_german_is_shown_beside_its_english(team: Team) -> None:
    ask = asked(await team.type("/support", BEN))
    while ask.form.id != "letter-text":
        answers = {each.name: answer_of(each) for each in ask.form.inputs}
        ask = asked(await team.submit(ask, answers, BEN))
        assert ask.errors == {}
    assert f"{LABEL}:\nHello,\n\nWe are writing" in ask.form.intro
    text, aid = card(await team.submit(ask, {"text": proposed(ask)}, BEN)).snippets
    assert text.text.startswith("Guten Tag,")
    assert aid.text.startswith("Hello,")
