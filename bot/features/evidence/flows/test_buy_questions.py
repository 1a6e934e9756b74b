"""The forms about a test buy: its plan, its order, what arrived, how it differs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from bot.core.forms import (
    OPTION,
    OPTIONS,
    Choice,
    Date,
    File,
    Form,
    Option,
    Paragraph,
    Text,
    options_of,
)
from bot.core.permissions import Person
from bot.core.text import one_line
from bot.features.evidence.flows.collect_questions import COVER, PAPERS
from bot.features.evidence.rules.purchases import Arrived

CONFIRMATIONS = 3
"""Files that confirm an order: the order confirmation, the invoice, the parcel label."""
REMIND_AFTER = timedelta(days=2)
"""The proposed time from the plan to the first reminder."""
NAME = 100
"""Characters of a seller's name in a form."""

ORDER_ID = Text(name="order", label="Order ID", hint="123-1234567-1234567", most=30)
UNIT_PRICE = Text(name="price", label="Price of one unit", hint="For example: 24.99", most=30)


def _ordered_on(today: date | None) -> Date:
    initial = today.isoformat() if today else ""
    return Date(name="ordered", label="Ordered on", initial=initial)


def order_form(seller: str, name: str, asin: str) -> Form:
    """Ask what was ordered, and from whom."""
    return Form(
        id="collect-test-buy",
        title="A test buy",
        intro="Copy this from the order confirmation. It shows that the order came from this "
        "seller.",
        inputs=(
            ORDER_ID,
            Text(
                name="seller",
                label="Seller ID",
                hint="Or the link to the seller's page.",
                initial=seller,
            ),
            Text(
                name="sold_by",
                label="Sold by",
                hint="The seller's name in the order confirmation.",
                required=False,
                initial=name[:NAME],
                most=NAME,
            ),
            Text(
                name="asin",
                label="ASIN",
                hint="Of the listing on which you ordered, or its link.",
                initial=asin,
            ),
            UNIT_PRICE,
        ),
    )


def arrival_form(today: date | None) -> Form:
    """Ask when it came, and what confirms that."""
    return Form(
        id="collect-arrival",
        title="A test buy",
        intro="An order confirmation or invoice that shows 'Sold by', or the parcel label, proves "
        "who sold it. To add it later, press 'Collect evidence' again.",
        inputs=(
            _ordered_on(today),
            Date(name="arrived", label="Arrived on", required=False),
            Choice(name="result", label="What arrived?", options=options_of(Arrived)),
            File(
                name="files",
                label="Order confirmation",
                hint=COVER,
                required=False,
                kinds=PAPERS,
                most=CONFIRMATIONS,
                asks=True,
            ),
        ),
    )


def differs_form() -> Form:
    """Ask how what arrived differs from the genuine product."""
    return Form(
        id="collect-differs",
        title="A test buy",
        intro="Afterward, add photos of what arrived as 'Photos of the seller's product'.",
        inputs=(
            Paragraph(
                name="observed",
                label="How does it differ from the genuine product?",
                hint="The logo is printed; on ours it is embossed.",
                most=1000,
            ),
            Text(
                name="verified",
                label="How did you find out?",
                hint="Compared side by side; batch 7731 was never made by us.",
                most=300,
            ),
        ),
        submit="Add",
    )


PRIVATE = (
    "Order from a private account, to a private address: not from the login or address of your "
    "seller account, so that the seller does not recognize you."
)


def plan_form(people: Sequence[Person], today: date | None) -> Form:
    """Ask who makes a test buy, where it goes, and when they are reminded."""
    soon = (today + REMIND_AFTER).isoformat() if today else ""
    who = Choice(
        name="buyer",
        label="Who orders it?",
        options=tuple(Option(each.id, one_line(each.name, OPTION)) for each in people[:OPTIONS]),
        initial=people[0].id if people else "",
    )
    return Form(
        id="plan-test-buy",
        title="Plan a test buy",
        intro=PRIVATE,
        inputs=(
            *([who] if len(people) > 1 else []),
            Text(
                name="place",
                label="Deliver to",
                hint="A label such as Ana's home. Do not enter an address.",
                most=40,
            ),
            Text(name="budget", label="Budget", hint="For example: 40", required=False, most=30),
            Date(name="remind", label="Remind on", initial=soon),
        ),
        submit="Plan",
    )


def ordered_form(today: date | None) -> Form:
    """Ask for the order of a test buy that was planned."""
    return Form(
        id="test-buy-ordered",
        title="The test buy is ordered",
        intro="Keep the order confirmation. It shows who sold it.",
        inputs=(
            ORDER_ID,
            _ordered_on(today),
            msgspec.structs.replace(UNIT_PRICE, required=False),
        ),
        submit="Save",
    )
