"""Adding a note to a case: words and pictures that the next person should have."""

from __future__ import annotations

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.forms import Choice, File, Form, Option, Paragraph, Text
from bot.core.typed import digits_of

MOST_FILES = 5
CASE_DIGITS = 8


def _note_form(given: Given) -> Form:
    return Form(
        id="note",
        title="Add to a case",
        intro=str(given["about"]),
        inputs=(
            _which(given),
            Paragraph(name="note", label="What should the team know?", most=1000),
            File(
                name="files",
                label="Pictures or papers",
                hint="Screenshots, invoices, letters. They are kept as evidence.",
                required=False,
                most=MOST_FILES,
            ),
        ),
        submit="Add",
    )


def _which(given: Given) -> Choice | Text:
    """Offer the open cases; without any, a closed one's number can be typed."""
    offered = [pair.partition("\n") for pair in str(given["cases"]).split("\n\n") if pair]
    if not offered:
        return Text(name="case", label="Which case?", hint="Its number, like 12.", most=10)
    options = tuple(Option(value, label) for value, _, label in offered)
    hint = f"The newest {len(options)}. For another one type /note and its number."
    return Choice(
        name="case",
        label="Which case?",
        hint=hint if given.get("more") else "",
        options=options,
        initial=str(given["case"]),
    )


def _note_check(given: Given) -> Errors:
    if not 0 < len(digits_of(str(given["case"]), "C")) <= CASE_DIGITS:
        return {"case": "Please write the case's number, like 12."}
    return {}


NOTE = Flow(
    id="note",
    version=1,
    steps=(Step(id="note", form=_note_form, check=_note_check),),
)
"""Facts: ``about`` (or empty), ``cases`` (value, newline, label; an empty line between two),
``case`` (the value that is chosen at first, or empty), ``more`` (there are more cases than those,
or empty), ``quoted`` (files that are kept already)."""
