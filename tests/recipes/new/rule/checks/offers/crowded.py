"""Many strangers sell on one listing at once."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import Fact, Finding, RuleContext, Severity
from checks.offers import facts

CROWD = 3
"""So many strangers make a crowd."""


def crowded(look: RuleContext) -> Iterator[Finding]:
    """Find that strangers crowd the listing; each number of them is news."""
    strangers = facts.strangers(look, (offer.seller for offer in look.snapshot.offers))
    if len(strangers) < CROWD:
        return
    yield Finding(
        signal="crowd",
        asin=look.snapshot.asin,
        marketplace=look.snapshot.marketplace,
        at=look.snapshot.at,
        severity=Severity.WARNING,
        headline=f"{len(strangers)} strangers sell {facts.name(look)} at once",
        mark=str(len(strangers)),
        facts=(Fact("Strangers", str(len(strangers))),),
    )
