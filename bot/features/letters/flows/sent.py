"""What became of a request to Amazon's support: that a person sent it, and what Amazon answered."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.private import private_in
from bot.core.forms import Choice, Form, Paragraph, Text, options_of
from bot.core.permissions import Permission
from bot.features.letters.flows.letters import answered, letter_kept
from bot.features.letters.models.letters import Outcome
from bot.features.letters.service.keeping import note_answer, send_letter

TICKET = 40
QUOTED = 1000


class LetterSentForm(FlowForm, frozen=True, kw_only=True):
    """A request that was sent; its subject is the letter's key."""

    title: str = ""
    ticket: str = ""
    """Amazon's case ID, as far as it is known."""


def _form(given: LetterSentForm) -> Form:
    return Form(
        id="letter-sent",
        title="I sent it",
        intro=f"{given.title}. Amazon shows the case ID after you send the request.",
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


class LetterAnswerForm(FlowForm, frozen=True, kw_only=True):
    """Amazon's answer to a request; its subject is the letter's key."""

    title: str = ""
    outcome: Outcome | None = None
    words: str = ""
    """In Amazon's words."""


def _answer_form(given: LetterAnswerForm) -> Form:
    return Form(
        id="letter-answer",
        title="Amazon's answer",
        intro=given.title,
        inputs=(
            Choice(
                name="outcome",
                label="What did Amazon say?",
                options=options_of(Outcome),
            ),
            Paragraph(
                name="words",
                label="Their exact words",
                hint="Leave out names, addresses and phone numbers.",
                required=False,
                most=QUOTED,
            ),
        ),
        submit="Save",
    )


LETTER_ANSWER = Flow(
    id="letter-answer",
    version=1,
    form=LetterAnswerForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(
            id="answer",
            form=_answer_form,
            check=lambda given: private_in(words=given.words),
        ),
    ),
    finish=lambda ctx, form: note_answer(
        ctx.app, ctx.tx, ctx.who, form.subject, answered(form.outcome), form.words
    ),
    answer=letter_kept,
)
