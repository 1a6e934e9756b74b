"""Answers that must not be kept: what is asked again keeps nothing private."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from bot.core.flows.engine import Questions, Step, advance, begin, resume
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.private import private, private_in
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answers, Form, Paragraph, Text
from bot.core.interactions import Ask
from bot.core.interface import InterfaceLanguage, speak, tr


class WordsForm(FlowForm, frozen=True, kw_only=True):
    words: str = ""
    day: str = ""


def _form(_: WordsForm) -> Form:
    inputs = (Paragraph(name="words", label="Words"), Text(name="day", label="Day"))
    return Form(id="sample", title="Sample", inputs=inputs)


def _check(given: WordsForm) -> Errors:
    return private_in(words=given.words)


SAMPLE = Questions(
    id="sample",
    version=1,
    form=WordsForm,
    steps=(Step(id="first", form=_form, check=_check),),
)


def started(facts: dict[str, str]) -> FlowSession:
    return FlowSession(
        id="s",
        flow="sample",
        version=1,
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        started_by="ana",
        facts=dict(facts),
    )


def sent(flow: Questions[WordsForm], answers: Answers) -> tuple[FlowSession, Ask]:
    session = started({})
    session, _ = begin(SAMPLE, session)
    session, asked = advance(SAMPLE, session, "first", answers)
    assert isinstance(asked, Ask)
    return session, asked


def shown(ask: Ask) -> str:
    words = ask.form.inputs[0]
    assert isinstance(words, Paragraph)
    return words.initial


@pytest.mark.parametrize(
    "words", ["password: Sommer2026", "jane@mail.example", "Dear Mrs Smith,\nyour order"]
)
@pytest.mark.parametrize("day", ["", "Monday"])
def test_what_is_refused_is_shown_once_more_and_not_kept(words: str, day: str) -> None:
    """Another input may be wrong first: what was typed beside it is not kept either."""
    session, asked = sent(SAMPLE, {"words": words, "day": day})
    assert asked.errors
    assert shown(asked) == words
    assert session.answers == {"first": {"day": day}}
    assert shown(resume(SAMPLE, session)[1]) == ""


def test_what_was_cut_short_is_not_kept_either() -> None:
    """The end of an address was cut off, so that what is left looks like none."""
    words = f"{'x' * 3990} jane.doe@mail.example"
    session, asked = sent(SAMPLE, {"words": words, "day": "Monday"})
    assert "shorten" in asked.errors["words"]
    assert session.answers == {"first": {"day": "Monday"}}


def test_what_is_harmless_is_kept_for_the_next_try() -> None:
    session, _ = sent(SAMPLE, {"words": "It is late", "day": ""})
    assert session.answers["first"]["words"] == "It is late"


def test_a_text_that_must_not_be_taken_yet_is_asked_again_and_not_kept() -> None:
    session, _ = begin(SAMPLE, started({}))
    answers: Answers = {"words": "fine", "day": "jane@mail.example"}
    session, asked = advance(
        SAMPLE, session, "first", answers, lambda form: {form.inputs[1].name: "Whose is it?"}
    )
    assert isinstance(asked, Ask)
    assert asked.errors == {"day": "Whose is it?"}
    assert b"jane@" not in msgspec.json.encode(session)
    assert session.answers == {"first": {"words": "fine"}}


def test_what_a_number_is_stands_in_english_for_whoever_checks_it() -> None:
    labels: list[str] = []

    def stops(form: Form) -> Errors:
        labels.extend(each.label for each in form.inputs)
        return {"day": "no"}

    def form(_: WordsForm) -> Form:
        return Form(id="x", title="x", inputs=(Text(name="day", label=tr("Profit margin")),))

    flow = Questions(id="x", version=1, form=WordsForm, steps=(Step(id="one", form=form),))
    with speak(InterfaceLanguage.CHINESE):
        session, _ = begin(flow, started({}))
        _, ask = advance(flow, session, "one", {"day": "1"}, stops)
    assert labels == ["Profit margin"]
    assert isinstance(ask, Ask)
    assert [each.label for each in ask.form.inputs] == ["利润率"]


def test_each_input_is_told_what_to_take_out() -> None:
    answers: Answers = {"one": "tel 030 901820", "two": "fine", "three": ("x",)}
    assert list(private(answers)) == ["one"]


def test_what_was_known_at_the_start_is_forgotten_with_what_was_refused() -> None:
    """A note begins with a quoted message: refused, its words are nowhere."""
    session = started({"words": "password: Sommer2026"})
    session, first = begin(SAMPLE, session)
    assert shown(first) == "password: Sommer2026"
    session, asked = advance(
        SAMPLE, session, "first", {"words": "password: Sommer2026", "day": "x"}
    )
    assert isinstance(asked, Ask)
    assert b"Sommer" not in msgspec.json.encode(session)
    assert shown(resume(SAMPLE, session)[1]) == ""


def test_what_the_form_is_about_is_kept_whatever_it_looks_like() -> None:
    """A product's title may have a number in it that looks like a telephone's."""
    about = "C-12: Universal Remote 0800 1234567"
    assert private_in(about=about)
    session = started({"about": about, "words": "jane@mail.example"})
    session, _ = begin(SAMPLE, session)
    session, _ = advance(SAMPLE, session, "first", {"words": "jane@mail.example", "day": "x"})
    assert session.facts == {"about": about}


def test_why_it_was_refused_is_kept_unless_that_says_it_again() -> None:
    """Some chats show the form once more from what is kept."""
    told = {"words": "Take out the address.", "day": "'jane@mail.example' is no day."}
    session, _ = begin(SAMPLE, started({}))
    answers: Answers = {"words": "jane@mail.example", "day": "jane@mail.example"}
    session, asked = advance(SAMPLE, session, "first", answers, lambda _: told)
    assert isinstance(asked, Ask)
    assert session.errors["day"].startswith("Remove an email address (jan...)")
    assert b"jane@" not in msgspec.json.encode(session)
