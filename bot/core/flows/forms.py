"""A flow's answers: checked against what was asked, filled in again, and read into a typed struct.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec

from bot.core.files import Upload
from bot.core.forms import (
    OPTION,
    Answer,
    Answers,
    AnyInput,
    Choice,
    Choices,
    Date,
    File,
    Form,
    Paragraph,
    PersonChoice,
    PictureSpot,
    Text,
)
from bot.core.interface import tr, tr_data
from bot.core.spots import WRITTEN, Spot
from bot.errors import UserError

F = TypeVar("F", bound="FlowForm")

Errors = dict[str, str]
"""What is wrong, by the name of the input."""


class WrongAnswers(UserError):
    """What only the end of a flow finds wrong: its last step is asked again, with why."""

    default_message = "Some fields have a problem. Correct them, then send the form again."

    def __init__(self, message: str = "", /, **errors: str) -> None:
        """Take what is wrong, by the name of the input."""
        super().__init__(message or " ".join(errors.values()))
        self.errors: Errors = errors


class FlowForm(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a flow was told at its start, and the answers to all its steps.

    A field has the name of its input. Every field has a default: what nobody answered yet. What
    was left empty is the same as not answered. A field's type is what the answer is converted to:
    a ``date``, an enum, a tuple of uploads.
    """

    subject: str = ""
    """What the flow is about, for example a case's key."""


def read_form(form: type[F], given: Mapping[str, object]) -> F:
    """Make the form of what is known.

    What does not fit its field is as if nobody had answered: it is of an older version.
    """
    fields: dict[str, Any] = {}
    for name, type_ in fields_of(form):
        value = given.get(name, "")
        if value in ("", (), []):
            continue
        try:
            fields[name] = msgspec.convert(value, type_, strict=False)
        except msgspec.ValidationError:
            continue
    return form(**fields)


def known_in(form: FlowForm) -> dict[str, object]:
    """Return what the form knows, by name, as it is kept: ``read_form`` reads it."""
    known = msgspec.to_builtins(form)
    return dict(known) if isinstance(known, dict) else {}


def errors_in(**readers: Callable[[], object]) -> Errors:
    """Read each input; return what is wrong, by the input's name."""
    errors: Errors = {}
    for name, read in readers.items():
        try:
            read()
        except UserError as error:
            errors[name] = str(error)
    return errors


