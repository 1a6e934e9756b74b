"""Forms refuse what some chat could not ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import forms
from bot.core.flows.forms import MISSING, check_inputs, fill
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
from bot.core.spots import Spot, cell_of
from bot.errors import BudgetError

ONE = (Option("a", "A"),)


def form(*inputs: AnyInput) -> Form:
    return Form(id="form", title="Title", inputs=inputs)


def options(number: int) -> tuple[Option, ...]:
    return tuple(Option(str(place), f"Option {place}") for place in range(number))


def test_a_form_with_each_kind_of_input_is_fine() -> None:
    asked = form(
        Text(name="text", label="Text", initial="x" * forms.TEXT, most=forms.TEXT),
        Paragraph(name="more", label="More", initial="x" * forms.PARAGRAPH),
        Choice(name="one", label="One", options=options(forms.OPTIONS)),
        Date(name="day", label="Day"),
        File(name="file", label="File", most=forms.FILES),
    )
    assert len(asked.inputs) == forms.INPUTS


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (Text(name="", label="L"), "input name"),
        (Text(name="n" * (forms.NAME + 1), label="L"), "input name"),
        (Text(name="n", label=""), "input label"),
        (Text(name="n", label="l" * (forms.LABEL + 1)), "input label"),
        (Text(name="n", label="L", hint="h" * (forms.HINT + 1)), "input hint"),
        (Text(name="n", label="L", initial="too long", most=3), "initial text"),
        (Text(name="n", label="L", most=forms.TEXT + 1), "characters of text"),
        (Paragraph(name="n", label="L", initial="too long", most=3), "initial text"),
        (Paragraph(name="n", label="L", most=forms.PARAGRAPH + 1), "characters of text"),
        (Choice(name="n", label="L", options=()), "no options"),
        (Choices(name="n", label="L", options=()), "no options"),
        (Choice(name="n", label="L", options=options(forms.OPTIONS + 1)), "options"),
        (Choices(name="n", label="L", options=ONE * 2), "two options with the same value"),
        (Choice(name="n", label="L", options=(Option("", "A"),)), "option value"),
        (Choice(name="n", label="L", options=(Option("a", "A" * 76),)), "option label"),
        (File(name="n", label="L", most=forms.FILES + 1), "files"),
        (PictureSpot(name="n", label="L", picture="", alt="A"), "picture name"),
        (PictureSpot(name="n", label="L", picture="p", alt=""), "what a picture shows"),
        (PictureSpot(name="n", label="L", picture="p", alt="A", marks=("1,2",) * 10), "marks"),
        (PictureSpot(name="n", label="L", picture="p", alt="A", initial="x" * 10), "mark"),
    ],
)
def test_an_input_over_its_budget_is_refused_by_name(asked: AnyInput, named: str) -> None:
    with pytest.raises(BudgetError, match=named):
        form(asked)


def test_too_many_inputs_are_refused() -> None:
    asked = tuple(Text(name=f"n{place}", label="L") for place in range(forms.INPUTS + 1))
    with pytest.raises(BudgetError, match="inputs"):
        form(*asked)


def test_two_inputs_of_one_name_are_refused() -> None:
    with pytest.raises(BudgetError, match="two inputs with the same name"):
        form(Text(name="n", label="L"), Date(name="n", label="L"))


@pytest.mark.parametrize(
    ("name", "title", "intro", "submit"),
    [
        ("", "Title", "", "Go"),
        ("i" * (forms.NAME + 1), "Title", "", "Go"),
        ("form", "", "", "Go"),
        ("form", "t" * (forms.TITLE + 1), "", "Go"),
        ("form", "Title", "i" * (forms.INTRO + 1), "Go"),
        ("form", "Title", "", ""),
        ("form", "Title", "", "s" * (forms.TITLE + 1)),
    ],
)
def test_the_frame_of_a_form_has_a_budget_too(
    name: str, title: str, intro: str, submit: str
) -> None:
    with pytest.raises(BudgetError):
        Form(id=name, title=title, intro=intro, submit=submit)


def test_a_choice_that_is_offered_no_more_leaves_the_one_that_was_preset() -> None:
    def chosen(value: str) -> Form:
        return form(Choice(name="n", label="L", options=options(2), initial=value))

    assert fill(chosen("1"), {"n": "gone"}) == chosen("1")
    assert fill(chosen("1"), {"n": "0"}) == chosen("0")


@pytest.mark.parametrize("required", [True, False])
def test_a_day_that_is_left_empty_is_empty_and_missing_only_where_it_must_be(
    required: bool,
) -> None:
    asked = form(Date(name="n", label="L", required=required))
    answers, wrong = check_inputs(asked, {"n": "  "})
    assert answers == {"n": ""}
    assert wrong == ({"n": MISSING} if required else {})


SPOT = form(PictureSpot(name="where", label="Where?", picture="1-0001", alt="A pan"))


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_spot_comes_back_as_it_was_pointed_at(x: int, y: int) -> None:
    answers, errors = check_inputs(SPOT, {"where": f"{x},{y}"})
    assert errors == {}
    assert answers == {"where": f"{x},{y}"}
    assert fill(SPOT, answers).inputs[0] == PictureSpot(
        name="where", label="Where?", picture="1-0001", alt="A pan", initial=f"{x},{y}"
    )


@given(st.sampled_from("ABCDEF"), st.integers(1, 6), st.sampled_from([str.upper, str.lower]))
def test_a_cell_is_the_spot_in_its_middle(
    column: str, row: int, typed: Callable[[str], str]
) -> None:
    answers, errors = check_inputs(SPOT, {"where": f" {typed(column)}{row} "})
    assert errors == {}
    spot = Spot.read(str(answers["where"]))
    assert spot.cell == cell_of(spot.written) == f"{column}{row}"


@given(st.text(max_size=40) | st.none())
def test_what_is_no_spot_is_asked_for_again_and_stays_as_it_was_typed(text: str | None) -> None:
    answers, errors = check_inputs(SPOT, {} if text is None else {"where": text})
    kept = str(answers["where"])
    assert len(kept) <= 9
    if errors:
        assert cell_of(kept) == kept
    else:
        assert Spot.read(kept).written == kept
