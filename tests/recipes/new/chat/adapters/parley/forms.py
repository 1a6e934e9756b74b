"""Forms as Parley asks them, and what is read of the answers. Pure."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.core import forms
from bot.core.forms import Answers
from bot.core.interactions import Ask

Json = dict[str, Any]


def form(ask: Ask) -> Json:
    """Return what Parley asks: the inputs as they are, with what is wrong beside each."""
    step = f"Step {ask.number} of {ask.of}: " if ask.of > 1 else ""
    return {
        "title": f"{step}{ask.form.title}",
        "text": ask.form.intro,
        "submit": ask.form.submit,
        "inputs": msgspec.to_builtins(ask.form.inputs),
        "errors": ask.errors,
        "session": ask.session,
        "step": ask.step,
    }


def read_answers(given: object) -> tuple[Answers, dict[str, list[Json]]]:
    """Return texts and choices, and the files, by the name of their input.

    It comes from outside: what has the wrong shape counts as empty.
    """
    answers: Answers = {}
    files: dict[str, list[Json]] = {}
    named = given.items() if isinstance(given, dict) else ()
    for name, value in [*named][: forms.INPUTS]:
        match value:
            case str():
                answers[name] = _text(value)
            case [{}, *_]:
                files[name] = [each for each in value if isinstance(each, dict)][: forms.FILES]
            case [*values]:
                answers[name] = tuple(_text(each) for each in values[: forms.OPTIONS])
    return answers, files


def _text(value: object) -> str:
    # One character more than allowed is kept, for the check to see and to say.
    text = value[: forms.PARAGRAPH + 1] if isinstance(value, str) else ""
    return text.encode(errors="replace").decode()
