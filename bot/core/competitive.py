"""What a cheap look at many products shows, and whether a full look would show something new. Pure.

Source: getCompetitivePricing in the model productPricingV0. It tells how many offers there are and
who holds the Buy Box, not who offers: it can say that something changed, and never that nothing
did. One stranger in place of another, at the same count and Buy Box, looks the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.conditions import Condition
from bot.core.listing import Snapshot, Watch
from bot.core.money import Money
from bot.core.questions import Bucket
from bot.errors import SourceError


class BuyBox(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An offer that holds a Buy Box, as far as it is told."""

    price: Money | None = None
    """What a buyer pays: price and shipping, less points."""
    seller: str = ""
    """Empty where Amazon does not name the seller."""


class CompetitivePrice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The number of a product's offers, and who holds its Buy Boxes, at one moment."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    at: datetime
    counts: Mapping[Condition, int] = {}
    """How many offers there are by condition; a condition that is absent was not told."""
    new: tuple[BuyBox, ...] | None = None
    """The Buy Boxes of new goods: none, one, or two (Prime and not); None: not told."""
    used: tuple[BuyBox, ...] | None = None
    """Those of used goods."""


class PriceReading(msgspec.Struct, frozen=True):
    """What came of a cheap look at one watch: the prices, or why there are none."""

    watch: Watch
    result: CompetitivePrice | SourceError
    raw: bytes = b""
    """What was said of this product, as it came."""


@runtime_checkable
class CompetitiveSource(Protocol):
    """A source that can look at many products cheaply."""

    def price_quota(self, region: str) -> Bucket:
        """Return the quota of such looks."""
        ...

    async def competitive_prices(self, watches: Sequence[Watch]) -> list[PriceReading]:
        """Look at up to twenty products of one marketplace, once; a reading for each, in order.

        Raises:
            SourceError: the request failed as a whole, and says nothing about any product.
        """
        ...


def differs(snapshot: Snapshot, price: CompetitivePrice) -> bool:
    """Tell whether a full look would certainly show something other than the last one did.

    The count of new offers, the Buy Box's holder or its price is another. What either side does not
    tell is no difference.
    """
    return False in _parts(snapshot, price)


def agrees(snapshot: Snapshot, price: CompetitivePrice) -> bool:
    """Tell whether everything that a cheap look can show is as the last full look showed it.

    The count of new offers must be told, and of the Buy Box the holder or the price. If neither
    this nor `differs` is true, the answer is unknown: look fully.
    """
    count, holders, cost = _parts(snapshot, price)
    return count is True and True in (holders, cost) and False not in (holders, cost)


def _parts(snapshot: Snapshot, price: CompetitivePrice) -> tuple[bool | None, ...]:
    """Compare count, holders and price: True the same, False another, None cannot be told."""
    if (snapshot.asin, snapshot.marketplace) != (price.asin, price.marketplace):
        return (None, None, None)
    count = price.counts.get(Condition.NEW)
    return (
        None if count is None else count == snapshot.total,
        _same_holders(snapshot, price),
        _same_cost(snapshot, price),
    )


def _same_holders(snapshot: Snapshot, price: CompetitivePrice) -> bool | None:
    """Compare who holds the Buy Box.

    Of two lawful holders only one may have a row (facts: issues 2130 and 1830): a row shows that
    its seller holds the Buy Box, and never that this seller is the only one.
    """
    if snapshot.holders is None or price.new is None:
        return None
    if not price.new or not snapshot.holders:
        return not price.new and not snapshot.holders
    named = {box.seller for box in price.new if box.seller}
    if not named <= set(snapshot.holders):
        return False
    return True if named == set(snapshot.holders) else None


def _same_cost(snapshot: Snapshot, price: CompetitivePrice) -> bool | None:
    """Compare the lower price of the Buy Boxes; amounts of two currencies are not compared."""
    prices = [box.price for box in price.new or () if box.price is not None]
    before = snapshot.buy_box_price
    if before is None or len(prices) != len(price.new or ()) or not prices:
        return None
    if any(one.currency != before.currency for one in prices):
        return None
    return min(one.amount for one in prices) == before.amount
