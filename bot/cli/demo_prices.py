"""What the demo's products cost before: invented, so that their history shows something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.cli.demo_past import BOARD, BOWLS, KETTLE, SAUCEPAN
from bot.core.history import History
from bot.core.listing import Watch
from bot.core.price_history import (
    UNCHECKED,
    BuyBoxHolder,
    PriceState,
    add,
    begin,
    minute_of,
)
from bot.core.store import Transaction
from bot.features.watchlist.collections import HISTORIES
from bot.features.watchlist.service.price_records import keep_prices

HOME = "US"
DAYS = 120
"""How far back the prices go."""
USUAL = {SAUCEPAN: 4990, KETTLE: 4250, BOWLS: 3800, BOARD: 5400}
"""What each product costs with us, in cents."""
STEPS = (0, 0, -200, 0, -500, -200, 0, 0, 300, 0)
"""By how many cents our price differed, one after the other."""
PERIOD = 4
"""Days between two changes of our price."""
UNDERCUT = {
    SAUCEPAN: ((101, 4), (64, 6), (31, 3)),
    KETTLE: ((38, 2),),
    BOWLS: ((64, 6), (9, 2)),
    BOARD: ((59, 5),),
}
"""When a stranger held the Buy Box: days ago, and for how many days."""
CHEAPER = 85
"""Percent of our price that they asked."""
OUTAGE, AGAIN = 47, 45
"""Days ago, between which nothing could be checked."""


async def remember_prices(tx: Transaction, now: datetime) -> None:
    """Write the products' earlier prices down."""
    for asin in USUAL:
        key = Watch.key_of(HOME, asin)
        tail = None
        for at, state in _course(asin, now):
            minute = minute_of(at)
            grown = begin(minute, state) if tail is None else add(tail, minute, state)
            tail = await keep_prices(tx, key, grown)
        tx.put(HISTORIES, History(key=key, prices=tail))


def _course(asin: str, now: datetime) -> Iterator[tuple[datetime, PriceState]]:
    """Give the changes of a product, hour by hour looked through, in the order of time."""
    before = None
    for hours in range(24 * DAYS, 0, -1):
        state = _state(asin, hours / 24)
        if state != before:
            yield now - timedelta(hours=hours), state
            before = state


def _state(asin: str, days: float) -> PriceState:
    if AGAIN < days <= OUTAGE:
        return UNCHECKED
    ours = USUAL[asin] + STEPS[int(days) // PERIOD % len(STEPS)]
    for since, length in UNDERCUT[asin]:
        if since - length < days <= since:
            theirs = ours * CHEAPER // 100
            return PriceState(BuyBoxHolder.UNKNOWN, ours, theirs, theirs, 2)
    return PriceState(BuyBoxHolder.OURS, ours, ours, ours, 1)
