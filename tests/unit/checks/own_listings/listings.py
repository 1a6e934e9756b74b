"""One of our listings, looked at again and again, and what the rules say each time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from bot.core.findings import Finding
from bot.core.listing import Watch
from bot.core.listing_status import ListingIssue, ListingState
from bot.features.watchlist.models.listing_records import ListingRecord
from checks.own_listings.judging import ListingJudgement, judge_listing

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = "A2OWNOWNOWN01"
WATCH = Watch(
    asin="B0WALNUTBL", marketplace="US", title="Walnut Salad Bowl", sku="BOWL-1", added_at=START
)
FINE = ListingState(
    sku="BOWL-1",
    seller=OWN,
    marketplace="US",
    at=START,
    asin="B0WALNUTBL",
    buyable=True,
    discoverable=True,
    product_type="KITCHEN",
    issues=(),
    offered=True,
    stock=7,
    by_amazon=True,
    digest="d" * 64,
)
GONE = ListingState(sku="BOWL-1", seller=OWN, marketplace="US", at=START, listed=False)


def issue(action: str = "", code: str = "18155", **more: object) -> ListingIssue:
    actions = (action,) if action else ()
    known = ListingIssue(code=code, message="The price is too low.", error=True, actions=actions)
    return msgspec.structs.replace(known, **more)


def changed(**more: object) -> ListingState:
    return msgspec.structs.replace(FINE, **more)


class Listing:
    """A listing; each look comes ten seconds after the last."""

    def __init__(self, first: ListingState | None = FINE) -> None:
        self.record: ListingRecord | None = None
        self.at = START
        self.last: ListingJudgement | None = None
        if first is not None:
            assert self.look(first) == []

    def look(self, state: ListingState) -> list[Finding]:
        """Look at it, and return what is news."""
        self.at += timedelta(seconds=10)
        self.last = judge_listing(WATCH, self.record, msgspec.structs.replace(state, at=self.at))
        if self.last is None:
            return []
        self.record = self.last.record
        return list(self.last.findings)

    def alone(self, state: ListingState) -> Finding:
        """Look at it, and return the only news."""
        [finding] = self.look(state)
        return finding


def fact(finding: Finding, label: str) -> str:
    return next(each.value for each in finding.facts if each.label == label)
