"""Amazon itself offers our product, but not new: goods that came back to its warehouse, perhaps."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.amazon_retail import AS_OF, AmazonSeller
from bot.core.competitive_summary import ConditionOffer
from bot.core.condition_history import ConditionStay
from bot.core.conditions import condition_word
from bot.core.findings import OUTLET, TO_DO, Fact, Finding, Severity
from checks.conditions import words
from checks.conditions.context import CONDITIONS, ConditionContext

WHAT_TO_DO = (
    "Do not report this. If it happens often, check what happens to your returned and removed "
    "units in Seller Central, and who buys your leftover stock"
)
IF_IN_DOUBT = "Check the seller's page to see who this is before you act"


def amazons_outlet(context: ConditionContext) -> Iterator[Finding]:
    """Find what Amazon itself offers, as far as we know its IDs, and that no such offer is left.

    It is one finding however many conditions there are: the worst thing about it is the price.
    """
    offers: dict[str, list[ConditionOffer]] = {}
    for condition in CONDITIONS:
        for seller, offer in context.theirs(condition).items():
            offers.setdefault(seller, []).append(offer)
    for seller, several in offers.items():
        amazon = context.amazon(seller)
        if amazon is not None:
            first = min(several, key=lambda each: each.offer.landed.amount)
            stay = context.now.stay(seller, first.condition)
            yield _raised(context, amazon, stay, first)
    for seller, stay in {stay.seller: stay for stay in context.left()}.items():
        amazon = context.amazon(seller)
        if amazon is not None and not _still(context, seller):
            yield _ended(context, amazon, stay)


def _still(context: ConditionContext, seller: str) -> bool:
    return any(context.now.present(seller, condition) for condition in CONDITIONS)


def _raised(
    context: ConditionContext,
    amazon: AmazonSeller,
    stay: ConditionStay | None,
    each: ConditionOffer,
) -> Finding:
    price = each.offer.landed
    word = condition_word(each.condition, each.sub_condition)
    terms = words.at_price(context, price)
    deep = words.is_deep(words.below_new(context, price))
    return Finding(
        signal=OUTLET,
        asin=context.summary.asin,
        marketplace=context.summary.marketplace,
        at=context.summary.at,
        severity=Severity.INFO,
        headline=f"{_subject(amazon)} offers {words.product(context)} {word} {terms}",
        brief=f"{word} {terms}, by {'Amazon itself' if amazon.sure else 'perhaps Amazon itself'}",
        seller=amazon.seller,
        mark=f"{each.condition.value} {each.sub_condition}, deep {deep}",
        since=stay.since if stay else None,
        facts=(
            Fact("Seller", _who(amazon)),
            Fact("Condition", word),
            words.price_fact(context, each.offer),
            *words.cut_facts(context, each.condition),
            Fact(TO_DO, WHAT_TO_DO if amazon.sure else IF_IN_DOUBT),
        ),
    )


def _subject(amazon: AmazonSeller) -> str:
    """Return what begins a sentence: a doubtful one is called by its ID."""
    return amazon.name if amazon.sure else f"Seller {amazon.name}"


def _who(amazon: AmazonSeller) -> str:
    return f"{amazon.name}, by public lists as of {AS_OF}"


def _ended(context: ConditionContext, amazon: AmazonSeller, stay: ConditionStay) -> Finding:
    name, word = words.product(context), condition_word(stay.condition)
    return Finding(
        signal=OUTLET,
        asin=context.summary.asin,
        marketplace=context.summary.marketplace,
        at=context.summary.at,
        severity=Severity.INFO,
        headline=f"{_subject(amazon)} no longer offers {name} {word} (confirmed by two readings)",
        seller=amazon.seller,
        ended=True,
        facts=(Fact("Seller", _who(amazon)),),
    )
