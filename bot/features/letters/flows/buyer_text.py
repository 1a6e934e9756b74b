"""The text of a message to a buyer, which keeps Amazon's rules."""

from __future__ import annotations

from datetime import date

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.starting import start_flow
from bot.core.forms import Form
from bot.core.interactions import Reply
from bot.core.lint.remarks import stops
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.features.letters.flows.letters import answered, letter_kept, text_form
from bot.features.letters.models.buyer_messages import BuyerDraft, Situation
from bot.features.letters.rules.buyers import lint
from bot.features.letters.service.buyers import MessageDrafted, write_message


class BuyerTextForm(FlowForm, frozen=True, kw_only=True):
    """A message to a buyer; its subject is the key of the letter that is changed, if one is."""

    draft: str = ""
    """The text that is proposed."""
    notice: str = ""
    """What should be known of the order."""
    order: str = ""
    ordered_on: date | None = None
    today: date | None = None
    """In the team's zone, when it was drafted."""
    language: str = ""
    situation: Situation | None = None
    text: str = ""

    @property
    def message(self) -> BuyerDraft:
        """The message as it is written."""
        return BuyerDraft(
            text=self.text,
            order=self.order,
            ordered_on=answered(self.ordered_on),
            today=answered(self.today),
            language=self.language,
            situation=answered(self.situation),
        )


def _form(given: BuyerTextForm) -> Form:
    hint = "Say what happened and what you offer. Leave out names."
    return text_form(given.draft, "Message to the buyer", hint, given.notice)


def _check(given: BuyerTextForm) -> Errors:
    wrong = stops(lint(given.message))
    return {"text": wrong} if wrong else {}


BUYER_TEXT = Flow(
    id="buyer-text",
    version=1,
    form=BuyerTextForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="text", form=_form, check=_check),),
    finish=lambda ctx, form: write_message(ctx.app, ctx.tx, ctx.who, form.message, form.subject),
    answer=letter_kept,
)


def ask_message(ctx: RequestContext, drafted: MessageDrafted) -> Reply:
    """Show the message to be changed."""
    draft = drafted.draft
    known = BuyerTextForm(
        subject=drafted.letter,
        draft=draft.text,
        notice=drafted.notice,
        order=draft.order,
        ordered_on=draft.ordered_on,
        today=draft.today,
        language=draft.language,
        situation=draft.situation,
    )
    return start_flow(ctx, BUYER_TEXT, known)
