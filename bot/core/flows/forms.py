"""What a flow's answers mean: a typed struct, made of what is known by name. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from bot.errors import UserError

F = TypeVar("F", bound="FlowForm")

Errors = dict[str, str]
"""What is wrong, by the name of the input."""


class WrongAnswers(UserError):
    """What only the end of a flow finds wrong: its last step is asked again, with why."""

    default_message = "Something in the form is not right. Send it again."

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
    for name, type_ in _fields(form):
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
def _fields(form: type[FlowForm]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.type) for field in msgspec.structs.fields(form))
