"""Amazon, or somebody else, moved a product of ours into another category."""

from __future__ import annotations

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from bot.core.text import one_line
from checks.own_listings import facts
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem

TYPE = 40
WHAT_TO_DO = (
    "Check whether the new category fits. If it does not, save the page as evidence, then set the "
    "category again in your own listing"
)


def category_changed(context: ListingContext) -> Conclusion:
    """Find that the product's type is another one than at the first look.

    It is told once: a team that accepts it by closing the case is not told again.
    """
    record, now = context.record, context.state.product_type
    if not now or record is None or not record.product_type:
        return NoProblem.UNTOLD
    if now == record.product_type:
        return NoProblem.CLEAR
    return ListingProblem(
        severity=Severity.WARNING,
        headline=noted("{name} was moved to another category", name=facts.name(context)),
        brief="moved to another category",
        mark=now,
        facts=(
            Fact(facts.FIRST, WHAT_TO_DO),
            Fact("Category before", one_line(record.product_type, TYPE)),
            Fact("Category now", one_line(now, TYPE)),
            facts.our_sku(context),
        ),
        lasts=False,
    )
