"""What the flows of all letters share: the text to be changed, and the answer at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.core import forms
from bot.core.cards import Tone
from bot.core.forms import Form, Paragraph
from bot.core.interactions import Notice, Reply, Update
from bot.core.request import RequestContext
from bot.errors import UserError
from bot.features.letters.service.keeping import LetterKept

T = TypeVar("T")


def text_form(draft: str, title: str, hint: str, notice: str = "") -> Form:
    """Show the text to be changed, below what should be known of it."""
    return Form(
        id="letter-text",
        title=title,
        intro=notice,
        inputs=(Paragraph(name="text", label="Text", hint=hint, initial=draft[: forms.PARAGRAPH]),),
        submit="Ready",
    )


def answered(value: T | None) -> T:
    """Return what the form must have by now.

    Raises:
        UserError: it has not; an older version of the program asked for something else.
    """
    if value is None:
        message = "This form is from an older version. Press the button again."
        raise UserError(message)
    return value


def letter_kept(_: RequestContext, kept: LetterKept) -> Sequence[Reply]:
    """Say where the letter's card is, or show it to who asked alone."""
    if kept.case is None:
        return [Update(kept.card)]
    return [Notice(f"{kept.says} See its card in the thread of {kept.case.label}.", Tone.GOOD)]
