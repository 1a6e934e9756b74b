"""The Buy Box of a product that we sell is held by a stranger, or by nobody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import BUY_BOX, Fact, Finding, RuleContext, Severity
from bot.core.history import CONFIRMATIONS, History
from checks.offers import facts

NOBODY = ""
"""Stands for the seller where nobody holds the Buy Box."""


def buy_box_lost(look: RuleContext) -> Iterator[Finding]:
    """Find who holds the Buy Box in our place, and who does no longer."""
    now = _culprits(look, look.now)
    if _ours_to_lose(look):
        for seller in now:
            yield _lost(look, seller)
    for seller in _culprits(look, look.before):
        if seller not in now:
            yield _ended(look, seller)


def _culprits(look: RuleContext, known: History) -> list[str]:
    """Return who has it in our place, as far as that was known: strangers, or ``NOBODY``."""
    if known.holders is None or look.own.intersection(known.holders):
        return []
    if not known.holders and known.no_holder >= CONFIRMATIONS:
        return [NOBODY]
    return facts.strangers(look, known.holders)


def _ours_to_lose(look: RuleContext) -> bool:
    """Tell whether we sell the product, so that the Buy Box could be ours."""
    listed = facts.our_offer(look) is not None
    # That nobody holds it may only mean that we sold out, unless our offer is there.
    return listed or bool(look.now.holders and look.own.intersection(look.before.holders or ()))


def _lost(look: RuleContext, seller: str) -> Finding:
    holder = "nobody" if seller == NOBODY else facts.who(seller)
    return Finding(
        signal=BUY_BOX,
        asin=look.snapshot.asin,
        marketplace=look.snapshot.marketplace,
        at=look.snapshot.at,
        severity=Severity.WARNING if seller == NOBODY else Severity.CRITICAL,
        headline=f"The Buy Box of {facts.name(look)} is held by {holder}",
        brief="nobody holds the Buy Box" if seller == NOBODY else "holds the Buy Box",
        seller=seller,
        mark=" ".join(look.now.holders or ()),
        since=look.now.holders_since,
        facts=_facts(look, seller),
        daily_loss=facts.daily_loss(look),
    )


def _facts(look: RuleContext, seller: str) -> tuple[Fact, ...]:
    ours = facts.our_offer(look)
    theirs = look.snapshot.cheapest_of(seller)
    told = (
        facts.since("To whom", facts.names(look.now.holders or ()), look.now.holders_since),
        Fact("Our price", str(ours.landed) if ours else "not listed"),
    )
    if seller == NOBODY:
        return (*told, facts.cost(look))
    their_price = Fact("Their price", str(theirs.landed) if theirs else "not listed")
    return (*told, their_price, facts.cost(look))


def _ended(look: RuleContext, seller: str) -> Finding:
    holders = look.now.holders or ()
    ours = look.own.intersection(holders)
    where = "ours again" if ours else f"now held by {facts.names(holders)}"
    return Finding(
        signal=BUY_BOX,
        asin=look.snapshot.asin,
        marketplace=look.snapshot.marketplace,
        at=look.snapshot.at,
        severity=Severity.INFO,
        headline=f"The Buy Box of {facts.name(look)} is {where}",
        seller=seller,
        ended=True,
        facts=(Fact("Buy Box", where),),
    )
