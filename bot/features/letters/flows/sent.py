"""That a person sent a request to Amazon's support, and under which ID Amazon keeps it."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.private import private_in
from bot.core.forms import Form, Text
from bot.core.permissions import Permission
from bot.features.letters.flows.letters import letter_kept
from bot.features.letters.service.keeping import send_letter

TICKET = 40


class LetterSentForm(FlowForm, frozen=True, kw_only=True):
    """A request that was sent; its subject is the letter's key."""

    title: str = ""
    ticket: str = ""
    """Amazon's case ID, as far as it is known."""


def _form(given: LetterSentForm) -> Form:
    return Form(
        id="letter-sent",
        title="I sent it",
        intro=f"{given.title}. Seller Central shows the case ID after you send the request.",
        inputs=(
            Text(
                name="ticket",
                label="Amazon's case ID",
                hint="You can add it later: press the same button.",
                required=False,
                most=TICKET,
            ),
        ),
        submit="Save",
    )


def _check(given: LetterSentForm) -> Errors:
    ticket = given.ticket
    if ticket and not (ticket.isascii() and ticket.replace("-", "").isalnum()):
        return {"ticket": "A case ID has only letters, digits and hyphens."}
    return private_in(ticket=ticket)


LETTER_SENT = Flow(
    id="letter-sent",
    version=1,
    form=LetterSentForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="sent", form=_form, check=_check),),
    finish=lambda ctx, form: send_letter(ctx.app, ctx.tx, ctx.who, form.subject, form.ticket),
    answer=letter_kept,
)
