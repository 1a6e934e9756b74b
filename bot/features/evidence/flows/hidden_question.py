"""What is asked where pictures tell more than they show: whether that stays in the original."""

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
    """Name the step that follows where there is something to ask; empty: nothing is."""
    return HIDDEN if any(file.whole for file in files) else ""


def hidden_form(files: Sequence[Upload]) -> Form:
    """Ask whether what the pictures tell stays in the originals; unanswered, it does not."""
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
