"""Opening the data: to what it belongs, and what the page shows of it."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import (
    STORE,
    WEB,
    WEB_CHANNEL,
    Application,
    open_application,
    open_store,
    running,
)
from bot.bootstrap.features import COLLECTIONS
from bot.cli.serving import OWNER
from bot.core.cards import FIELD_LABEL, Card
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.collections import DEPLOYMENTS, OUTBOX, THIS, Deployment
from bot.core.interactions import Command, Place, Post
from bot.core.links import Links
from bot.core.permissions import Person, Role
from bot.features.reports.service.follow_ups import FollowUps
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.journeys.at_the_page import at_the_page

BOUND = 20.0
"""Seconds in which what is due at once has happened, on a busy machine."""


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


async def test_all_work_has_a_name_that_a_card_can_show(folder: Path) -> None:
    async with open_application(Settings(), FakeSource(), Links(), {}) as application:
        work = application.scheduler.health()
    assert {each.name for each in work} > {"tick", "send", "job", "retention"}
    labels = [each.label for each in work]
    assert len(set(labels)) == len(labels)
    for each in work:
        assert each.label[0].isupper()
        assert len(each.label) <= FIELD_LABEL


async def test_health_shows_work_that_fails_in_the_running_program(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: FollowUps, __: str = "") -> None:
        raise KeyError

    monkeypatch.setattr(FollowUps, "tick", broken)
    source = FakeSource(simulated=True)
    async with (
        open_application(Settings(), source, Links(), {}) as application,
        running(application),
        asyncio.timeout(BOUND),
    ):
        while "Failed" not in (shown := await health(application)):  # noqa: ASYNC110 (polled truth)
            await asyncio.sleep(0.01)
    assert "Report follow-ups: Failed once" in shown
    assert "something went wrong" in shown


async def health(application: Application) -> str:
    """Return what /health says to a person."""
    command = Command(
        id=secrets.token_hex(4),
        who=Person("ana", "Ana"),
        role=Role.ADMIN,
        where=Place(chat=WEB, channel=WEB_CHANNEL),
        at=utc_now(),
        name="health",
        text="",
    )
    [reply] = await application.router.handle(command)
    assert isinstance(reply, Post)
    return "\n".join(f"{field.label}: {field.value}" for field in reply.card.fields)
