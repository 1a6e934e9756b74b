"""The form about hidden data in pictures: whether the originals keep it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.files import Upload, listed
from bot.core.forms import Choice, Form, Option
from bot.core.text import clip

HIDDEN = "hidden"
"""The step's name."""
TAKE_OUT, KEEP = "out", "keep"
_MEANS = (
    "Anyone who gets the original, such as Amazon with a report, also gets this data. Removing "
    "it does not change the image. The chat never shows it."
)


def after_files(files: Sequence[Upload]) -> str:
    """Return the step that asks about hidden data; empty if the files have none."""
    return HIDDEN if any(file.whole for file in files) else ""


def hidden_form(files: Sequence[Upload]) -> Form:
    """Ask whether the originals keep their hidden data; without an answer, it is removed."""
    told = [f"{file.name} contains {listed(file.removed)}." for file in files if file.whole]
    return Form(
        id="hidden",
        title="Keep hidden data?",
        intro=clip("\n".join(told), forms.INTRO - len(_MEANS) - 1) + f"\n{_MEANS}",
        inputs=(
            Choice(
                name="hidden",
                label="Hidden data in the original",
                options=(Option(TAKE_OUT, "Remove it"), Option(KEEP, "Keep it")),
                initial=TAKE_OUT,
                required=False,
            ),
        ),
        submit="Add",
    )
