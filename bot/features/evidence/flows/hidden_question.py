"""The form about hidden data in pictures: whether the originals keep it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.files import Upload, listed
from bot.core.forms import Choice, Form, Option
from bot.core.interface import tr, tr_data
from bot.core.text import clip

HIDDEN = "hidden"
"""The step's name."""
TAKE_OUT, KEEP = "out", "keep"
MEANS = (
    "Anyone who gets the original, such as Amazon with a report, also gets this data. Removing "
    "it does not change the image. The chat never shows it."
)


def after_files(files: Sequence[Upload]) -> str:
    """Return the step that asks about hidden data; empty if the files have none."""
    return HIDDEN if any(file.whole for file in files) else ""


def hidden_form(files: Sequence[Upload]) -> Form:
    """Ask whether the originals keep their hidden data; without an answer, it is removed."""
    told = [
        tr("{file} contains {hidden}.", file=file.name, hidden=listed(file.removed))
        for file in files
        if file.whole
    ]
    means = tr_data(MEANS)
    return Form(
        id="hidden",
        title=tr("Keep hidden data?"),
        intro=clip("\n".join(told), forms.INTRO - len(means) - 1) + f"\n{means}",
        inputs=(
            Choice(
                name="hidden",
                label=tr("Hidden data in the original"),
                options=(Option(TAKE_OUT, tr("Remove it")), Option(KEEP, tr("Keep it"))),
                initial=TAKE_OUT,
                required=False,
            ),
        ),
        submit=tr("Add"),
    )
