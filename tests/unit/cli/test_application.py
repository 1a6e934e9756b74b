"""Opening the data: to what it belongs, and what the page shows of it."""

from __future__ import annotations

from pathlib import Path

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import (
    STORE,
    WEB,
    WEB_CHANNEL,
    open_application,
    open_store,
)
from bot.bootstrap.features import COLLECTIONS
from bot.cli.serving import OWNER
from bot.core.cards import Card
from bot.core.channel_bindings import open_room
from bot.core.collections import DEPLOYMENTS, OUTBOX, THIS, Deployment
from bot.core.interactions import Command, Place
from bot.core.links import Links
from bot.core.wall_clock import utc_now
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.journeys.at_the_page import at_the_page


async def test_new_data_has_an_epoch_that_stays(folder: Path) -> None:
    epochs = []
    for _ in range(2):
        async with open_store(Settings(), simulated=False) as store:
            deployment = await store.get(DEPLOYMENTS, THIS)
            assert deployment is not None
            epochs.append(deployment.epoch)
    assert epochs[0] == epochs[1]
    assert len(epochs[0]) == 8
    async with open_store(Settings(data_dir=folder / "other"), simulated=False) as store:
        other = await store.get(DEPLOYMENTS, THIS)
    assert other is not None
    assert other.epoch != epochs[0]


async def test_data_of_before_has_none_so_that_its_messages_are_known_again(folder: Path) -> None:
    before = await TinyStore.open(folder / "data" / STORE, COLLECTIONS)
    async with before.transaction() as tx:
        tx.put(DEPLOYMENTS, Deployment(THIS, simulated=False))
    await before.close()
    async with open_store(Settings(), simulated=False) as store:
        deployment = await store.get(DEPLOYMENTS, THIS)
    assert deployment == Deployment(THIS, simulated=False)


async def test_messages_are_written_under_the_epoch_of_the_data(folder: Path) -> None:
    settings, source = Settings(), FakeSource()
    async with open_application(settings, source, Links(), {}) as application:
        async with application.app.store.transaction() as tx:
            application.app.outbox.post(tx, "C-1", Card(title="Hello"))
        [row] = await application.app.store.page(OUTBOX)
        deployment = await application.app.store.get(DEPLOYMENTS, THIS)
    assert deployment is not None
    assert row.epoch == deployment.epoch != ""


async def test_the_page_shows_times_in_the_zone_that_was_chosen_elsewhere(folder: Path) -> None:
    who, role = OWNER["you"]
    where = Place(chat=WEB, channel=WEB_CHANNEL)
    chosen = Command(
        id="c-1",
        who=who,
        role=role,
        where=where,
        at=utc_now(),
        name="settings",
        text="zone Asia/Tokyo",
    )
    async with (
        open_application(Settings(), FakeSource(), Links(), {}) as application,
        at_the_page(application) as person,
    ):
        await open_room(application.app.store, WEB, "", WEB_CHANNEL)
        async with application.app.store.transaction() as tx:
            application.app.outbox.post(tx, "C-1", Card(title="Hello"))
        await person.work()
        await person.look()
        assert ' UTC"' in person.seen[-1]
        await application.gateway.handle(chosen)
        await person.look()
        assert ' JST"' in person.seen[-1]
        assert ' UTC"' not in person.seen[-1]
