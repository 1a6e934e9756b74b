"""Many strangers sell on one listing at once."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Fact, Finding, RuleContext, Severity
from checks.offers import facts

CROWD = 3
"""So many strangers make a crowd."""


def crowded(context: RuleContext) -> Iterator[Finding]:
    """Find that strangers crowd the listing; each number of them is news."""
    strangers = facts.strangers(context, (offer.seller for offer in context.snapshot.offers))
    if len(strangers) < CROWD:
        return
    yield Finding(
        signal="crowd",
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.WARNING,
        headline=f"{len(strangers)} strangers sell {facts.name(context)} at once",
        mark=str(len(strangers)),
        facts=(Fact("Strangers", str(len(strangers))),),
    )
