"""Writing to a buyer: what happened with which order, and what is offered."""

from __future__ import annotations

from datetime import date

from bot.core.flows.engine import Step
from bot.core.flows.flow import Flow
from bot.core.flows.forms import Errors, FlowForm
from bot.core.flows.private import private_in
from bot.core.flows.starting import start_flow
from bot.core.forms import Choice, Date, Form, Option, Text, options_of
from bot.core.identifiers import is_order_id
from bot.core.interactions import Reply
from bot.core.languages import LANGUAGES
from bot.core.lint.remarks import stops
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.views.reading_aid import intro_with_aid
from bot.features.letters.flows.letters import answered, letter_kept, text_form
from bot.features.letters.models.buyer_messages import (
    BuyerDraft,
    BuyerInput,
    First,
    Remedy,
    Shipping,
    Situation,
)
from bot.features.letters.rules.buyers import lint
from bot.features.letters.service.buyers import MessageDrafted, draft_message, write_message


class BuyerForm(FlowForm, frozen=True, kw_only=True):
    """What a message to a buyer is drafted from."""

    spoken: str = ""
    """The code of the language that most buyers have."""
    situation: Situation | None = None
    order: str = ""
    ordered_on: date | None = None
    shipping: Shipping | None = None
    first: First | None = None
    language: str = ""
    remedy: Remedy | None = None

    @property
    def asked(self) -> BuyerInput:
        """What was answered."""
        return BuyerInput(
            situation=answered(self.situation),
            order=self.order,
            ordered_on=answered(self.ordered_on),
            shipping=answered(self.shipping),
            first=answered(self.first),
            language=self.language,
            remedy=answered(self.remedy),
        )


def _matter_form(given: BuyerForm) -> Form:
    return Form(
        id="buyer",
        title="Write to a buyer",
        inputs=(
            Choice(
                name="situation",
                label="What happened?",
                options=options_of(Situation),
            ),
            Choice(name="first", label="Did the buyer write first?", options=options_of(First)),
            Choice(name="shipping", label="Who ships the order?", options=options_of(Shipping)),
            Choice(
                name="language",
                label="The buyer's language",
                options=tuple(Option(code, name) for code, name in LANGUAGES.items()),
                initial=given.spoken,
            ),
            Choice(
                name="remedy",
                label="What do you offer?",
                options=options_of(Remedy),
                hint="Issue refunds in Manage Orders. They need no consent.",
            ),
        ),
    )


def _matter_check(given: BuyerForm) -> Errors:
    if given.situation is Situation.LATE and given.shipping is Shipping.AMAZON:
        if given.first is First.SELLER:
            says = "Amazon delivers FBA orders. Write about a late one only to buyers who asked."
            return {"first": says}
        if given.remedy is not Remedy.INFORMATION:
            return {"remedy": "Amazon handles late FBA orders, so choose 'Information only'."}
    if given.situation is Situation.WRONG_PAGE and given.first is First.SELLER:
        return {"first": "Write about the page only to buyers who complained about it."}
    return {}


def _order_form(_: BuyerForm) -> Form:
    return Form(
        id="buyer-order",
        title="Write to a buyer",
        inputs=(
            Text(name="order", label="Order ID", hint="123-1234567-1234567", most=40),
            Date(name="ordered_on", label="When was it ordered?"),
        ),
    )


def _order_check(given: BuyerForm) -> Errors:
    if not is_order_id(given.order):
        return {"order": "Enter an order ID like 123-1234567-1234567."}
    return private_in(order=given.order)


BUYER = Flow(
    id="buyer",
    version=2,
    form=BuyerForm,
    permission=Permission.WORK_CASES,
    steps=(
        Step(id="buyer", form=_matter_form, next=lambda _: "order", check=_matter_check),
        Step(id="order", form=_order_form, check=_order_check),
    ),
    finish=lambda ctx, form: draft_message(ctx.app, ctx.tx, form.asked),
    answer=lambda ctx, drafted: [ask_message(ctx, drafted)],
)


class BuyerTextForm(FlowForm, frozen=True, kw_only=True):
    """A message to a buyer; its subject is the key of the letter that is changed, if one is."""

    draft: str = ""
    """The text that is proposed."""
    notice: str = ""
    """What should be known or done before it is sent."""
    order: str = ""
    ordered_on: date | None = None
    today: date | None = None
    """In the team's zone, when it was drafted."""
    language: str = ""
    situation: Situation | None = None
    english: str = ""
    first: First = First.SELLER
    remedy: Remedy | None = None
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
            english=self.english,
            first=self.first,
            remedy=self.remedy,
        )


def _text_form(given: BuyerTextForm) -> Form:
    hint = "Say what happened and what you offer. Leave out names."
    intro = intro_with_aid(given.notice, given.english)
    return text_form(given.draft, "Message to the buyer", hint, intro)


def _check_text(given: BuyerTextForm) -> Errors:
    wrong = stops(lint(given.message))
    return {"text": wrong} if wrong else {}


BUYER_TEXT = Flow(
    id="buyer-text",
    version=1,
    form=BuyerTextForm,
    permission=Permission.WORK_CASES,
    steps=(Step(id="text", form=_text_form, check=_check_text),),
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
        english=draft.english,
        first=draft.first,
        remedy=draft.remedy,
    )
    return start_flow(ctx, BUYER_TEXT, known)
