"""Writing to a buyer: what happened and what is offered, then the text, which keeps the rules."""

from __future__ import annotations

from datetime import date

from bot.core.flows.engine import Flow, Given, Step
from bot.core.flows.forms import Errors
from bot.core.flows.private import private
from bot.core.forms import Choice, Date, Form, Option, Text
from bot.core.languages import LANGUAGES
from bot.features.evidence.rules.order_cells import is_order_id
from bot.features.letters.flows.letters import text_errors, text_form
from bot.features.letters.models.buyer_messages import BuyerDraft, Remedy, Situation
from bot.features.letters.rules.buyers import lint


def _buyer_form(given: Given) -> Form:
    return Form(
        id="buyer",
        title="Write to a buyer",
        inputs=(
            Choice(
                name="situation",
                label="What happened?",
                options=tuple(Option(each.value, each.label) for each in Situation),
            ),
            Text(name="order", label="Order ID", hint="123-1234567-1234567", most=40),
            Date(
                name="ordered_on",
                label="When was it ordered?",
                hint="Amazon allows messages on orders of the last 30 days.",
            ),
            Choice(
                name="language",
                label="The buyer's language",
                options=tuple(Option(code, name) for code, name in LANGUAGES.items()),
                initial=str(given["spoken"]),
            ),
            Choice(
                name="remedy",
                label="What do you offer?",
                options=tuple(Option(each.value, each.label) for each in Remedy),
            ),
        ),
    )


def _buyer_check(given: Given) -> Errors:
    if not is_order_id(str(given["order"])):
        return {"order": "An order ID has 3, 7 and 7 digits, like 123-1234567-1234567."}
    return private(given, "order")


BUYER = Flow(
    id="buyer",
    version=1,
    steps=(Step(id="buyer", form=_buyer_form, check=_buyer_check, secret=True),),
)
"""Facts: ``spoken`` (the code of the language that most buyers have)."""


def draft_of(given: Given) -> BuyerDraft:
    """Return the message as it stands in the form, with what its rules have to know."""
    return BuyerDraft(
        text=str(given["text"]),
        order=str(given["order"]),
        ordered_on=date.fromisoformat(str(given["ordered_on"])),
        today=date.fromisoformat(str(given["today"])),
        language=str(given["language"]),
        situation=Situation(str(given["situation"])),
    )


BUYER_TEXT = Flow(
    id="buyer-text",
    version=1,
    steps=(
        Step(
            id="text",
            form=lambda given: text_form(
                given, "Message to the buyer", "What happened, what you offer, no names."
            ),
            check=lambda given: text_errors(lint(draft_of(given))),
            secret=True,
        ),
    ),
)
"""Facts: ``draft``, ``notice`` (or empty), ``order``, ``ordered_on``, ``today`` (the team's),
``language``, ``situation``."""
