"""The Buy Box of a product that we sell is held by a stranger."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import BUY_BOX, Fact, Finding, RuleContext, Severity
from bot.core.history import History
from checks.offers import facts
from checks.offers.own_offer_gone import is_gone


def buy_box_lost(context: RuleContext) -> Iterator[Finding]:
    """Find who holds the Buy Box in our place, and who does no longer.

    What two share is not lost, and of a reading that cannot tell nothing is concluded.
    """
    now = _culprits(context, context.now)
    if context.snapshot.holders is not None and _ours_to_lose(context):
        for seller in now:
            yield _lost(context, seller)
    for seller in _culprits(context, context.before):
        if seller not in now:
            yield _ended(context, seller)


def _culprits(context: RuleContext, known: History) -> list[str]:
    """Return which strangers have it in our place, as far as that was known."""
    if known.holders is None or context.own.intersection(known.holders):
        return []
    return facts.rivals(context, known.holders)


def _ours_to_lose(context: RuleContext) -> bool:
    """Tell whether we sell the product, so that the Buy Box could be ours."""
    listed = facts.our_offer(context) is not None
    return listed or bool(
        context.now.holders and context.own.intersection(context.before.holders or ())
    )


def _lost(context: RuleContext, seller: str) -> Finding:
    stranger = facts.amazon(context, seller) is None
    return Finding(
        signal=BUY_BOX,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.CRITICAL if stranger else Severity.WARNING,
        headline=f"The Buy Box of {facts.name(context)} is held by {facts.called(context, seller)}",
        brief="holds the Buy Box",
        seller=seller,
        mark=" ".join(context.now.holders or ()),
        since=context.now.holders_since,
        facts=_facts(context, seller),
        daily_loss=facts.daily_loss(context),
    )


def _facts(context: RuleContext, seller: str) -> tuple[Fact, ...]:
    ours = facts.our_offer(context)
    theirs = context.snapshot.cheapest_of(seller)
    return (
        facts.since(
            "Held by", facts.names(context, context.now.holders or ()), context.now.holders_since
        ),
        Fact("Our price", str(ours.landed) if ours else "not listed"),
        Fact("Their price", str(theirs.landed) if theirs else "not listed"),
        *(facts.gap(context, facts.landed(context, theirs)) if theirs else ()),
        facts.cost(context),
    )


def _ended(context: RuleContext, seller: str) -> Finding:
    where = _where(context)
    return Finding(
        signal=BUY_BOX,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"The Buy Box of {facts.name(context)} is {where}",
        seller=seller,
        ended=True,
        facts=(Fact("Buy Box", where),),
    )


def _where(context: RuleContext) -> str:
    holders = context.now.holders or ()
    if is_gone(context, context.now) and not holders:
        return "no longer ours: our own offer is gone"
    if not context.own.intersection(holders):
        return f"now held by {facts.names(context, holders)}"
    if context.own.issuperset(holders):
        return "ours again"
    return f"shared: {facts.shared_by(context, holders)}"
