"""The forms about a test buy: its plan, its order, what arrived, how it differs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

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
from bot.core.interface import tr, tr_data
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


def _order_id() -> Text:
    return Text(name="order", label=tr("Order ID"), hint="123-1234567-1234567", most=30)


def _unit_price(*, required: bool = True) -> Text:
    hint = tr("For example: 24.99")
    label = tr("Price of one unit")
    return Text(name="price", label=label, hint=hint, required=required, most=30)


def _ordered_on(today: date | None) -> Date:
    initial = today.isoformat() if today else ""
    return Date(name="ordered", label=tr("Ordered on"), initial=initial)


def order_form(seller: str, name: str, asin: str) -> Form:
    """Ask what was ordered, and from whom."""
    return Form(
        id="collect-test-buy",
        title=tr("A test buy"),
        intro=tr(
            "Copy this from the order confirmation. It shows that the order came from this seller."
        ),
        inputs=(
            _order_id(),
            Text(
                name="seller",
                label=tr("Seller ID"),
                hint=tr("Or the link to the seller's page."),
                initial=seller,
            ),
            Text(
                name="sold_by",
                label=tr("Sold by"),
                hint=tr("The seller's name in the order confirmation."),
                required=False,
                initial=name[:NAME],
                most=NAME,
            ),
            Text(
                name="asin",
                label="ASIN",
                hint=tr("Of the listing on which you ordered, or its link."),
                initial=asin,
            ),
            _unit_price(),
        ),
    )


def arrival_form(today: date | None) -> Form:
    """Ask when it came, and what confirms that."""
    return Form(
        id="collect-arrival",
        title=tr("A test buy"),
        intro=tr(
            "An order confirmation or invoice that shows 'Sold by', or the parcel label, proves "
            "who sold it. To add it later, press 'Collect evidence' again."
        ),
        inputs=(
            _ordered_on(today),
            Date(name="arrived", label=tr("Arrived on"), required=False),
            Choice(name="result", label=tr("What arrived?"), options=options_of(Arrived)),
            File(
                name="files",
                label=tr("Order confirmation"),
                hint=tr_data(COVER),
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
        title=tr("A test buy"),
        intro=tr("Afterward, add photos of what arrived as 'Photos of the seller's product'."),
        inputs=(
            Paragraph(
                name="observed",
                label=tr("How does it differ from the genuine product?"),
                hint=tr("The logo is printed; on ours it is embossed."),
                most=1000,
            ),
            Text(
                name="verified",
                label=tr("How did you find out?"),
                hint=tr("Compared side by side; batch 7731 was never made by us."),
                most=300,
            ),
        ),
        submit=tr("Add"),
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
        label=tr("Who orders it?"),
        options=tuple(Option(each.id, one_line(each.name, OPTION)) for each in people[:OPTIONS]),
        initial=people[0].id if people else "",
    )
    return Form(
        id="plan-test-buy",
        title=tr("Plan a test buy"),
        intro=tr_data(PRIVATE),
        inputs=(
            *([who] if len(people) > 1 else []),
            Text(
                name="place",
                label=tr("Deliver to"),
                hint=tr("A label such as Ana's home. Do not enter an address."),
                most=40,
            ),
            Text(
                name="budget",
                label=tr("Budget"),
                hint=tr("For example: 40"),
                required=False,
                most=30,
            ),
            Date(name="remind", label=tr("Remind on"), initial=soon),
        ),
        submit=tr("Plan"),
    )


def ordered_form(today: date | None) -> Form:
    """Ask for the order of a test buy that was planned."""
    return Form(
        id="test-buy-ordered",
        title=tr("The test buy is ordered"),
        intro=tr("Keep the order confirmation. It shows who sold it."),
        inputs=(
            _order_id(),
            _ordered_on(today),
            _unit_price(required=False),
        ),
        submit=tr("Save"),
    )
