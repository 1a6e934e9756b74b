"""Amazon counts more offers than it lists, so somebody may sell unseen."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.findings import HIDDEN_SELLERS, TO_DO, Fact, Finding, RuleContext, Severity
from bot.core.history import CONFIRMATIONS
from bot.core.listing import LISTED_AT_MOST
from checks.offers import facts

EXACT = 10
"""Below this number each further hidden offer is news."""


def hidden_sellers(context: RuleContext) -> Iterator[Finding]:
    """Find that offers are hidden, once two readings agree, and that none is any more."""
    if context.now.unlisted >= CONFIRMATIONS:
        yield _raised(context)
    elif context.before.unlisted >= CONFIRMATIONS:
        yield _ended(context)


def _raised(context: RuleContext) -> Finding:
    snapshot, name = context.snapshot, facts.name(context)
    listed = len(snapshot.offers)
    # A full page says nothing about why the others are missing: Amazon never lists more.
    full = listed >= LISTED_AT_MOST
    why = f"it never lists more than {LISTED_AT_MOST}" if full else "who sells there is unknown"
    hidden = f"Amazon does not show {snapshot.unlisted} of {snapshot.total} offers"
    return Finding(
        signal=HIDDEN_SELLERS,
        asin=snapshot.asin,
        marketplace=snapshot.marketplace,
        at=snapshot.at,
        severity=Severity.INFO if full else Severity.WARNING,
        headline=f"{hidden} on {name}: {why}",
        brief=hidden,
        mark=f"{'top' if full else 'part'} {_band(snapshot.unlisted)}",
        since=context.now.unlisted_since,
        facts=(
            facts.since(
                "Offers",
                f"{listed} shown, {snapshot.unlisted} not shown",
                context.now.unlisted_since,
            ),
            Fact(TO_DO, "Open the product page to see every offer"),
        ),
    )


def _band(count: int) -> str:
    """Return a small count itself and a large one's order, because large counts never rest."""
    return str(count) if count < EXACT else f"{len(str(count))} digits"


def _ended(context: RuleContext) -> Finding:
    return Finding(
        signal=HIDDEN_SELLERS,
        asin=context.snapshot.asin,
        marketplace=context.snapshot.marketplace,
        at=context.snapshot.at,
        severity=Severity.INFO,
        headline=f"Amazon lists every offer on {facts.name(context)} again",
        ended=True,
        facts=(Fact("Listed", str(len(context.snapshot.offers))),),
    )
