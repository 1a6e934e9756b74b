"""Removing the words of an entry: what reaches far is asked about, because it cannot be undone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Tone
from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.forms import Form, Text
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.cases.models.cases import Entry
from bot.features.cases.rules.redacting import RedactInput
from bot.features.cases.service.redacting import FLOW, redact

FIRST_WORDS = 120
"""Characters of the entry that the form shows."""


class RedactForm(FlowForm, frozen=True, kw_only=True):
    """Words to remove; ``subject`` is the entry's key."""

    case: str = ""
    place: int = 0
    shown: str = ""
    """The entry's first words."""
    why: str = ""

    @property
    def wanted(self) -> RedactInput:
        """What is to be removed."""
        return RedactInput(case=self.case, place=self.place, why=self.why)


def _why_form(given: RedactForm) -> Form:
    return Form(
        id="redact",
        title="Remove words for good",
        intro=f"Entry {given.place}: \N{LEFT DOUBLE QUOTATION MARK}{given.shown}"
        "\N{RIGHT DOUBLE QUOTATION MARK}\n"
        "Its words are replaced by [removed] in the case, its evidence and our messages in every "
        "chat. This cannot be undone. What people typed into a chat themselves stays there until "
        "they delete it. Sealed packets and older backups still hold the words.",
        inputs=(
            Text(name="why", label="Why?", hint="It stays, with your name and the time.", most=200),
        ),
        submit="Remove",
    )


def _removed(_: RequestContext, entry: Entry) -> Sequence[Reply]:
    told = f"Removed the words of entry {entry.place}. Our messages change in a moment."
    return [Notice(told, Tone.GOOD)]


REDACT = Flow(
    id=FLOW,
    version=1,
    form=RedactForm,
    permission=Permission.CONFIGURE,
    steps=(Step(id="why", form=_why_form),),
    finish=lambda ctx, form: redact(ctx.app, ctx.tx, ctx.who, form.wanted),
    answer=_removed,
)
