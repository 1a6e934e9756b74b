"""What a list of products is sorted, filtered and searched by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from bot.core.browse.arranging import searchable
from bot.core.browse.models import RowMark, tag_of
from bot.core.history import History
from bot.core.labeled import LabeledEnum
from bot.core.listing import Snapshot, Watch, WatchStatus
from bot.core.marketplaces import Marketplace
from bot.core.money import Money
from bot.features.cases.models.cases import Case
from bot.features.watchlist.views.offers import OffersSeen

MARKET, CASE, BUY_BOX, CHECK, OF_OURS = "market", "case", "buy-box", "check", "sku"
"""Names of filters; the last one says whether we have a SKU, and is not offered."""
OPEN, NONE = "open", "none"


class CheckState(LabeledEnum):
    """How the latest look at a product went."""

    DONE = "done", "Checked"
    FAILED = "failed", "Could not check"
    OVERDUE = "overdue", "Check is overdue"
    UNKNOWN = "unknown", "Unknown to Amazon"
    WAITING = "waiting", "Not checked yet"


class BoxState(LabeledEnum):
    """Who holds a product's Buy Box, as it was last seen."""

    OURS = "ours", "You"
    SHARED = "shared", "You and others"
    THEIRS = "theirs", "Other sellers"
    NOBODY = "nobody", "No one"
    UNKNOWN = "unknown", "Not known"


class ProductFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a product."""

    watch: Watch
    status: WatchStatus | None
    history: History | None
    cases: Sequence[Case] = ()
    """Its open cases, the worst first."""

    @property
    def last(self) -> Snapshot | None:
        """What was last seen of its offers."""
        return self.history.last if self.history else None


def product_mark(facts: ProductFacts, own: Collection[str]) -> RowMark:
    """Return what a row is found by; ``own`` are our seller IDs."""
    watch, status, last = facts.watch, facts.status, facts.last
    worst = facts.cases[0] if facts.cases else None
    sellers = len(OffersSeen(last, frozenset(own), frozenset()).sellers) if last else None
    return RowMark(
        key=watch.key,
        sorts=(
            watch.name.casefold(),
            _money(our_price(last, own)),
            _money(lowest_price(last)),
            box_state(last, own).value if last else None,
            None if sellers is None else float(sellers),
            float(worst.severity * 10**9 + worst.number) if worst else None,
            status.seen_at.timestamp() if status and status.seen_at else None,
            None,
        ),
        words=searchable(watch.title, watch.asin, watch.sku, watch.marketplace),
        tags=(
            tag_of(MARKET, watch.marketplace),
            tag_of(CASE, OPEN if worst else NONE),
            tag_of(BUY_BOX, box_state(last, own)),
            tag_of(CHECK, check_state(status)),
            tag_of(OF_OURS, str(bool(watch.sku))),
        ),
        seen_at=status.seen_at.timestamp() if status and status.seen_at else 0.0,
    )


def check_state(
    status: WatchStatus | None,
    *,
    now: datetime | None = None,
    overdue_after: float = 0.0,
    fault: bool = False,
) -> CheckState:
    """Tell how the latest look went; without a time, nothing is overdue.

    ``overdue_after`` is in seconds; ``fault``: nothing at all can be asked where the product is.
    """
    if fault:
        return CheckState.FAILED
    if status is None or status.tried_at is None:
        return CheckState.WAITING
    if status.unknown:
        return CheckState.UNKNOWN
    if status.failure:
        return CheckState.FAILED
    if now and status.seen_at and abs((now - status.seen_at).total_seconds()) > overdue_after:
        return CheckState.OVERDUE
    return CheckState.DONE


def our_price(last: Snapshot | None, own: Collection[str]) -> Money | None:
    """Return what our cheapest offer cost a buyer; None: none of ours was seen."""
    offers = [last.cheapest_of(seller) for seller in sorted(own)] if last else []
    return _least([offer.landed for offer in offers if offer], last)


def lowest_price(last: Snapshot | None) -> Money | None:
    """Return what the cheapest listed offer of all cost a buyer; None: none is listed."""
    return _least([offer.landed for offer in last.offers] if last else [], last)


def box_state(last: Snapshot | None, own: Collection[str]) -> BoxState:
    """Tell who held the Buy Box when it was last seen."""
    if last is None or last.holders is None or last.empty:
        return BoxState.UNKNOWN
    ours = [holder in own for holder in last.holders]
    if not ours:
        return BoxState.NOBODY
    if all(ours):
        return BoxState.OURS
    return BoxState.SHARED if any(ours) else BoxState.THEIRS


def _least(prices: Sequence[Money], last: Snapshot | None) -> Money | None:
    market = Marketplace.find(last.marketplace) if last else None
    theirs = [price for price in prices if market and price.currency == market.currency]
    return min(theirs, key=lambda price: price.amount, default=None)


def _money(price: Money | None) -> tuple[str, float] | None:
    return (price.currency, float(price.amount)) if price else None
