"""A flow's steps as modals, and what comes back from them."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.forms import (
    ANSWER,
    block_id,
    errors,
    form_view,
    read_answers,
    said_view,
)
from adapters.slack.listener import WAIT
from bot.core import forms
from bot.core.cards import Tone
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
from tests.platforms.slack.limits import of_view
from tests.platforms.slack.mentions import fired
from tests.unit.adapters.slack.content import escaped
from tests.unit.adapters.web.content import FIRST, SECOND
from tests.unit.adapters.web.test_render_anything import FORMS

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
KEYS = ("type", "value", "selected_date", "selected_option", "selected_options", "files")
ANYTHING = JSON | st.sampled_from(("\ud800", [{"value": "a"}, {"value": 1}, 2], {"value": "a"}))
VALUES = JSON | st.dictionaries(
    st.sampled_from(("step/a", "step/b/c", "a", "/", "")),
    JSON | st.fixed_dictionaries({ANSWER: st.dictionaries(st.sampled_from(KEYS), ANYTHING)}),
)


def ask(form: Form, **more: Any) -> Ask:
    return Ask(**{"form": form, "session": "s", "step": "how-long", **more})


def asking(*inputs: AnyInput) -> Ask:
    return ask(Form(id="f", title="f", inputs=inputs))


def options(number: int) -> tuple[Option, ...]:
    return tuple(Option(str(index), f"Number {index}") for index in range(number))


def elements(ask: Ask) -> list[dict[str, Any]]:
    return [b["element"] for b in form_view(ask, "")["blocks"] if b["type"] == "input"]


def words(view: dict[str, Any]) -> list[str]:
    """Return what stands above the inputs."""
    shown = [block for block in view["blocks"] if block["type"] != "input"]
    return [(b.get("text") or b["elements"][0])["text"] for b in shown]


def answered(**given: dict[str, Any]) -> dict[str, Any]:
    return {block_id("how-long", name): {ANSWER: element} for name, element in given.items()}


def picked(*values: str) -> list[dict[str, Any]]:
    return [{"text": {"type": "plain_text", "text": "?"}, "value": value} for value in values]


def refused(view: dict[str, Any]) -> list[str]:
    return [*of_view(view), *of_view(escaped(view)), *fired(view)]


def test_a_modal_says_how_far_the_wizard_is_and_what_it_is_for() -> None:
    assert words(form_view(ask(FIRST, of=4), "")) == ["Step 1 of 4", FIRST.intro]
    assert words(form_view(ask(FIRST, number=2, of=4), ""))[:2] == ["Step 2 of 4", FIRST.intro]
    view = form_view(ask(SECOND), "where it belongs")
    assert words(view) == []
    assert view["private_metadata"] == "where it belongs"
    assert [view[key]["text"] for key in ("title", "submit", "close")] == [
        "What did you see?",
        "Finish",
        "Cancel",
    ]


def test_every_input_has_its_control() -> None:
    assert [element["type"] for element in elements(ask(FIRST))] == [
        "radio_buttons",
        "plain_text_input",
        "datepicker",
    ]
    assert [element["type"] for element in elements(ask(SECOND))] == [
        "checkboxes",
        "plain_text_input",
        "file_input",
    ]


@pytest.mark.parametrize(
    ("number", "one", "many"),
    [
        (8, "radio_buttons", "checkboxes"),
        (9, "static_select", "checkboxes"),
        (11, "static_select", "multi_static_select"),
    ],
)
def test_few_options_stand_open_and_many_fold(number: int, one: str, many: str) -> None:
    choice = Choice(name="a", label="a", options=options(number))
    choices = Choices(name="b", label="b", options=options(number))
    assert [element["type"] for element in elements(asking(choice, choices))] == [one, many]


def test_a_spot_is_typed_as_a_cell_of_the_grid() -> None:
    spot = PictureSpot(name="s", label="s", picture="1-0001", alt="A pan", initial="416,583")
    [typed] = elements(asking(spot))
    assert (typed["type"], typed["initial_value"]) == ("plain_text_input", "C4")
    [empty] = elements(asking(msgspec.structs.replace(spot, initial="")))
    assert "initial_value" not in empty


def test_what_is_known_stands_in_the_form() -> None:
    written, one, many, day = elements(
        asking(
            Paragraph(name="a", label="a", initial="So far", most=100),
            Choice(name="b", label="b", options=options(3), initial="2"),
            Choices(name="c", label="c", options=options(12), initial=("1", "11")),
            Date(name="d", label="d", initial="2026-11-23"),
        )
    )
    assert (written["initial_value"], written["max_length"]) == ("So far", 100)
    assert written["multiline"]
    assert one["initial_option"]["value"] == "2"
    assert [option["value"] for option in many["initial_options"]] == ["1", "11"]
    assert day["initial_date"] == "2026-11-23"


@pytest.mark.parametrize("day", ["", "2026-02-31", "tomorrow"])
def test_what_is_no_day_costs_no_form(day: str) -> None:
    [element] = elements(asking(Date(name="d", label="d", initial=day)))
    assert "initial_date" not in element


@pytest.mark.parametrize(
    ("kinds", "types"),
    [
        (("image/png", "image/jpeg"), ["png", "jpg", "jpeg"]),
        (("image/png", "image/x-odd"), None),
        ((), None),
    ],
)
def test_files_are_filtered_only_by_kinds_that_have_a_known_ending(
    kinds: tuple[str, ...], types: list[str] | None
) -> None:
    [element] = elements(asking(File(name="a", label="a", kinds=kinds, most=3)))
    assert (element.get("filetypes"), element["max_files"]) == (types, 3)


def test_what_may_be_left_out_can_be() -> None:
    view = form_view(ask(FIRST), "")
    shown = [block.get("optional", False) for block in view["blocks"] if block["type"] == "input"]
    assert shown == [False, False, True]


def test_two_steps_share_no_block_and_one_step_keeps_its_own() -> None:
    steps = [ask(FIRST, step=step) for step in ("one", "two", "two")]
    one, two, again = ([b.get("block_id") for b in form_view(s, "")["blocks"]] for s in steps)
    assert {*one} & {*two} <= {None}
    assert two == again


def test_what_is_wrong_stands_at_its_input() -> None:
    wrong = ask(FIRST, errors={"order": "No such order.", "other": "And in general."})
    assert errors(wrong) == {
        "how-long/order": "No such order.",
        "how-long/claim": "And in general.",
    }
    both = ask(FIRST, errors={"claim": "Odd.", "other": "And in general."})
    assert errors(both) == {"how-long/claim": "Odd. And in general."}
    assert errors(ask(Form(id="f", title="f"), errors={"other": "x"})) == {}


def test_a_form_that_is_opened_anew_says_what_was_wrong() -> None:
    wrong = ask(FIRST, errors={"order": "No such order.", "other": "And in general."})
    assert words(form_view(wrong, ""))[0].splitlines() == [
        f"{Tone.WARNING.symbol} Number of the test buy: No such order.",
        f"{Tone.WARNING.symbol} And in general.",
    ]


@settings(max_examples=60)
@given(FORMS, st.dictionaries(st.text(max_size=40), st.text(max_size=1500), max_size=6))
def test_any_form_is_accepted(form: Form, wrong: dict[str, str]) -> None:
    step = ask(form, errors=wrong, number=1, of=2)
    assert refused(form_view(step, "m" * 3000)) == []
    assert len(elements(step)) == len(form.inputs)
    assert {*errors(step)} <= {block_id("how-long", asked.name) for asked in form.inputs}


@given(st.text(), FORMS)
def test_any_inputs_name_comes_back(step: str, form: Form) -> None:
    sent = {
        block["block_id"]: {ANSWER: {"type": "plain_text_input", "value": None}}
        for block in form_view(ask(form, step=step), "")["blocks"]
        if block["type"] == "input"
    }
    assert read_answers(sent) == ({asked.name: "" for asked in form.inputs}, {})
    assert all(len(id) <= 255 for id in sent)


def test_answers_come_back_as_the_wizard_wants_them() -> None:
    first, none = read_answers(
        answered(
            claim={"type": "radio_buttons", "selected_option": picked("trademark")[0]},
            order={"type": "plain_text_input", "value": "111-1234567-1234567"},
            bought={"type": "datepicker", "selected_date": None},
        )
    )
    assert (none, check_inputs(FIRST, first)[1]) == ({}, {})
    second, files = read_answers(
        answered(
            signs={"type": "checkboxes", "selected_options": picked("label", "smell")},
            story={"type": "plain_text_input", "value": "It smells."},
            photos={"type": "file_input", "files": [{"id": "F1"}, {"id": "F2"}]},
        )
    )
    assert second == {"signs": ("label", "smell"), "story": "It smells."}
    assert files == {"photos": [{"id": "F1"}, {"id": "F2"}]}


def test_what_is_not_answered_is_empty() -> None:
    answers, files = read_answers(
        answered(
            claim={"type": "radio_buttons", "selected_option": None},
            order={"type": "plain_text_input", "value": None},
            signs={"type": "checkboxes", "selected_options": []},
            photos={"type": "file_input", "files": []},
        )
    )
    assert answers == {"claim": "", "order": "", "signs": ()}
    assert files == {"photos": []}
    assert check_inputs(FIRST, answers)[1]["order"] == MISSING


def test_too_long_a_text_is_told_and_not_cut_in_silence() -> None:
    answers, _ = read_answers(answered(story={"type": "plain_text_input", "value": "x" * 10_000}))
    assert len(str(answers["story"])) == forms.PARAGRAPH + 1
    assert "shorten" in check_inputs(SECOND, answers)[1]["story"]


def test_half_a_character_can_be_stored() -> None:
    sent = answered(story={"type": "plain_text_input", "value": json.loads('"a\\ud800"')})
    assert read_answers(sent)[0] == {"story": "a?"}


@given(VALUES)
def test_whatever_is_sent_is_read(values: Any) -> None:
    answers, files = read_answers(values)
    assert len(answers) + len(files) <= forms.INPUTS
    assert all(len(answer) <= forms.PARAGRAPH + 1 for answer in answers.values())
    assert all(isinstance(file, dict) for found in files.values() for file in found)
    json.dumps(answers).encode()


def test_a_flood_of_answers_is_bounded() -> None:
    flood: dict[str, Any] = {
        f"step/{number}": {ANSWER: {"files": [{}] * 99} if number % 2 else {"value": "x" * 10**6}}
        for number in range(100)
    }
    answers, files = read_answers(flood)
    assert len(answers) + len(files) == forms.INPUTS
    assert all(len(found) == forms.FILES for found in files.values())
    [many] = read_answers({"s/n": {ANSWER: {"selected_options": picked("a") * 99}}})[0].values()
    assert len(many) == forms.OPTIONS


@pytest.mark.parametrize(
    "view",
    [
        said_view(WAIT, Tone.INFO),
        said_view("Done. " + "&" * 5000, Tone.GOOD),
        form_view(ask(Form(id="f", title="f")), ""),
    ],
)
def test_a_view_without_inputs_is_accepted(view: dict[str, Any]) -> None:
    assert refused(view) == []
    assert words(view)


def test_slacks_limits_meet_the_budget() -> None:
    shared: dict[str, Any] = {"label": "&" * forms.LABEL, "hint": "&" * forms.HINT}
    many = tuple(Option(str(n).ljust(forms.OPTION, "x"), "x" * forms.OPTION) for n in range(25))
    inputs = (
        Text(name="1".ljust(forms.NAME), most=forms.TEXT, initial="x" * forms.TEXT, **shared),
        Paragraph(name="2", initial="x" * forms.PARAGRAPH, **shared),
        Choice(name="3", options=many, **shared),
        Choices(name="4", options=many, initial=tuple(each.value for each in many), **shared),
        File(name="5", most=forms.FILES, **shared),
    )
    title = "x" * forms.TITLE
    form = Form(id="f", title=title, intro="&" * forms.INTRO, inputs=inputs, submit=title)
    view = form_view(ask(form, step="x" * forms.NAME), "m" * 3000)
    assert refused(view) == []
    assert "…" not in str(view)
