"""The demo: the whole product against a simulated marketplace, with nothing but Python."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from adapters.marketplace import Marketplace, WallClock, demo_scenario
from bot.app.collections import SELLERS, WATCHES
from bot.cli.house import House, People, open_house, utc_now
from bot.cli.sources import amazon
from bot.domain.people import Person, Role
from bot.domain.sellers import Seller
from bot.domain.watch_table import read_watches
from bot.ports import Store
from bot.settings import Settings
from bot.ui.links import Links

OWN_SELLER = "A3ALDERFINCH01"
RESELLER = "A2HARBORGOODS7"
RESOLD = "B0ALDER002"
WATCHES_FILE = Path(__file__).with_name("demo_watches.csv")
STARTED = "started-at"
MARKETPLACE_PORT = 8643

PEOPLE: People = {
    "ana": (Person("ana", "Ana"), Role.ADMIN),
    "ben": (Person("ben", "Ben"), Role.MEMBER),
    "vik": (Person("vik", "Vik"), Role.VIEWER),
}
"""Whom the reader may be: one for each role."""


@asynccontextmanager
async def open_demo(
    settings: Settings, speed: float, marketplace_port: int = MARKETPLACE_PORT
) -> AsyncIterator[House]:
    """Open the demo; its world goes on where an earlier run of it stopped looking.

    Raises:
        OSError: another program uses the marketplace's port.
    """
    started_at = _started_at(settings.data_dir)
    marketplace = Marketplace(
        demo_scenario(),
        clock=WallClock(started_at, speed),
        port=marketplace_port,
        quota_scale=max(1.0, speed),
    )
    async with marketplace as market:
        told = demo_settings(settings, market, speed)
        source = amazon(told, simulated=True)
        try:
            async with open_house(told, source, Links(base=market.base_url)) as house:
                await seed(house.desk.store)
                yield house
        finally:
            await source.aclose()


def demo_settings(settings: Settings, market: Marketplace, speed: float) -> Settings:
    """Point the settings at the marketplace, and hurry as much as its clock does."""
    return settings.model_copy(
        update={
            "brand": "Alder & Finch",
            "own_sellers": frozenset({OWN_SELLER}),
            "home": "US",
            "amazon_endpoint": market.base_url,
            "amazon_login_url": f"{market.base_url}/auth/o2/token",
            "amazon_client_id": market.credentials.client_id,
            "amazon_client_secret": SecretStr(market.credentials.client_secret),
            "amazon_refresh_token": SecretStr(market.credentials.refresh_token),
            "check_every": timedelta(seconds=4) / speed,
            "confirm_after": timedelta(seconds=2) / speed,
            "outage_after": timedelta(seconds=10) / speed,
        }
    )


async def seed(store: Store) -> None:
    """Give a new demo its products and its authorised reseller."""
    if await store.count(WATCHES):
        return
    imported = read_watches(WATCHES_FILE.read_text("utf-8"), "US", utc_now(), "demo")
    async with store.transaction() as tx:
        for watch in imported.watches:
            tx.put(WATCHES, watch)
        tx.put(SELLERS, Seller(id=RESELLER, authorised=(RESOLD,)))


def _started_at(folder: Path) -> datetime:
    """Remember when this demo's world began, so that a restart goes on in the same world."""
    path = folder / STARTED
    if path.exists():
        return datetime.fromisoformat(path.read_text("utf-8").strip()).astimezone(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    now = utc_now()
    path.write_text(now.isoformat(), "utf-8")
    return now
