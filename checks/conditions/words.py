"""What the rules say of an offer that is not new: its condition, its price, what is not shown."""

from __future__ import annotations

from bot.core.conditions import Condition, condition_word
from bot.core.findings import Fact
from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.listing import LISTED_AT_MOST, Offer
from bot.core.money import Money
from bot.core.text import one_line
from checks.conditions.context import DEEP_CUT, ConditionContext

NAME = 40
"""A product's name is clipped so short because a headline must tell its point at a glance."""


def product(context: ConditionContext) -> str:
    """Return the product's name for a headline."""
    return one_line(context.watch.name, NAME)


def seller_id(seller: str) -> str:
    """Return the seller's ID as it can be shown, whatever a source put there."""
    return one_line(seller, LONGEST_SELLER_ID)


def below_new(context: ConditionContext, price: Money) -> int | None:
    """Return by how many whole percent a price is below new; None where it is not, or not told."""
    new = context.new_price
    return price.percent_below(new[0]) if new else None


def is_deep(percent: int | None) -> bool:
    """Tell whether a price is so far below new that it draws buyers from ours."""
    return (percent or 0) >= DEEP_CUT


def at_price(context: ConditionContext, price: Money) -> str:
    """Say the price, and how far it is below new."""
    percent = below_new(context, price)
    return f"at {price}, {percent}% below new" if percent else f"at {price}"


def price_fact(context: ConditionContext, offer: Offer) -> Fact:
    """Say what a buyer pays, beside what the product costs new."""
    shipping = "incl." if offer.told else "without"
    price, new = f"{offer.cost} {shipping} shipping", context.new_price
    if new is None:
        return Fact("Price", f"{price}; the price of a new one is unknown")
    whose = "our price new" if new[1] else "the lowest price new"
    return Fact("Price", f"{price}; {whose}: {new[0]}")


def fulfilment_fact(offer: Offer) -> Fact:
    """Say who sends the goods."""
    words = {True: "by Amazon (FBA)", False: "by the seller", None: "unknown"}
    return Fact("Fulfillment", words[offer.fba])


def cut_facts(context: ConditionContext, condition: Condition) -> tuple[Fact, ...]:
    """Say that further offers may exist; nothing where every offer is listed."""
    if context.summary.complete(condition):
        return ()
    listed = len(context.summary.offers.get(condition, ()))
    word = condition_word(condition)
    if listed >= LISTED_AT_MOST:
        why = f"Amazon lists only the {LISTED_AT_MOST} cheapest {word} offers"
    else:
        why = f"Some {word} offers could not be read"
    return (Fact("Not shown", f"{why}. There may be more"),)