@cache
def fields_of(form: type[FlowForm]) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a form with their types."""
    return tuple((field.name, field.type) for field in msgspec.structs.fields(form))


MISSING = "Please fill this in."


def fill(form: Form, answers: Answers) -> Form:
    """Show the form with these answers already in it, as far as they fit."""
    inputs = tuple(_filled(asked, answers.get(asked.name)) for asked in form.inputs)
    return msgspec.structs.replace(form, inputs=inputs)


def has_files(answer: Answer) -> bool:
    """Tell whether an answer consists of files."""
    return not isinstance(answer, str) and any(isinstance(each, Upload) for each in answer)


def check_inputs(form: Form, answers: Answers) -> tuple[Answers, dict[str, str]]:
    """Return the answers to the inputs that were asked, and what is wrong by input.

    Whatever was not asked is dropped; a missing answer counts as empty.
    """
    kept: Answers = {}
    errors: dict[str, str] = {}
    for asked in form.inputs:
        answer, error = _read(asked, answers.get(asked.name))
        kept[asked.name] = answer
        if error:
            errors[asked.name] = error
    return kept, errors


def _filled(asked: AnyInput, answer: Answer | None) -> AnyInput:
    match asked, answer:
        case ((Text() | Paragraph() | Date() | Choice() | PersonChoice() | PictureSpot()), str()):
            return msgspec.structs.replace(asked, initial=_fitting(asked, answer))
        case Choices(), tuple():
            chosen = tuple(value for value in answer if isinstance(value, str))
            return msgspec.structs.replace(asked, initial=chosen)
        case File(), tuple() if has_files(answer):
            kept = tr("Files kept: {number}. Choose again to replace them.", number=len(answer))
            return msgspec.structs.replace(asked, hint=kept, required=False)
        case _:
            return asked


def _fitting(
    asked: Text | Paragraph | Date | Choice | PersonChoice | PictureSpot, answer: str
) -> str:
    match asked:
        case Text(most=most) | Paragraph(most=most):
            return answer[:most]
        case Choice(options=options):
            return answer if answer in {option.value for option in options} else asked.initial
        case PersonChoice():
            return answer[:OPTION]
        case Date():
            return answer[:10]
        case PictureSpot():
            return answer[:WRITTEN]


def _read(asked: AnyInput, answer: Answer | None) -> tuple[Answer, str]:
    match asked:
        case Text(most=most) | Paragraph(most=most):
            return _read_text(asked, answer, most)
        case Choice() | Choices() | PersonChoice():
            return _read_chosen(asked, answer)
        case Date():
            return _read_date(asked, answer)
        case File():
            return _read_files(asked, answer)
        case PictureSpot():
            return _read_spot(asked, answer)


def _read_chosen(
    asked: Choice | Choices | PersonChoice, answer: Answer | None
) -> tuple[Answer, str]:
    match asked:
        case Choice(options=options):
            values = frozenset(option.value for option in options)
            return _read_choice(asked, answer, values)
        case Choices(options=options):
            return _read_choices(asked, answer, tuple(option.value for option in options))
        case PersonChoice():
            return _read_person(asked, answer)


def _read_text(asked: AnyInput, answer: Answer | None, most: int) -> tuple[str, str]:
    text = answer.strip() if isinstance(answer, str) else ""
    if len(text) > most:
        return text[:most], tr(
            "Please shorten this to {most} characters. It has {length}.",
            most=f"{most:,}",
            length=f"{len(text):,}",
        )
    return text, "" if text else _missing(asked)


def _missing(asked: AnyInput) -> str:
    return tr_data(MISSING) if asked.required else ""


def _read_choice(asked: AnyInput, answer: Answer | None, values: frozenset[str]) -> tuple[str, str]:
    if isinstance(answer, str) and answer in values:
        return answer, ""
    if answer:
        return "", tr("That choice is not in the list. Please choose again.")
    return "", tr("Please choose one.") if asked.required else ""


def _read_choices(
    asked: AnyInput, answer: Answer | None, values: tuple[str, ...]
) -> tuple[tuple[str, ...], str]:
    given = (answer,) if isinstance(answer, str) and answer else answer
    wanted = set(given) if isinstance(given, tuple) else set()
    chosen = tuple(value for value in values if value in wanted)
    if len(chosen) < len(wanted):
        return chosen, tr("One of your choices is not in the list. Please choose again.")
    return chosen, tr("Please choose at least one.") if asked.required and not chosen else ""


def _read_person(asked: AnyInput, answer: Answer | None) -> tuple[str, str]:
    """Read an id; whether they belong to the team, the end of the flow looks up."""
    id = answer.strip() if isinstance(answer, str) else ""
    if len(id) > OPTION:
        return "", tr("That choice is not in the list. Please choose again.")
    return id, tr("Please choose one.") if asked.required and not id else ""


def _read_date(asked: AnyInput, answer: Answer | None) -> tuple[str, str]:
    text = answer.strip()[:40] if isinstance(answer, str) else ""
    if not text:
        return "", _missing(asked)
    try:
        return date.fromisoformat(text).isoformat(), ""
    except ValueError:
        return text, tr("Please enter a date like 2026-11-23.")


def _read_spot(asked: PictureSpot, answer: Answer | None) -> tuple[str, str]:
    text = answer.strip() if isinstance(answer, str) else ""
    if not text:
        return "", _missing(asked)
    try:
        return Spot.read(text).written, ""
    except UserError as error:
        return text[:WRITTEN], str(error)


_KINDS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    "application/pdf": "PDF",
}
"""What people call kinds of files."""


def _read_files(asked: File, answer: Answer | None) -> tuple[tuple[Upload, ...], str]:
    given = answer if isinstance(answer, tuple) else ()
    handed_in = [file for file in given if isinstance(file, Upload)]
    files = tuple(file if asked.asks else file.bare for file in handed_in)
    if len(files) > asked.most:
        return files[: asked.most], tr("Attach at most {most}.", most=asked.most)
    if asked.kinds and any(file.kind not in asked.kinds for file in files):
        names = dict.fromkeys(_KINDS.get(kind, kind) for kind in asked.kinds)
        return files, tr("Attach only: {kinds}.", kinds=", ".join(names))
    return files, tr("Attach a file.") if asked.required and not files else ""
