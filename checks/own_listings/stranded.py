"""Amazon stores units of ours that cannot be bought."""

from __future__ import annotations

from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from checks.own_listings import facts
from checks.own_listings.problems import Conclusion, ListingContext, ListingProblem, NoProblem

WHAT_TO_DO = (
    "Open Inventory, Fix stranded inventory, in Seller Central: it says why the units cannot be "
    "sold and offers to relist them"
)


def stranded(context: ListingContext) -> Conclusion:
    """Find units in Amazon's warehouses without an offer that can be bought."""
    state = context.state
    if state.buyable or state.taken_down:
        return NoProblem.CLEAR
    if state.stranded:
        return ListingProblem(
            severity=Severity.WARNING,
            headline=noted(
                "{stock} units of {name} are stranded at Amazon",
                stock=f"{state.stock:,}",
                name=facts.name(context),
            ),
            brief="stock is stranded",
            mark="stranded",
            facts=(
                Fact(facts.FIRST, WHAT_TO_DO),
                Fact("Units", f"{state.stock:,}"),
                facts.our_sku(context),
            ),
        )
    told = state.buyable is not None and state.by_amazon is not None
    return NoProblem.CLEAR if told and state.stock is not None else NoProblem.UNTOLD
