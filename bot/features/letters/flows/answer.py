"""What Amazon's support answered to a request."""

from __future__ import annotations

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import FlowForm
from bot.core.flows.private import private_in
from bot.core.forms import Choice, Form, Paragraph, options_of
from bot.core.permissions import Permission
from bot.features.letters.flows.letters import answered, letter_kept
from bot.features.letters.models.letters import Outcome
from bot.features.letters.service.keeping import note_answer

QUOTED = 1000


class LetterAnswerForm(FlowForm, frozen=True, kw_only=True):
    """Amazon's answer to a request; its subject is the letter's key."""

    title: str = ""
    outcome: Outcome | None = None
    words: str = ""
    """In Amazon's words."""


def _form(given: LetterAnswerForm) -> Form:
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
            form=_form,
            check=lambda given: private_in(words=given.words),
        ),
    ),
    finish=lambda ctx, form: note_answer(
        ctx.app, ctx.tx, ctx.who, form.subject, answered(form.outcome), form.words
    ),
    answer=letter_kept,
)
