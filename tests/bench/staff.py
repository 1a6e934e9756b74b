"""The bot as it really runs: source over HTTP, store on disk, rules, outbox."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from adapters.amazon.login import Credentials
from adapters.amazon.quota import Time
from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Scenario
from adapters.web.outbound import WebChat
from bot.bootstrap.application import WEB, Application, build_application, open_store
from bot.core.clocks import utc_now
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.monitoring import OfferSource
from bot.core.store import Store
from bot.features.watchlist.collections import SELLERS, WATCHES
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from bot.settings import Settings
from tests.bench.market import CREDENTIALS, Market
from tests.scenarios import OWN_SELLER, burst_asin

BUILD = Path("build")
"""On the disk that the project is on; a temporary folder may be in memory, where sync is free."""

AT_ONCE = 20
"""Products in one batch."""


@dataclass
class _Skipped:
    """Time in which waiting for a quota takes no time."""

    seconds: float = 0.0

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder on the project's disk for as long as the block lasts."""
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="bench-") as folder:
        yield Path(folder)


def settings_in(folder: Path) -> Settings:
    """Return settings under which nothing is looked at by itself while a measurement runs."""
    return Settings(_env_file=None).model_copy(
        update={
            "brand": "Burst",
            "own_sellers": frozenset({OWN_SELLER}),
            "home": "US",
            "data_dir": folder,
            "check_every": timedelta(days=1),
            "confirm_after": timedelta(hours=1),
        }
    )


@asynccontextmanager
async def source_of(market: Market) -> AsyncIterator[SpApiSource]:
    """Open the real source at the marketplace; only the pauses between requests are left out."""
    passing = _Skipped()
    source = SpApiSource(
        Credentials(CREDENTIALS.client_id, CREDENTIALS.client_secret, CREDENTIALS.refresh_token),
        login_url=f"{market.base_url}/auth/o2/token",
        endpoint=market.base_url,
        simulated=True,
        passing=Time(passing.monotonic, passing.sleep),
    )
    try:
        yield source
    finally:
        await source.aclose()


@asynccontextmanager
async def house_over(
    source: OfferSource, scenario: Scenario, folder: Path, strangers: Collection[str] = ()
) -> AsyncIterator[tuple[Application, list[Watch]]]:
    """Open a house that watches every product of the scenario and trusts whoever is there.

    Of those only the ``strangers`` are unknown to it.
    """
    settings = settings_in(folder)
    watches = watches_of(len(scenario.products))
    async with open_store(settings, simulated=source.simulated) as store:
        await _seed(store, watches, {offer.seller for offer in scenario.offers} - {*strangers})
        application = build_application(
            settings, store, source, Links(), {WEB: WebChat(store, utc_now)}
        )
        await application.monitor.load()
        yield application, watches


def watches_of(products: int) -> list[Watch]:
    """Return a watch for every product of a burst."""
    now = utc_now()
    return [
        Watch(asin=burst_asin(number), marketplace="US", title=f"Product {number}", added_at=now)
        for number in range(products)
    ]


def batches(watches: Sequence[Watch]) -> Iterator[Sequence[Watch]]:
    """Part the watches as the program parts them."""
    for start in range(0, len(watches), AT_ONCE):
        yield watches[start : start + AT_ONCE]


async def _seed(store: Store, watches: list[Watch], known: set[str]) -> None:
    async with store.transaction() as tx:
        for watch in watches:
            tx.put(WATCHES, watch)
        for seller in sorted(known - {OWN_SELLER}):
            tx.put(SELLERS, Seller(id=seller, authorised=(EVERYWHERE,)))
