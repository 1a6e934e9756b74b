"""Removing words for good: what reaches far is asked about, because it cannot be undone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Form, Text
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.redactable import FoundWords
from bot.core.redacting import FLOW, remove_words
from bot.core.request import RequestContext

FIRST_WORDS = 120
"""Characters of the words that the form shows."""


class RedactForm(FlowForm, frozen=True, kw_only=True):
    """Words to remove; ``subject`` is the name of what has them."""

    called: str = ""
    """What has them, inside of a sentence."""
    shown: str = ""
    """Their beginning."""
    also: str = ""
    """What goes with them, and what stays."""
    why: str = ""


def _why_form(given: RedactForm) -> Form:
    called = given.called[:1].upper() + given.called[1:]
    return Form(
        id="redact",
        title="Permanently remove text",
        intro=f"{called}: \N{LEFT DOUBLE QUOTATION MARK}{given.shown}"
        f"\N{RIGHT DOUBLE QUOTATION MARK}\n{given.also}\n"
        "The text becomes [removed]. This cannot be undone. Messages and files that people "
        "posted stay in the chat until those people delete them. Older backups still contain the "
        "text.",
        inputs=(
            Text(
                name="why",
                label="Why?",
                hint="Kept on record with your name and the time.",
                most=200,
            ),
        ),
        submit="Remove",
    )


def _removed(_: RequestContext, found: FoundWords) -> Sequence[Reply]:
    told = f"Removed the text of {found.called}. Brandwarden's messages update in a moment."
    return [Notice(told, Tone.GOOD)]


REDACT = Flow(
    id=FLOW,
    version=2,
    form=RedactForm,
    permission=Permission.CONFIGURE,
    steps=(Step(id="why", form=_why_form),),
    finish=lambda ctx, form: remove_words(ctx.app, ctx.tx, ctx.who, form.subject, form.why),
    answer=_removed,
)
