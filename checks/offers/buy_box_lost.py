"""The Buy Box of a product that we sell is held by a stranger, or by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import BUY_BOX, Fact, Finding, RuleContext, Severity
from bot.core.history import CONFIRMATIONS, History
from checks.offers import facts
from checks.offers.own_offer_gone import is_gone

NOBODY = ""
"""Stands for the seller where nobody holds the Buy Box."""


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
    """Return who has it in our place, as far as that was known: strangers, or ``NOBODY``."""
    if known.holders is None or context.own.intersection(known.holders):
        return []
    if not known.holders and known.no_holder >= CONFIRMATIONS:
        # Where our own offer is gone, that alone is the news: it has a case of its own.
        return [] if is_gone(context, known) else [NOBODY]
    return facts.rivals(context, known.holders)


def _ours_to_lose(context: RuleContext) -> bool:
    """Tell whether we sell the product, so that the Buy Box could be ours."""
    listed = facts.our_offer(context) is not None
    # That nobody holds it may only mean that we sold out, unless our offer is there.
    return listed or bool(
        context.now.holders and context.own.intersection(context.before.holders or ())
    )


def _lost(context: RuleContext, seller: str) -> Finding:
    holder = "no one" if seller == NOBODY else facts.called(context, seller)
    stranger = seller != NOBODY and facts.amazon(context, seller) is None
    return Finding(
        signal=BUY_BOX,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.CRITICAL if stranger else Severity.WARNING,
        headline=f"The Buy Box of {facts.name(context)} is held by {holder}",
        brief="no one holds the Buy Box" if seller == NOBODY else "holds the Buy Box",
        seller=seller,
        mark=" ".join(context.now.holders or ()),
        since=context.now.holders_since,
        facts=_facts(context, seller),
        daily_loss=facts.daily_loss(context),
    )


def _facts(context: RuleContext, seller: str) -> tuple[Fact, ...]:
    ours = facts.our_offer(context)
    theirs = context.snapshot.cheapest_of(seller)
    told = (
        facts.since(
            "Held by", facts.names(context, context.now.holders or ()), context.now.holders_since
        ),
        Fact("Our price", str(ours.landed) if ours else "not listed"),
    )
    if seller == NOBODY:
        return (*told, facts.cost(context))
    their_price = Fact("Their price", str(theirs.landed) if theirs else "not listed")
    return (*told, their_price, facts.cost(context))


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
