"""A product's prices as a picture for the channel."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import Card, Tone
from bot.core.charts import Chart
from bot.core.context import AppContext
from bot.core.interface import InterfaceLanguage, speak
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.service.price_records import price_history
from bot.features.watchlist.views.price_history import price_chart

PRICES = "prices"
"""The name of the pictures; their subject is a watch's key, and a number of days."""
SHOWN_DAYS = 90
"""What is shown where nobody says how much."""


async def price_pictures(app: AppContext, subject: str) -> tuple[Card, tuple[Chart, ...]]:
    """Return the card and its chart, in English, for the letters that charts are set in."""
    key, _, days = subject.partition(" ")
    watch = await app.store.get(WATCHES, key)
    if watch is None:
        return Card(title="That product is no longer watched.", tone=Tone.QUIET), ()
    period = timedelta(days=int(days) if days.isdigit() else SHOWN_DAYS)
    known = await price_history(app, watch, period)
    with speak(InterfaceLanguage.ENGLISH):
        chart = price_chart(known, await app.team())
    return Card(title=chart.title, footer=f"{watch.asin} · {watch.marketplace}"), (chart,)
