"""Opening the demo: a new world, the same one again, and what is in its way."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from bot.bootstrap.application import Application, open_store
from bot.cli.demo import BEGINS, DAMAGED, GOES_ON, MOVED, OVER, RESELLER, open_demo
from bot.cli.world import FILE, World, keep_world, read_world
from bot.core.clocks import utc_now
from bot.errors import StoreError, StoreLocked, UserError
from bot.features.watchlist.collections import HEARD_NOTIFICATIONS, SELLERS, WATCHES
from bot.features.watchlist.models.push import HeardNotification
from bot.settings import Settings
from tests.patience import PATIENCE


class Demo:
    """Opens demos in one folder and remembers what the last one said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []

    @asynccontextmanager
    async def __call__(
        self, speed: float = 1.0, *, fresh: bool = False
    ) -> AsyncIterator[Application]:
        self.said = []
        settings = Settings(data_dir=self.folder)
        async with open_demo(settings, speed, fresh=fresh, say=self.said.append) as application:
            yield application

    @property
    def world(self) -> World:
        world = read_world(self.folder)
        assert world is not None
        return world


@pytest.fixture
def demo(folder: Path) -> Demo:
    return Demo(folder / "demo")


def port_of(application: Application) -> int | None:
    return urlsplit(application.app.links.product("US", "B0ALDER001")).port


async def test_a_new_world(demo: Demo) -> None:
    async with demo() as application:
        assert demo.said == [BEGINS]
        assert await application.app.store.count(WATCHES) == 6
        assert await application.app.store.get(SELLERS, RESELLER) is not None
        assert application.app.brand.simulated
        page = application.app.links.product("US", "B0ALDER001")
        async with httpx.AsyncClient() as http:
            assert "Saucepan" in (await http.get(page)).text


async def test_the_same_world_again(demo: Demo) -> None:
    async with demo() as application:
        first = port_of(application)
        async with application.app.store.transaction() as tx:
            tx.delete(WATCHES, "US-B0ALDER001")
        begun = demo.world
    async with demo() as application:
        assert demo.said == [GOES_ON]
        assert port_of(application) == first
        assert demo.world == begun
        assert await application.app.store.count(WATCHES) == 5


async def test_the_story_ends(demo: Demo) -> None:
    async with demo():
        pass
    keep_world(demo.folder, World(utc_now() - timedelta(hours=2), 1.0, demo.world.port))
    async with demo():
        assert demo.said == [OVER]


async def test_fresh(demo: Demo) -> None:
    async with demo() as application:
        begun = demo.world
        async with application.app.store.transaction() as tx:
            tx.delete(WATCHES, "US-B0ALDER001")
    async with demo(fresh=True) as application:
        assert demo.said == [BEGINS]
        assert demo.world.started_at > begun.started_at
        assert await application.app.store.count(WATCHES) == 6


async def test_fresh_deletes_nothing_while_another_demo_runs(demo: Demo) -> None:
    async with demo() as application:
        with pytest.raises(StoreLocked, match="Another demo is running"):
            async with demo(fresh=True):
                pytest.fail("two demos in one folder")
        assert await application.app.store.count(WATCHES) == 6
        assert (demo.folder / FILE).exists()


async def test_real_data_is_neither_used_nor_deleted(demo: Demo) -> None:
    async with open_store(Settings(data_dir=demo.folder), simulated=False):
        pass
    with pytest.raises(StoreError, match="comes from Amazon, not from a demo"):
        async with demo():
            pytest.fail("it used real data")
    with pytest.raises(UserError, match="is not from a demo"):
        async with demo(fresh=True):
            pytest.fail("it deleted real data")
    assert (demo.folder / "store").exists()
    assert not (demo.folder / FILE).exists()


async def test_a_damaged_world_begins_anew_with_a_word(demo: Demo) -> None:
    async with demo():
        pass
    (demo.folder / FILE).write_text("damaged")
    async with demo() as application:
        assert demo.said == [DAMAGED, BEGINS]
        assert await application.app.store.count(WATCHES) == 6
    async with demo():
        assert demo.said == [GOES_ON]


async def test_the_marketplace_moves_if_its_port_is_taken(demo: Demo) -> None:
    async with demo() as application:
        port = port_of(application)
    with socket.create_server(("127.0.0.1", port or 0), reuse_port=False):
        async with demo() as application:
            moved = port_of(application)
            assert moved != port
            assert demo.said == [MOVED.format(old=port), GOES_ON]
    async with demo() as application:
        assert port_of(application) == moved


async def test_the_page_has_its_port_for_itself(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo():
        port = demo.world.port
    monkeypatch.setenv("BRANDWARDEN_WEB_PORT", str(port))
    async with demo() as application:
        assert port_of(application) != port


async def test_a_demo_at_another_speed_goes_on_from_the_same_moment(demo: Demo) -> None:
    async with demo():
        begun = demo.world.started_at
    async with demo(speed=10.0):
        world = demo.world
        assert world.speed == 10.0
        passed = (utc_now() - world.started_at) * 10
        assert passed >= utc_now() - begun
        assert demo.said == [GOES_ON]


async def test_its_marketplace_tells_what_happens_there(demo: Demo) -> None:
    async with demo(speed=100) as application:
        assert application.push is not None
        heard: list[HeardNotification] = []
        async with asyncio.timeout(PATIENCE):
            while not heard:
                await application.push.tick()
                heard = await application.app.store.page(HEARD_NOTIFICATIONS)
        assert "US-B0ALDER001" in {each.key for each in heard}
