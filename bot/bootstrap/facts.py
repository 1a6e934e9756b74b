"""Who is asked about sellers: Keepa, where a key is set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.bootstrap.sources import is_simulated
from bot.core.addresses import is_local
from bot.core.seller_facts import FactsSource
from bot.settings import Settings


@asynccontextmanager
async def open_facts(settings: Settings) -> AsyncIterator[FactsSource | None]:
    """Open whoever can be asked about sellers; None where no key is set.

    Keepa knows nobody of a simulated marketplace: asking it there would only cost tokens.
    """
    key = settings.keepa_key.get_secret_value()
    simulated = is_local(settings.keepa_endpoint)
    if not key or (is_simulated(settings) and not simulated):
        yield None
        return
    import httpx

    from adapters.keepa.source import KeepaSource

    async with httpx.AsyncClient() as http:
        yield KeepaSource(key, http, endpoint=settings.keepa_endpoint, simulated=simulated)
