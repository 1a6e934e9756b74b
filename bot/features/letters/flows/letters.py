"""What all letters share: their text, that somebody sent it, and the answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core import forms
from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.flows.private import private
from bot.core.forms import Choice, Form, Option, Paragraph, Text
from bot.core.lint.remarks import Remark
from bot.features.letters.models.letters import Outcome

SHOWN = 3
"""Remarks that a field shows at once; the others follow when these are mended."""
TICKET = 40
QUOTED = 1000


def text_form(given: Given, title: str, hint: str) -> Form:
    """Show the text to be changed, below what should be known of it."""
    return Form(
        id="letter-text",
        title=title,
        intro=str(given["notice"]),
        inputs=(
            Paragraph(
                name="text",
                label="The text",
                hint=hint,
                initial=str(given["draft"])[: forms.PARAGRAPH],
            ),
        ),
        submit="Ready",
    )


def text_errors(remarks: Iterable[Remark]) -> Errors:
    """Return what stops the text, with the rule that it breaks, beside the text."""
    stops = [f"{remark.rule}: {remark.says}" for remark in remarks if remark.stops]
    if not stops:
        return {}
    more = f" And {len(stops) - SHOWN} more." if len(stops) > SHOWN else ""
    return {"text": " ".join(stops[:SHOWN]) + more}


def _sent_form(given: Given) -> Form:
    return Form(
        id="letter-sent",
        title="I sent it",
        intro=f"{given['title']}. Seller Central shows the case ID when the request is sent.",
        inputs=(
            Text(
                name="ticket",
                label="Amazon's case ID",
                hint="May follow later: press the button again.",
                required=False,
                initial=str(given["ticket"]),
                most=TICKET,
            ),
        ),
        submit="Save",
    )


def _sent_check(given: Given) -> Errors:
    ticket = str(given["ticket"])
    if ticket and not (ticket.isascii() and ticket.replace("-", "").isalnum()):
        return {"ticket": "A case ID has letters and digits only."}
    return private(given, "ticket")


LETTER_SENT = Flow(
    id="letter-sent",
    version=1,
    steps=(Step(id="sent", form=_sent_form, check=_sent_check, secret=True),),
)
"""Facts: ``title``, ``ticket`` (as far as it is known)."""


def _answer_form(given: Given) -> Form:
    return Form(
        id="letter-answer",
        title="Amazon's answer",
        intro=str(given["title"]),
        inputs=(
            Choice(
                name="outcome",
                label="What did Amazon say?",
                options=tuple(Option(each.value, each.label) for each in Outcome),
            ),
            Paragraph(
                name="words",
                label="In their words, if you like",
                hint="Without anybody's name, address or number.",
                required=False,
                most=QUOTED,
            ),
        ),
        submit="Save",
    )


LETTER_ANSWER = Flow(
    id="letter-answer",
    version=1,
    steps=(
        Step(
            id="answer",
            form=_answer_form,
            check=lambda given: private(given, "words"),
            secret=True,
        ),
    ),
)
"""Facts: ``title``."""
