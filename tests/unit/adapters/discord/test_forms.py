"""A flow's steps as modals, and what comes back from them."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.forms import (
    BACK,
    CONTINUE,
    TITLE,
    continue_message,
    crowded,
    modal,
    parse_form_id,
    read_answers,
)
from bot.core import forms
from bot.core.cards import Tone, parse_button_id
from bot.core.flows.forms import MISSING, check_inputs
from bot.core.forms import (
    AnyInput,
    Choice,
    Choices,
    Date,
    File,
    Form,
    Option,
    Paragraph,
    PictureSpot,
    Text,
)
from bot.core.interactions import Ask
from tests.unit.adapters.discord.accepted import (
    against_message,
    against_modal,
    refused,
    refused_modal,
)
from tests.unit.adapters.discord.markdown import meanings, shown
from tests.unit.adapters.web.content import FIRST, SECOND
from tests.unit.adapters.web.test_render_anything import FORMS

SESSION = "0123456789abcdef" * 2
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
ANYTHING = JSON | st.sampled_from(("a", [], ["a", 1, None], "\ud800"))
CONTROLS = st.fixed_dictionaries(
    {"type": st.sampled_from((3, 4, 10, 19, 21, 22, "4", None)), "custom_id": ANYTHING},
    optional={"value": ANYTHING, "values": ANYTHING},
)
SUBMISSIONS = JSON | st.fixed_dictionaries(
    {"components": st.lists(JSON | st.fixed_dictionaries({"component": CONTROLS | JSON}))}
)


def ask(form: Form, **more: Any) -> Ask:
    return Ask(form=form, session=SESSION, step="how-long", **more)


def asking(*inputs: AnyInput, intro: str = "") -> Ask:
    return ask(Form(id="f", title="f", intro=intro, inputs=inputs))


def options(number: int) -> tuple[Option, ...]:
    return tuple(Option(str(index), f"Number {index}") for index in range(number))


def controls(ask: Ask) -> list[dict[str, Any]]:
    parts = modal(ask)["components"]
    return [part["component"] for part in parts if part["type"] == 18]


def submitted(**given: dict[str, Any]) -> dict[str, Any]:
    parts = [{"type": 18, "component": {"custom_id": k, **v}} for k, v in given.items()]
    return {"custom_id": "form", "components": [{"type": 10, "id": 1}, *parts]}


def test_a_modal_says_how_far_the_wizard_is() -> None:
    assert modal(ask(SECOND, number=2, of=3))["title"] == "Step 2 of 3: What did you see?"
    assert modal(ask(SECOND))["title"] == "What did you see?"
    longest = Form(id="f", title="t" * forms.TITLE)
    assert len(modal(ask(longest, number=99, of=99))["title"]) <= TITLE
    assert modal(ask(longest, number=10**9, of=10**9))["title"] == longest.title


def test_a_form_comes_back_by_its_name() -> None:
    assert parse_form_id(modal(ask(FIRST))["custom_id"]) == (SESSION, "how-long")


@pytest.mark.parametrize(
    "id", ["", "form", "form::", "form:1:x", f"form:{SESSION}:", f"run:{SESSION}:x"]
)
def test_another_id_is_no_forms(id: str) -> None:
    assert parse_form_id(id) is None


def test_every_input_has_its_control() -> None:
    assert [control["type"] for control in controls(ask(FIRST))] == [21, 4, 4]
    assert [control["type"] for control in controls(ask(SECOND))] == [22, 4, 19]


@pytest.mark.parametrize(("number", "one", "many"), [(1, 3, 22), (2, 21, 22), (11, 3, 3)])
def test_few_options_stand_open_and_many_fold(number: int, one: int, many: int) -> None:
    choice = Choice(name="a", label="a", options=options(number))
    choices = Choices(name="b", label="b", options=options(number))
    assert [control["type"] for control in controls(asking(choice, choices))] == [one, many]


def test_a_day_is_typed_and_shows_how() -> None:
    [day] = controls(asking(Date(name="day", label="Day", initial="2026-11-23")))
    assert (day["placeholder"], day["value"], day["max_length"]) == ("YYYY-MM-DD", "2026-11-23", 10)


def test_a_spot_is_typed_as_a_cell_of_the_grid() -> None:
    spot = PictureSpot(name="s", label="s", picture="1-0001", alt="A pan", initial="416,583")
    [typed] = controls(asking(spot))
    assert (typed["type"], typed["value"]) == (4, "C4")
    [wrong] = controls(asking(msgspec.structs.replace(spot, initial="Z9")))
    assert wrong["value"] == "Z9"


def test_what_is_known_stands_in_the_form() -> None:
    written = Paragraph(name="a", label="a", initial="So far", most=100)
    one = Choice(name="b", label="b", options=options(3), initial="2")
    many = Choices(name="c", label="c", options=options(12), initial=("1", "11"))
    known, *lists = controls(asking(written, one, many))
    assert (known["value"], known["max_length"], known["style"]) == ("So far", 100, 2)
    chosen = [[o["value"] for o in each["options"] if o["default"]] for each in lists]
    assert chosen == [["2"], ["1", "11"]]


def test_what_may_be_left_out_can_be() -> None:
    inputs = (
        Text(name="a", label="a", required=False),
        Choices(name="b", label="b", required=False, options=options(3)),
        File(name="c", label="c", required=False, most=3),
    )
    text, boxes, files = controls(asking(*inputs))
    assert not any(control["required"] for control in (text, boxes, files))
    assert (boxes["min_values"], files["min_values"], files["max_values"]) == (0, 0, 3)


def test_the_intro_stands_above_the_inputs() -> None:
    first = modal(ask(FIRST))["components"][0]
    assert first["type"] == 10
    assert shown(first["content"]) == FIRST.intro


def test_an_intro_without_room_is_told_before() -> None:
    five = [Text(name=str(number), label="x") for number in range(5)]
    full = asking(*five, intro="Please read *this*.")
    assert crowded(full.form)
    assert len(modal(full)["components"]) == 5
    assert "Please read *this*." in shown(continue_message(full)["content"])
    assert not crowded(asking(*five).form)
    assert not crowded(asking(*five[1:], intro="Short").form)


def test_what_is_wrong_stands_at_its_input() -> None:
    hinted = ask(FIRST, errors={"order": "No such order."})
    [label] = [
        part
        for part in modal(hinted)["components"]
        if part.get("component", {}).get("custom_id") == "order"
    ]
    assert label["description"] == f"{Tone.WARNING.symbol} No such order."


def test_the_next_form_is_a_button_away() -> None:
    sent = continue_message(ask(SECOND, number=2, of=3))
    assert sent["content"].startswith("ℹ️ **Step 2 of 3: What did you see?**")  # noqa: RUF001
    go_on, before = sent["components"][0]["components"]
    assert [go_on["label"], before["label"]] == ["Continue", "Back"]
    assert parse_button_id(go_on["custom_id"]) == (CONTINUE, SESSION)
    assert parse_button_id(before["custom_id"]) == (BACK, SESSION)


def test_a_wrong_answer_is_told_by_the_name_of_its_input() -> None:
    sent = continue_message(ask(FIRST, errors={"order": "No such *order*.", "other": "And more."}))
    assert "• Number of the test buy: No such *order*." in shown(sent["content"])
    assert "• And more." in sent["content"]
    assert meanings(sent["content"].partition("\n")[2]) == []
    assert sent["components"][0]["components"][0]["label"] == "Correct it"


@pytest.mark.ci
@given(FORMS, st.dictionaries(st.text(max_size=40), st.text(max_size=2000), max_size=6))
def test_any_form_is_accepted(form: Form, errors: dict[str, str]) -> None:
    step = ask(form, errors=errors, number=1, of=2)
    assert refused_modal(modal(step)) == []
    assert refused(continue_message(step)) == []
    assert len(controls(step)) == len(form.inputs)


def test_answers_come_back_as_the_wizard_wants_them() -> None:
    first, files = read_answers(
        submitted(
            claim={"type": 21, "value": "trademark"},
            order={"type": 4, "value": "111-1234567-1234567"},
            bought={"type": 4, "value": ""},
        )
    )
    assert (files, check_inputs(FIRST, first)[1]) == ({}, {})
    second, files = read_answers(
        submitted(
            signs={"type": 22, "values": ["label", "smell"]},
            story={"type": 4, "value": "It smells."},
            photos={"type": 19, "values": ["123", "456"]},
        )
    )
    assert second == {"signs": ("label", "smell"), "story": "It smells."}
    assert files == {"photos": ["123", "456"]}


@pytest.mark.parametrize("chosen", [[], ["3"], ["3", "5"]])
def test_a_list_may_take_one_or_many(chosen: list[str]) -> None:
    one = Choice(name="one", label="x", options=options(20), required=False)
    many = Choices(name="many", label="x", options=options(20), required=False)
    sent = submitted(one={"type": 3, "values": chosen[:1]}, many={"type": 3, "values": chosen})
    kept, errors = check_inputs(asking(one, many).form, read_answers(sent)[0])
    assert errors == {}
    assert kept == {"one": "".join(chosen[:1]), "many": tuple(chosen)}


def test_what_is_not_answered_is_empty() -> None:
    sent = submitted(
        claim={"type": 21, "value": None},
        order={"type": 4, "value": ""},
        signs={"type": 22, "values": []},
        photos={"type": 19, "values": []},
    )
    answers, files = read_answers(sent)
    assert answers == {"claim": "", "order": "", "signs": ()}
    assert files == {"photos": []}
    assert check_inputs(FIRST, answers)[1]["order"] == MISSING


def test_too_long_a_text_is_told_and_not_cut_in_silence() -> None:
    answers, _ = read_answers(submitted(story={"type": 4, "value": "x" * 10_000}))
    assert len(str(answers["story"])) == forms.PARAGRAPH + 1
    assert "shorten" in check_inputs(SECOND, answers)[1]["story"]


def test_half_a_character_can_be_stored() -> None:
    answers, _ = read_answers(submitted(story={"type": 4, "value": json.loads('"a\\ud800"')}))
    assert answers == {"story": "a?"}


@given(SUBMISSIONS)
def test_whatever_is_sent_is_read(data: Any) -> None:
    answers, files = read_answers(data)
    assert len(answers) + len(files) <= forms.INPUTS
    assert all(len(answer) <= forms.PARAGRAPH + 1 for answer in answers.values())
    assert all(len(ids) <= forms.FILES for ids in files.values())
    json.dumps([answers, files]).encode()


def test_discords_limits_meet_the_budget() -> None:
    shared: dict[str, Any] = {"label": "x" * forms.LABEL, "hint": "x" * forms.HINT}
    many = tuple(Option(str(n).ljust(forms.OPTION, "x"), "x" * forms.OPTION) for n in range(25))
    inputs = (
        Text(name="1".ljust(forms.NAME), most=forms.TEXT, initial="x" * forms.TEXT, **shared),
        Paragraph(name="2", initial="x" * forms.PARAGRAPH, **shared),
        Choice(name="3", options=many, **shared),
        Choices(name="4", options=many, initial=tuple(each.value for each in many), **shared),
        File(name="5", most=forms.FILES, **shared),
    )
    for kept in (inputs, inputs[1:]):
        title = "x" * forms.TITLE
        form = Form(id="f", title=title, intro="*" * forms.INTRO, inputs=kept)
        step = Ask(form=form, session=SESSION, step="x" * forms.NAME)
        assert refused_modal(modal(step)) == []
        assert refused(continue_message(step)) == []


@pytest.mark.conformance
@settings(max_examples=40)
@given(FORMS)
def test_the_specification_allows_any_form(form: Form) -> None:
    assert against_modal(modal(ask(form))) == []
    assert against_message(continue_message(ask(form, errors={"a": "*"}))) == []
