"""How many products are watched, in the log."""

from __future__ import annotations

import structlog

from bot.core.context import AppContext
from bot.features.watchlist.collections import WATCHES

log = structlog.get_logger(__name__)


class ProductTally:
    """Writes into the log how many products are watched."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Count them."""
        log.info("products_counted", products=await self._app.store.count(WATCHES))
