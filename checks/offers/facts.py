"""What the rules share: who somebody is, and each fact in the words that people read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.amazon_retail import AmazonSeller, amazon_itself
from bot.core.findings import AT_RISK, Fact, RuleContext
from bot.core.history import History, Presence
from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.listing import Offer
from bot.core.money import Money
from bot.core.text import one_line
from bot.core.views.lists import counted

NAME = 40
"""A product's name is clipped so short because a headline must tell its point at a glance."""

PLACE = 40

SKU = 40


def name(context: RuleContext) -> str:
    """Return the product's name for a headline."""
    return one_line(context.watch.name, NAME)


def who(seller: str) -> str:
    """Return the seller's ID as it can be shown, whatever a source put there."""
    return one_line(seller, LONGEST_SELLER_ID)


def strangers(context: RuleContext, sellers: Iterable[str]) -> list[str]:
    """Return those who are neither ours nor trusted nor Amazon, each once and in a fixed order."""
    return [seller for seller in rivals(context, sellers) if amazon(context, seller) is None]


def rivals(context: RuleContext, sellers: Iterable[str]) -> list[str]:
    """Return those who are neither ours nor trusted, each once and in a fixed order.

    An offer without a seller's name may be our own, so nothing is concluded from it.
    """
    return sorted({seller for seller in sellers if seller and not context.known(seller)})


def amazon(context: RuleContext, seller: str) -> AmazonSeller | None:
    """Return what is known of the seller if that is Amazon itself."""
    return amazon_itself(seller, context.snapshot.marketplace)


def called(context: RuleContext, seller: str) -> str:
    """Return what the seller is called in a sentence: by ID, or as Amazon."""
    known = amazon(context, seller)
    return known.name if known else who(seller)


def our_offer(context: RuleContext) -> Offer | None:
    """Return the cheapest of our own offers in this reading."""
    offers = (context.snapshot.cheapest_of(seller) for seller in sorted(context.own))
    listed = [offer for offer in offers if offer is not None]
    return min(listed, key=lambda offer: offer.landed.amount, default=None)


def our_stays(context: RuleContext, known: History) -> list[Presence]:
    """Return what is known of our own offers, those that are gone too."""
    return [stay for stay in known.presences if stay.seller in context.own]


def sku(context: RuleContext) -> str:
    """Return our SKU as it can be shown."""
    return one_line(context.watch.sku, SKU)


def since(label: str, value: str, moment: datetime | None) -> Fact:
    """Return a fact that tells since when it is so, where that is known."""
    return Fact(label, f"{value} since", moment) if moment else Fact(label, value)


def landed(context: RuleContext, offer: Offer) -> Money:
    """Return what a buyer pays; where this reading does not tell the shipping, what was known."""
    known = context.now.presence(offer.seller)
    if offer.told or known is None or known.landed is None:
        return offer.landed
    return known.landed


def cost_of(landed: Money, offer: Offer) -> str:
    """Return what a buyer pays, with how it comes to that where the offer tells it."""
    return offer.cost if offer.landed == landed else str(landed)


def price(offer: Offer, ours: Offer | None) -> str:
    """Return what a buyer pays this seller, beside what a buyer pays us."""
    shipping = "incl." if offer.told else "without"
    theirs = f"{offer.cost} {shipping} shipping"
    return f"{theirs}, ours {ours.cost}" if ours else f"{theirs}, ours is not listed"


def gap(context: RuleContext, theirs: Money) -> tuple[Fact, ...]:
    """Return how far a price is from ours and from the floor, where there is one to compare."""
    ours, floor = our_offer(context), context.watch.floor
    parts = [f"{against(theirs, landed(context, ours))} ours"] if ours else []
    if floor and theirs.below(floor):
        parts.append(f"{against(theirs, floor)} your floor of {floor}")
    return (Fact("Price gap", ", ".join(parts)),) if parts else ()


def against(theirs: Money, other: Money) -> str:
    """Say how one price stands to another: ``25% below``, ``above`` or ``the same as``."""
    if theirs.below(other):
        percent = theirs.percent_below(other)
        return f"{percent}% below" if percent else "just below"
    return "above" if other.below(theirs) else "the same as"


def feedback(offer: Offer) -> str:
    """Return how buyers rated the seller."""
    positive = "" if offer.positive_percent is None else f"{offer.positive_percent}% positive"
    if offer.feedback_count is None:
        return positive or "unknown"
    if not offer.feedback_count:
        return "no ratings"
    ratings = "1 rating" if offer.feedback_count == 1 else f"{offer.feedback_count} ratings"
    return f"{ratings}, {positive}" if positive else ratings


def fulfilment(offer: Offer) -> str:
    """Return who sends the goods, and from where."""
    sender = {True: "by Amazon (FBA)", False: "by the seller", None: "unknown"}[offer.fba]
    place = one_line(offer.ships_from, PLACE)
    return f"{sender}, ships from {place}" if place else sender


def buy_box(context: RuleContext, seller: str) -> Fact:
    """Return who holds the Buy Box, as seen from a finding about ``seller``."""
    holders = context.now.holders
    label = "Buy Box"
    if holders is None:
        return Fact(label, "unknown")
    if context.own.intersection(holders):
        others = [who for who in holders if who not in context.own]
        if not others:
            return Fact(label, "ours")
        shared = "you and this seller" if seller in others else shared_by(context, others)
        return since(label, f"shared: {shared}", context.now.holders_since)
    held = "held by this seller" if seller in holders else f"held by {names(context, holders)}"
    return since(label, held, context.now.holders_since)


def shared_by(context: RuleContext, holders: Iterable[str]) -> str:
    """Return who shares the Buy Box with us: ``you and A1...``."""
    return f"you and {names(context, (seller for seller in holders if seller not in context.own))}"


def names(context: RuleContext, sellers: Iterable[str]) -> str:
    """Return the sellers as a list for people."""
    return " and ".join(called(context, seller) for seller in sellers) or "no one"


def daily_loss(context: RuleContext) -> Money | None:
    """Return the sales at risk each day while somebody else has the Buy Box, if one can tell."""
    ours = our_offer(context)
    units = context.watch.daily_units
    return ours.landed.times(units) if ours and units is not None else None


def a_day(context: RuleContext, loss: Money) -> str:
    """Say what may be lost each day at most: as if no unit were sold any more."""
    return f"up to {loss} a day at {counted(context.watch.daily_units or 0, 'unit')} a day"


def cost(context: RuleContext) -> Fact:
    """Return the sales at risk while somebody else has the Buy Box."""
    loss = daily_loss(context)
    if loss is not None:
        value = a_day(context, loss)
    elif context.watch.daily_units is None:
        value = "unknown: enter your units sold per day in /watch"
    else:
        value = "unknown: our own price is not listed"
    return Fact(AT_RISK, value)
