"""A product's prices as a picture for the channel, and as a page shows them."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Card, Tone
from bot.core.charts import Chart, Curves
from bot.core.context import AppContext
from bot.core.interface import InterfaceLanguage, speak
from bot.core.listing import Watch
from bot.core.store import Transaction
from bot.core.team import Team
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.models.price_histories import PriceHistory
from bot.features.watchlist.models.price_queries import HistoryOf, ShownPrices
from bot.features.watchlist.service.price_records import price_history
from bot.features.watchlist.views.price_history import price_chart, price_lines, price_summary

PRICES = "prices"
"""The name of the pictures; their subject is a watch's key, and a number of days."""
SHOWN_DAYS = 90
"""Days that are shown unless others are asked for."""


async def price_pictures(app: AppContext, subject: str) -> tuple[Card, tuple[Chart, ...]]:
    """Return the card and its chart, in English, for the letters that charts are set in."""
    key, _, days = subject.partition(" ")
    watch = await app.store.get(WATCHES, key)
    if watch is None:
        return Card(title="That product is no longer watched.", tone=Tone.QUIET), ()
    period = timedelta(days=int(days) if days.isdigit() else SHOWN_DAYS)
    known = await price_history(app, watch, period)
    chart = _chart(known, await app.team())
    return Card(title=chart.title, footer=f"{watch.asin} · {watch.marketplace}"), (chart,)


async def shown_prices(app: AppContext, tx: Transaction, query: HistoryOf) -> ShownPrices | None:
    """Return the prices of a watched product as a page shows them."""
    watch = await tx.get(WATCHES, Watch.key_of(query.marketplace, query.asin))
    if watch is None:
        return None
    history = await price_history(app, watch, timedelta(days=query.days))
    team = await app.team(tx)
    return ShownPrices(
        history=history,
        summary=price_summary(history, team),
        chart=_chart(history, team),
        lines=tuple(price_lines(history)),
        kept_days=app.prices_kept.days,
    )


def _chart(history: PriceHistory, team: Team) -> Curves:
    """Draw in English, for the letters that charts are set in."""
    with speak(InterfaceLanguage.ENGLISH):
        return price_chart(history, team)
