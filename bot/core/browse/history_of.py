"""The question after a product's past, for the page about it."""

from __future__ import annotations

from bot.core.browse.models import Drawing
from bot.core.events import Query


class HistoryOf(Query[Drawing], frozen=True):
    """Asks how price and Buy Box of a product went; None: nobody keeps that, or nothing is kept."""

    asin: str
    marketplace: str
