"""Our offer is listed, and nobody holds the Buy Box: Amazon shows none."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import BUY_BOX, FIRST_STEP, NO_BUY_BOX, Fact, Finding, RuleContext, Severity
from bot.core.history import CONFIRMATIONS, History
from checks.offers import facts
from checks.offers.own_offer_gone import is_gone

WHAT_TO_DO = (
    "Open Pricing, Pricing Health, in Seller Central and compare the price with what you ask "
    "elsewhere. Sellers report that a lower price in another shop is often the reason"
)


def buy_box_suppressed(context: RuleContext) -> Iterator[Finding]:
    """Find that nobody holds it, once two readings agree, and that it is shown again.

    Where our own offer is gone, that alone is the news: it has a case of its own.
    """
    now = _is_suppressed(context, context.now)
    if now and context.snapshot.holders is not None and facts.our_offer(context) is not None:
        yield _raised(context)
    elif not now and _is_suppressed(context, context.before):
        yield _ended(context, NO_BUY_BOX)
        # Earlier versions told it as a lost Buy Box, in a case that may be open still.
        yield _ended(context, BUY_BOX)


def _is_suppressed(context: RuleContext, known: History) -> bool:
    if known.holders is None or known.holders or known.no_holder < CONFIRMATIONS:
        return False
    return not is_gone(context, known)


def _raised(context: RuleContext) -> Finding:
    ours = facts.our_offer(context)
    return Finding(
        signal=NO_BUY_BOX,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.WARNING,
        headline=f"The Buy Box of {facts.name(context)} is held by no one",
        brief="no one holds the Buy Box",
        mark="no one",
        since=context.now.holders_since,
        facts=(
            Fact(FIRST_STEP, WHAT_TO_DO),
            facts.since("Held by", "no one", context.now.holders_since),
            Fact("Our price", str(ours.landed) if ours else "not listed"),
            facts.cost(context),
        ),
        daily_loss=facts.daily_loss(context),
    )


def _ended(context: RuleContext, signal: str) -> Finding:
    where = _where(context)
    return Finding(
        signal=signal,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"The Buy Box of {facts.name(context)} is {where}",
        ended=True,
        facts=(Fact("Buy Box", where),),
    )


def _where(context: RuleContext) -> str:
    holders = context.now.holders or ()
    if not holders:
        return "no longer ours: our own offer is gone"
    if context.own.issuperset(holders):
        return "ours again"
    return f"now held by {facts.names(context, holders)}"
