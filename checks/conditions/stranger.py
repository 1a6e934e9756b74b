"""Somebody whom the team does not know offers our product used, refurbished or as a collectible."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.competitive_summary import ConditionOffer
from bot.core.condition_history import ConditionStay
from bot.core.conditions import Condition, condition_word
from bot.core.findings import OF_CONDITION, TO_DO, Fact, Finding, Severity
from checks.conditions import words
from checks.conditions.context import CONDITIONS, ConditionContext

AS_GOOD_AS_NEW = frozenset({"New", "Mint", "OpenBox"})
"""Sub-conditions that a buyer takes in place of new goods."""

LAWFUL = "Selling used goods is lawful in general: do not report the offer by itself"
TEST_BUY = (
    "If buyers say they got used goods as new, plan a test buy. If it shows that, file a report: "
    "'Used or opened item sold as new'"
)
WHAT_TO_DO = {
    Condition.USED: f"{LAWFUL}. {TEST_BUY}",
    Condition.REFURBISHED: "Check the offer for who refurbished it and which warranty it has. "
    "A resale with a materially different warranty can be unlawful: ask a lawyer before you "
    "report it",
    Condition.COLLECTIBLE: "Check the offer for what makes it a collectible. Selling it is lawful "
    "in general: do not report the offer by itself",
    Condition.CLUB: "Open the product page to see what this offer is, before you act",
}


def stranger_not_new(context: ConditionContext) -> Iterator[Finding]:
    """Find each such offer by a seller who is not ours, not trusted and not Amazon, and its end.

    What is listed is believed at once; that an offer is gone, when two full answers agree.
    """
    for condition in CONDITIONS:
        for seller, offer in context.theirs(condition).items():
            stay = context.now.stay(seller, condition)
            if stay is not None and context.amazon(seller) is None:
                yield _raised(context, stay, offer)
    for stay in context.left():
        if context.amazon(stay.seller) is None:
            yield _ended(context, stay)


def _raised(context: ConditionContext, stay: ConditionStay, each: ConditionOffer) -> Finding:
    price = stay.landed or each.offer.landed
    word = condition_word(each.condition, each.sub_condition)
    terms = words.at_price(context, price)
    seller, name = words.seller_id(stay.seller), words.product(context)
    deep = words.is_deep(words.below_new(context, price))
    return Finding(
        signal=OF_CONDITION[each.condition],
        asin=context.summary.asin,
        marketplace=context.summary.marketplace,
        at=context.summary.at,
        severity=_severity(each, deep=deep),
        headline=f"Unknown seller {seller} offers {name} {word} {terms}",
        brief=f"{word} {terms}",
        seller=stay.seller,
        # Prices of used goods change every hour: no news, as long as they are not far below new.
        mark=f"{each.sub_condition}, FBA {each.offer.fba}, deep {deep}",
        since=stay.since,
        facts=(
            Fact("Seller", seller),
            Fact("Condition", _offered(context, stay)),
            words.price_fact(context, each.offer),
            words.fulfilment_fact(each.offer),
            *words.cut_facts(context, each.condition),
            Fact(TO_DO, WHAT_TO_DO[each.condition]),
        ),
    )


def _severity(each: ConditionOffer, *, deep: bool) -> Severity:
    """A warning where buyers take it in place of ours; a lawful resale is never worse."""
    if each.condition is Condition.REFURBISHED:
        return Severity.WARNING
    if each.condition is not Condition.USED:
        return Severity.INFO
    return Severity.WARNING if deep or each.sub_condition in AS_GOOD_AS_NEW else Severity.INFO


def _offered(context: ConditionContext, stay: ConditionStay) -> str:
    """Say in which conditions the seller offers it: one who has new ones, too, may mix them up."""
    several = context.listed(stay.seller, stay.condition)
    kinds = dict.fromkeys(condition_word(each.condition, each.sub_condition) for each in several)
    new = context.listed(stay.seller, Condition.NEW)
    also = f". Also sells it new at {new[0].offer.landed}" if new else ""
    return f"{', '.join(kinds)}{also}"


def _ended(context: ConditionContext, stay: ConditionStay) -> Finding:
    seller, word = words.seller_id(stay.seller), condition_word(stay.condition)
    name = words.product(context)
    return Finding(
        signal=OF_CONDITION[stay.condition],
        asin=context.summary.asin,
        marketplace=context.summary.marketplace,
        at=context.summary.at,
        severity=Severity.INFO,
        headline=f"Seller {seller} no longer offers {name} {word} (confirmed by two readings)",
        seller=stay.seller,
        ended=True,
        facts=(
            Fact("Seller", seller),
            Fact("Seen here", "since", stay.since),
            Fact("Last price", str(stay.landed) if stay.landed else "unknown"),
        ),
    )
