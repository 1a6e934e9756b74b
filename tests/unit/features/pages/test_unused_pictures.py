"""Pictures of products that nobody watches any more are forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core.product_pictures import PRODUCT_PICTURES
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.service.unused_pictures import UnusedPictures
from tests.unit.conftest import ASIN, Team
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
    assert kept.links == [f"{PICTURES}61{ASIN}L.jpg"]
    async with team.app.store.transaction() as tx:
        tx.delete(GUARDED_PAGES, KEY)
    await sweep.tick()
    assert kept.links == []
