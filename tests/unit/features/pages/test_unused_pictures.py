"""Pictures of products that nobody watches any more are forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core.product_pictures import PRODUCT_PICTURES
from bot.features.pages.service.unused_pictures import UnusedPictures
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.models.events import WatchEnded
from tests.unit.conftest import ANA, ASIN, SECOND, Team
from tests.unit.features.pages.guarded import KEY, PICTURES, Pages


class Kept:
    """Notes what is to be kept."""

    def __init__(self) -> None:
        self.links: list[str] = []

    async def at_hand(self, _: str) -> bytes:
        return b""

    async def keep_only(self, links: Iterable[str]) -> None:
        self.links = sorted(links)


async def test_only_pictures_of_guarded_pages_are_kept(team: Team) -> None:
    pages, kept = await Pages.of(team), Kept()
    await pages.approve()
    sweep = UnusedPictures(
        replace(team.app, resources=team.app.resources.having(PRODUCT_PICTURES, kept))
    )
    await sweep.tick()
    assert kept.links == [f"{PICTURES}61{asin}L.jpg" for asin in (ASIN, SECOND)]
    async with team.app.store.transaction() as tx:
        watch = await tx.get(WATCHES, KEY)
        assert watch is not None
        await team.app.tell(tx, WatchEnded(watch, ANA[0], team.app.clock()))
    await sweep.tick()
    assert kept.links == [f"{PICTURES}61{SECOND}L.jpg"]
