"""Answers that must not be kept: a step that is told so keeps none that was refused."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from bot.core.flows.engine import Questions, Step, advance, begin, resume
from bot.core.flows.forms import FlowForm
from bot.core.flows.private import private, private_in
from bot.core.flows.sessions import FlowSession
from bot.core.forms import Answers, Form, Paragraph, Text
from bot.core.interactions import Ask


class WordsForm(FlowForm, frozen=True, kw_only=True):
    words: str = ""
    day: str = ""


def _form(_: WordsForm) -> Form:
    inputs = (Paragraph(name="words", label="Words"), Text(name="day", label="Day"))
    return Form(id="sample", title="Sample", inputs=inputs)


def sample(*, secret: bool) -> Questions[WordsForm]:
    step = Step(
        id="first",
        form=_form,
        check=lambda given: private_in(words=given.words),
        secret=secret,
    )
    return Questions(id="sample", version=1, form=WordsForm, steps=(step,))


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
    session, _ = begin(flow, session)
    session, asked = advance(flow, session, "first", answers)
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
    session, asked = sent(sample(secret=True), {"words": words, "day": day})
    assert asked.errors
    assert shown(asked) == words
    assert session.answers == {"first": {}}
    assert shown(resume(sample(secret=True), session)[1]) == ""


def test_what_was_cut_short_is_not_kept_either() -> None:
    """The end of an address was cut off, so that what is left looks like none."""
    words = f"{'x' * 3990} jane.doe@mail.example"
    session, asked = sent(sample(secret=True), {"words": words, "day": "Monday"})
    assert "shorten" in asked.errors["words"]
    assert session.answers == {"first": {}}


def test_what_is_harmless_is_kept_for_the_next_try() -> None:
    session, _ = sent(sample(secret=True), {"words": "It is late", "day": ""})
    assert session.answers["first"]["words"] == "It is late"


def test_other_steps_keep_what_was_typed() -> None:
    session, _ = sent(sample(secret=False), {"words": "jane@mail.example", "day": "x"})
    assert session.answers["first"]["words"] == "jane@mail.example"


def test_each_input_is_told_what_to_take_out() -> None:
    answers: Answers = {"one": "tel 030 901820", "two": "fine", "three": ("x",)}
    assert list(private(answers)) == ["one"]


def test_what_was_known_at_the_start_is_forgotten_with_what_was_refused() -> None:
    """A note begins with a quoted message: refused, its words are nowhere."""
    flow = sample(secret=True)
    session = started({"words": "password: Sommer2026"})
    session, first = begin(flow, session)
    assert shown(first) == "password: Sommer2026"
    session, asked = advance(flow, session, "first", {"words": "password: Sommer2026", "day": "x"})
    assert isinstance(asked, Ask)
    assert b"Sommer" not in msgspec.json.encode(session)
    assert shown(resume(flow, session)[1]) == ""


def test_what_the_form_is_about_is_kept_whatever_it_looks_like() -> None:
    """A product's title may have a number in it that looks like a telephone's."""
    about = "C-12: Universal Remote 0800 1234567"
    assert private_in(about=about)
    flow = sample(secret=True)
    session = started({"about": about, "words": "jane@mail.example"})
    session, _ = begin(flow, session)
    session, _ = advance(flow, session, "first", {"words": "jane@mail.example", "day": "x"})
    assert session.facts == {"about": about}
