"""The flow engine takes any answers, in any order, over any restart."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap.features import FLOWS
from bot.core.files import Upload
from bot.core.flows.confirming import CONFIRM_ACT
from bot.core.flows.engine import (
    Done,
    Questions,
    Step,
    advance,
    ask_again,
    back,
    begin,
    keep_draft,
    resume,
)
from bot.core.flows.forms import Errors, FlowForm, known_in, read_form
from bot.core.flows.sessions import FlowSession
from bot.core.forms import (
    Answers,
    Choice,
    Choices,
    Date,
    File,
    Form,
    Option,
    Paragraph,
    Text,
)
from bot.core.interactions import Ask
from bot.features.cases.flows.bulk import ACKNOWLEDGE_CASES, ASSIGN_CASES
from tests.cases import for_each

COLOURS = (Option("red", "Red"), Option("blue", "Blue"))


class SampleForm(FlowForm, frozen=True, kw_only=True):
    name: str = ""
    colour: str = ""
    colours: tuple[str, ...] = ()
    day: date | None = None
    photos: tuple[Upload, ...] = ()
    why: str = ""


def _every_input(_: SampleForm) -> Form:
    return Form(
        id="every",
        title="Every input",
        inputs=(
            Text(name="name", label="Name"),
            Choice(name="colour", label="Colour", options=COLOURS),
            Choices(name="colours", label="Colours", options=COLOURS, required=False),
            Date(name="day", label="Day", required=False),
            File(name="photos", label="Photos", kinds=("image/png",), most=2, required=False),
        ),
    )


def _why(given: SampleForm) -> Form:
    return Form(
        id="why",
        title="Why red?",
        intro=f"Hello {given.name}"[:100],
        inputs=(Paragraph(name="why", label="Why", most=50),),
    )


def _no_shouting(given: SampleForm) -> Errors:
    return {"why": "Please do not shout."} if given.why.isupper() else {}


SAMPLE = Questions(
    id="sample",
    version=3,
    form=SampleForm,
    steps=(
        Step(id="every", form=_every_input, next=lambda g: "why" if g.colour == "red" else ""),
        Step(id="why", form=_why, check=_no_shouting),
    ),
)

FACTS: dict[str, object] = {
    "case": "C-3",
    "headline": "Unknown seller",
    "seller": "A1SELLER00000",
    "may_authorise": True,
    "solvable": True,
    "today": "2026-11-23",
    "home": "US",
    "about": "",
    "cases": [["3", "C-3: Unknown seller"]],
    "quoted": [],
    "needs": "C-3 has: nothing",
    "missing": "",
    "camera": True,
    "bought": True,
    "shown": ["B0ALDER001"],
    "rights": [["000001", "trademark", "ALDER"], ["000002", "trademark", "FINCH"]],
    "products": [["B0ALDER001", "Pan"], ["B0ALDER002", "Pot"]],
    "title": "R-1 Counterfeit",
    "text": "We report",
    "language": "en",
    "other": "de",
    "complaint": "",
    "theirs": [["3", "E-3: Photo"]],
    "ours": [["4", "E-4: Photo"]],
    "came": ["eve@example.com (all permissions)"],
    "piece": "E-1 Paper",
    "item": "Users and permissions",
    "kind": "users",
    "what": "Look on Fridays. " * 20,
    "owners": [{"value": "me", "label": "Me"}, {"value": "lead", "label": "Lead: Eve"}],
    "due": "2026-12-21",
    "last": "2027-11-23",
    "spoken": "en",
    "draft": "We are writing about your order.",
    "notice": "",
    "order": "123-1234567-1234567",
    "ordered_on": "2026-11-20",
    "situation": "late",
    "about_case": "",
    "need": "other",
    "wishes": {"en": {"other": "Please tell us."}},
    "ticket": "",
}

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["red", "other", "gone", "day", "24", "US", "B0EXAMPLE1", "24.99", "2026-11-30", "x" * 4000]
    ),
)
uploads = st.builds(
    Upload,
    st.text(max_size=9),
    st.sampled_from(["image/png", "text/html"]),
    st.just(1),
    st.just("ab"),
)
answers_strategy = st.dictionaries(
    st.sampled_from(
        [
            *("name", "colour", "colours", "day", "photos", "why", "reason", "note", "hours"),
            *("product", "market", "floor", "sku", "units"),
        ]
    ),
    st.one_of(texts, st.lists(st.one_of(texts, uploads), max_size=3).map(tuple)),
)
ALL = (*FLOWS.values(), SAMPLE)
YES_OR_NO = {flow.id for flow in (CONFIRM_ACT, ACKNOWLEDGE_CASES, ASSIGN_CASES)}
"""Flows that ask by their title alone: there is nothing to fill in."""


def fresh(flow: Questions[Any]) -> tuple[FlowSession, Ask]:
    return begin(flow, started(FACTS))


def started(facts: dict[str, object]) -> FlowSession:
    return FlowSession(
        id="s1",
        flow="",
        version=0,
        started_at=datetime(2026, 11, 23, tzinfo=UTC),
        started_by="U1",
        facts=facts,
    )


def restarted(session: FlowSession) -> FlowSession:
    return msgspec.json.decode(msgspec.json.encode(session), type=FlowSession)


def answered(
    flow: Questions[Any], session: FlowSession, **answers: str
) -> tuple[FlowSession, Ask | Done]:
    return advance(flow, session, session.step, dict(answers))


@for_each("flow", ALL, ids=lambda flow: flow.id)
def test_every_flow_begins_with_a_question(flow: Questions[Any]) -> None:
    _, ask = fresh(flow)
    assert ask.form.inputs or flow.id in YES_OR_NO


@given(
    flow=st.sampled_from(ALL),
    moves=st.lists(
        st.tuples(
            st.sampled_from(
                ["every", "why", "reason", "how-long", "day", "product", "details", "?"]
            ),
            answers_strategy,
            st.sampled_from(["go on", "restart", "other version", "resume"]),
        ),
        max_size=12,
    ),
)
def test_any_answers_in_any_order_over_any_restart_ask_again_or_finish(
    flow: Questions[Any], moves: list[tuple[str, Answers, str]]
) -> None:
    session, ask = fresh(flow)
    for step, answers, turn in moves:
        session = restarted(session) if turn == "restart" else session
        if turn == "other version":
            session = msgspec.structs.replace(session, version=flow.version + 1)
        session, out = (
            resume(flow, session) if turn == "resume" else advance(flow, session, step, answers)
        )
        assert session.version == flow.version
        if isinstance(out, Done):
            assert flow.step(session.path[-1]) is not None
            return
        ask = out
        assert ask.step == session.step
        assert 1 <= ask.number <= ask.of
        assert set(ask.errors) <= {asked.name for asked in ask.form.inputs}
    assert ask.form.inputs or flow.id in YES_OR_NO


@pytest.mark.ci
@given(flow=st.sampled_from(ALL), answers=answers_strategy)
def test_a_session_loses_nothing_by_a_restart(flow: Questions[Any], answers: Answers) -> None:
    session, _ = fresh(flow)
    first, out = advance(flow, session, session.step, answers)
    second, again = advance(flow, restarted(session), session.step, answers)
    assert (first, out) == (second, again)
    assert restarted(first) == first


def test_the_next_question_may_depend_on_the_answers() -> None:
    session, ask = fresh(SAMPLE)
    assert (ask.step, ask.number) == ("every", 1)
    session, ask_or_done = answered(SAMPLE, session, name="Ana", colour="red")
    assert isinstance(ask_or_done, Ask)
    assert (ask_or_done.number, ask_or_done.of, ask_or_done.form.intro) == (2, 2, "Hello Ana")
    session, done = answered(SAMPLE, session, why="I like it")
    assert isinstance(done, Done)
    assert done.answers["why"] == "I like it"


def test_a_wrong_answer_is_asked_again_with_what_was_typed_and_what_is_wrong() -> None:
    session, _ = fresh(SAMPLE)
    session, _ = answered(SAMPLE, session, name="Ana", colour="red")
    session, ask = answered(SAMPLE, session, why="BECAUSE")
    assert isinstance(ask, Ask)
    assert ask.errors == {"why": "Please do not shout."}
    [asked] = ask.form.inputs
    assert isinstance(asked, Paragraph)
    assert asked.initial == "BECAUSE"


def test_a_wrong_answer_that_may_be_a_secret_is_not_kept() -> None:
    session, _ = fresh(SAMPLE)
    session, _ = answered(SAMPLE, session, name="Ana", colour="red")
    session, ask = answered(SAMPLE, session, why="PASSWORD: HUNTER2!")
    assert isinstance(ask, Ask)
    assert ask.errors == {"why": "Please do not shout."}
    assert b"HUNTER2" not in msgspec.json.encode(session)


def test_answers_to_an_earlier_step_go_back_to_it() -> None:
    session, _ = fresh(SAMPLE)
    session, _ = answered(SAMPLE, session, name="Ana", colour="red")
    session, done = advance(SAMPLE, session, "every", {"name": "Ben", "colour": "blue"})
    assert isinstance(done, Done)
    assert done.answers["name"] == "Ben"
    assert "why" not in done.answers


def test_going_back_shows_what_was_answered_and_keeps_what_is_half_written() -> None:
    photo = Upload("a.png", "image/png", 1, "ab")
    session, _ = fresh(SAMPLE)
    given: Answers = {"name": "Ana", "colour": "red", "photos": (photo,)}
    session, _ = advance(SAMPLE, session, "every", given)
    session = keep_draft(SAMPLE, session, "why", {"why": "HALF A REA"})
    session, ask = back(SAMPLE, restarted(session))
    name, colour, *_, photos = ask.form.inputs
    assert isinstance(name, Text)
    assert isinstance(colour, Choice)
    assert (ask.step, ask.number, ask.errors) == ("every", 1, {})
    assert (name.initial, colour.initial) == ("Ana", "red")
    assert photos.hint == "Files kept: 1. Choose again to replace them."
    again: Answers = {"name": "Ben", "colour": "red", "photos": ()}
    session, ask_or_done = advance(SAMPLE, session, "every", again)
    assert isinstance(ask_or_done, Ask)
    [why] = ask_or_done.form.inputs
    assert isinstance(why, Paragraph)
    assert (ask_or_done.form.intro, why.initial) == ("Hello Ben", "HALF A REA")
    _, done = answered(SAMPLE, session, why="I like it")
    assert isinstance(done, Done)
    assert done.answers["photos"] == (photo,)
    assert done.answers["name"] == "Ben"


def test_files_that_are_kept_survive_a_mistake_and_give_way_to_others() -> None:
    photo, other = (Upload(name, "image/png", 1, name) for name in ("a", "b"))
    session, _ = fresh(SAMPLE)
    given: Answers = {"name": "Ana", "colour": "red", "photos": (photo,)}
    session, _ = advance(SAMPLE, session, "every", given)
    session, _ = back(SAMPLE, session)
    session, wrong = advance(SAMPLE, session, "every", {"colour": "red", "photos": (other,)})
    assert isinstance(wrong, Ask)
    assert [*wrong.errors] == ["name"]
    session, _ = advance(SAMPLE, session, "every", {"name": "Ana", "colour": "red"})
    assert session.answers["every"]["photos"] == (photo,)
    session, _ = back(SAMPLE, session)
    session, _ = advance(SAMPLE, session, "every", {**given, "photos": (other,)})
    assert session.answers["every"]["photos"] == (other,)


def test_there_is_nothing_before_the_first_question() -> None:
    session, ask = fresh(SAMPLE)
    assert back(SAMPLE, session) == (session, ask)


def test_no_secret_is_kept_of_what_is_half_written() -> None:
    session, _ = fresh(SAMPLE)
    session, _ = answered(SAMPLE, session, name="Ana", colour="red")
    session = keep_draft(SAMPLE, session, "why", {"why": "password: hunter2!"})
    assert b"hunter2" not in msgspec.json.encode(session)


@given(flow=st.sampled_from(ALL), answers=answers_strategy, draft=answers_strategy)
def test_back_asks_a_question_of_the_flow_whatever_was_typed(
    flow: Questions[Any], answers: Answers, draft: Answers
) -> None:
    session, _ = fresh(flow)
    session, out = advance(flow, session, session.step, answers)
    if isinstance(out, Done):
        return
    left = keep_draft(flow, session, session.step, draft)
    assert left.path == session.path
    moved, ask = back(flow, left)
    assert ask.step == moved.step == flow.steps[0].id
    assert (ask.number, moved.path, ask.errors) == (1, (), {})
    assert back(flow, restarted(left)) == (moved, ask)


def test_answers_to_a_step_not_yet_asked_change_nothing() -> None:
    session, _ = fresh(SAMPLE)
    after, ask = advance(SAMPLE, session, "why", {"why": "too early"})
    assert isinstance(ask, Ask)
    assert (after, ask.step) == (session, "every")


def test_a_session_of_an_older_version_starts_over_with_its_answers_as_a_draft() -> None:
    session, _ = fresh(SAMPLE)
    session, _ = answered(SAMPLE, session, name="Ana", colour="red")
    old = msgspec.structs.replace(session, version=2)
    _, ask = advance(SAMPLE, old, "why", {"why": "x"})
    assert isinstance(ask, Ask)
    first = ask.form.inputs[0]
    assert isinstance(first, Text)
    assert (ask.step, first.initial) == ("every", "Ana")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((Upload("a.png", "image/png", 1, "ab"),) * 3, "Attach at most 2."),
        ((Upload("a.html", "text/html", 1, "ab"),), "Attach only: PNG."),
    ],
)
def test_files_are_checked_for_number_and_kind(answer: tuple[Upload, ...], error: str) -> None:
    session, _ = fresh(SAMPLE)
    given: Answers = {"name": "Ana", "colour": "red", "photos": answer}
    _, ask = advance(SAMPLE, session, "every", given)
    assert isinstance(ask, Ask)
    assert ask.errors == {"photos": error}


def test_a_form_takes_what_fits_and_leaves_out_what_does_not() -> None:
    upload = Upload("a.png", "image/png", 1, "ab")
    form = read_form(
        SampleForm,
        {
            "name": "Ana",
            "colour": "",
            "colours": ("red", "blue"),
            "day": "tomorrow",
            "photos": (upload,),
            "unknown": "x",
        },
    )
    assert form == SampleForm(name="Ana", colours=("red", "blue"), photos=(upload,))
    assert read_form(SampleForm, {"day": "2026-11-23"}).day == date(2026, 11, 23)


@given(
    st.builds(
        SampleForm,
        name=texts,
        colour=texts,
        colours=st.lists(texts, max_size=3).map(tuple),
        day=st.none() | st.dates(),
        photos=st.lists(uploads, max_size=2).map(tuple),
        subject=texts,
    )
)
def test_what_a_form_knows_is_kept_over_a_restart(form: SampleForm) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(known_in(form)))
    assert read_form(SampleForm, stored) == form


def test_what_is_known_at_the_start_is_filled_in_and_can_be_changed() -> None:
    session, ask = begin(SAMPLE, started(known_in(SampleForm(name="Ana", why="Because"))))
    first = ask.form.inputs[0]
    assert isinstance(first, Text)
    assert first.initial == "Ana"
    session, done = answered(SAMPLE, session, name="Ben", colour="blue")
    assert isinstance(done, Done)
    assert (done.answers["name"], done.answers["why"]) == ("Ben", "Because")


def test_the_last_step_is_asked_again_with_what_only_the_end_found_wrong() -> None:
    session, _ = fresh(SAMPLE)
    session, done = answered(SAMPLE, session, name="Ana", colour="blue")
    assert isinstance(done, Done)
    session, ask = ask_again(SAMPLE, session, {"name": "Ana is taken."})
    assert (ask.step, ask.errors) == ("every", {"name": "Ana is taken."})
    session, done = answered(SAMPLE, session, name="Ben", colour="blue")
    assert isinstance(done, Done)
    assert session.errors == {}
