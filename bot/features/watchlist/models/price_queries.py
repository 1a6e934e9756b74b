"""What a page asks of a product's prices."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.charts import Curves
from bot.core.events import Query
from bot.features.watchlist.models.price_histories import PriceHistory


class PriceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the numbers, in words."""

    at: datetime
    ours: str
    lowest: str
    buy_box: str
    holder: str
    sellers: str
    checked: bool = True
    """Whether anything is known from here on."""


class ShownPrices(msgspec.Struct, frozen=True, kw_only=True):
    """A product's prices as a page shows them."""

    history: PriceHistory
    summary: str
    chart: Curves
    lines: tuple[PriceLine, ...]
    """The changes, newest first."""
    kept_days: int
    """For how many days prices are kept."""


class HistoryOf(Query[ShownPrices | None], frozen=True):
    """How did the prices of a watched product go? None: it is not watched."""

    asin: str
    marketplace: str
    """The marketplace's code."""
    days: int = 90
