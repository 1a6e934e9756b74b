"""A planned test buy: its card, its reminder, and what became of it."""

from __future__ import annotations

from datetime import datetime

from bot.core.cards import Button, Card, Style, Tone
from bot.core.interface import together, tr, tr_data
from bot.core.reminding import REMINDERS
from bot.core.team import Team
from bot.core.views.context import field
from bot.core.when import day
from bot.features.cases.models.cases import Case
from bot.features.evidence.models.plans import BuyState, PlannedBuy, to_come

STEPS = {
    BuyState.PLANNED: ("order the test buy", "Ordered", "test-buy-ordered"),
    BuyState.ORDERED: ("has the test buy arrived?", "Arrived", "test-buy-arrived"),
    BuyState.ARRIVED: ("record the test buy", "Record test buy", "record-test-buy"),
}
"""By state: what is to be done, and the button for it."""
ADVICE = {
    BuyState.PLANNED: "Order one unit of this seller's offer from a private account, to a private "
    "address: not from the login or address of your seller account. Keep the order confirmation.",
    BuyState.ORDERED: "When it arrives, take photos before and while you open it, then press "
    "'Arrived'. Keep the parcel label.",
    BuyState.ARRIVED: "Compare it with the genuine product, then press 'Record test buy'.",
}
"""By state: how to do it."""
CANCELED, ENDED, RECORDED = "canceled", "ended", "recorded"
"""How a plan of a test buy is over."""


def wanted(state: BuyState) -> str:
    """Say in a few words what the buyer has to do."""
    return tr_data(STEPS[state][0])


def next_button(buy: PlannedBuy) -> Button:
    """Return the button for the next step of a test buy."""
    _, label, action = STEPS[buy.state]
    return Button(label=tr_data(label), action=action, ref=buy.case, style=Style.PRIMARY)


def planned_buy_card(case: Case, buy: PlannedBuy, team: Team, now: datetime) -> Card:
    """Show a planned test buy: who buys, where it goes, and what comes next."""
    shown = [field(tr("State"), buy.state.said), field(tr("Buyer"), buy.buyer.name)]
    if buy.asin:
        shown.append(field("ASIN", buy.asin))
    if buy.place:
        shown.append(field(tr("Deliver to"), buy.place))
    if buy.budget:
        shown.append(field(tr("Budget"), str(buy.budget)))
    if buy.order:
        paid = f" · {buy.price}" if buy.price else ""
        shown.append(field(tr("Order"), f"{buy.order} · {buy.ordered_on}{paid}"))
    reminder = to_come(buy, now)
    if reminder is not None:
        shown.append(field(tr("Reminder"), day(reminder, team)))
    return Card(
        title=tr("Test buy for {case}: {state}", case=case.label, state=buy.state.inside),
        body=tr_data(ADVICE[buy.state]),
        tone=Tone.INFO,
        fields=tuple(shown),
        buttons=(next_button(buy), _cancel(buy)),
    )


def buy_reminder_card(case: Case, buy: PlannedBuy) -> Card:
    """Remind the buyer of the next step."""
    last = buy.reminded + 1 >= REMINDERS
    more = tr("This is the last reminder; /todo still lists it.") if last else ""
    return Card(
        title=tr("{name}: {task}", name=buy.buyer.name, task=wanted(buy.state)),
        body=together(tr("{case} waits for it.", case=case.label), more),
        tone=Tone.WARNING,
        buttons=(next_button(buy), _cancel(buy)),
    )


def ended_buy_card(case: Case, how: str, why: str) -> Card:
    """Say how a planned test buy ended."""
    title = tr("Test buy for {case}: {state}", case=case.label, state=tr_data(how))
    return Card(title=title, body=why, tone=Tone.QUIET)


def buy_first_card(case: Case) -> Card:
    """Offer to plan a test buy, which must come before the report."""
    return Card(
        title=tr("{case}: buy one first", case=case.label),
        body=tr("Plan who orders it, and Brandwarden reminds them."),
        buttons=(
            Button(label=tr("Plan a test buy"), action="plan-test-buy", ref=case.key),
            Button(label=tr("Collect evidence"), action="collect", ref=case.key),
        ),
    )


def _cancel(buy: PlannedBuy) -> Button:
    return Button(label=tr("Cancel test buy"), action="cancel-test-buy", ref=buy.case)
