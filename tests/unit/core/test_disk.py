"""A disk that fills up or fails: people hear of it, by the outbox or past it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.storage.codec import encode
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from bot.core.cards import Tone
from bot.core.channel_bindings import open_room
from bot.core.collections import COUNTERS, OUTBOX, Counter
from bot.core.disk import GB, MB, Space
from bot.core.disk_watch import DiskWatch
from bot.core.intake import Intake
from bot.errors import ChatError, DiskError, UserError
from tests.fakes import FakeChat
from tests.files import jpeg
from tests.unit.conftest import Team, card_text

ROOMY = Space(free=50 * GB, total=100 * GB)


@pytest.fixture
def unreadable(tmp_path: Path) -> None:
    """Leave a document behind that no version reads; the team opens its store with it."""
    with LogDB(tmp_path / FILE) as db, db.atomic():
        db.documents.change("counters", "bad", encode({"name": "bad", "value": "many"}))


async def test_health_says_what_could_not_be_read(unreadable: None, team: Team) -> None:
    shown = card_text(await team.type("/health"))
    assert "1 record set aside" in shown
    assert "data check" in shown


async def test_health_says_nothing_of_records_that_were_all_read(team: Team) -> None:
    assert "set aside" not in card_text(await team.type("/health"))


class Rig:
    """A team whose disk a test fills and breaks, and two chats."""

    def __init__(self, team: Team) -> None:
        self.space: Space | None = ROOMY
        app = dataclasses.replace(team.app, space=lambda: self.space)
        self.team = dataclasses.replace(team, app=app)
        self.team.router._app = app
        self.other = FakeChat()
        self.watch = DiskWatch(app, {"web": team.chat, "unheard": self.other})

    async def look(self) -> list[str]:
        self.team.clock.advance(minutes=2)
        await self.watch.tick()
        await self.team.dispatcher.deliver()
        return [self.team.chat.cards[key].title for key in self.team.chat.order]


@pytest.fixture
def rig(team: Team) -> Rig:
    return Rig(team)


@contextmanager
def refusing(monkeypatch: pytest.MonkeyPatch, ctx: str, number: int) -> Iterator[None]:
    """Let the call fail with that number of the system's."""

    def fail(*_: object) -> int:
        raise OSError(number, "refused")

    with monkeypatch.context() as patch:
        patch.setattr(ctx, fail)
        yield


async def write(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        known = await tx.get(COUNTERS, "test")
        tx.put(COUNTERS, Counter("test", known.value + 1 if known else 1))


@pytest.mark.parametrize(
    ("space", "low", "at_floor"),
    [
        (Space(2 * GB, 500 * GB), False, False),
        (Space(900 * MB, 500 * GB), True, False),
        (Space(150 * MB, 500 * GB), True, True),
        (Space(3 * GB, 500 * GB, data=2 * GB), True, False),
        # The log must find room beside the old one.
        (Space(1 * GB, 500 * GB, data=2 * GB), True, True),
        # A disk of a small board is not warned of all its life.
        (Space(300 * MB, 1 * GB), False, False),
        (Space(240 * MB, 1 * GB), True, False),
        (Space(40 * MB, 1 * GB), True, True),
    ],
)
def test_room_is_scarce_long_before_there_is_none(space: Space, low: bool, at_floor: bool) -> None:
    assert (space.low, space.at_floor) == (low, at_floor)


async def test_people_are_warned_once_and_hear_when_there_is_room_again(rig: Rig) -> None:
    assert await rig.look() == []
    rig.space = Space(900 * MB, 100 * GB)
    for _ in range(3):
        assert await rig.look() == ["The disk is nearly full"]
    [key] = rig.team.chat.order
    assert "900 MB of 100.0 GB left; Brandwarden needs 1.0 GB." in rig.team.chat.cards[key].body
    rig.space = Space(400 * MB, 100 * GB)
    await rig.look()
    assert "400 MB" in rig.team.chat.cards[key].body
    rig.space = Space(1050 * MB, 100 * GB)
    assert await rig.look() == ["The disk is nearly full"]
    rig.space = ROOMY
    for _ in range(3):
        assert await rig.look() == ["The disk has enough space again"]


async def test_health_says_how_much_is_left(rig: Rig) -> None:
    rig.space = Space(900 * MB, 100 * GB)
    shown = card_text(await rig.team.type("/health"))
    assert "Disk space: 900 MB left, 1.0 GB needed" in shown


async def test_health_says_when_no_files_are_taken(rig: Rig) -> None:
    rig.space = Space(150 * MB, 100 * GB)
    assert "1.0 GB needed. New files are not accepted" in card_text(await rig.team.type("/health"))


async def test_a_disk_that_nobody_can_look_at_warns_of_nothing(rig: Rig) -> None:
    rig.space = None
    assert await rig.look() == []


async def test_no_files_are_taken_when_the_rest_is_for_alerts(rig: Rig) -> None:
    rig.space = Space(150 * MB, 100 * GB)
    with pytest.raises(UserError, match=r"box\.jpg: The disk is nearly full \(150 MB left\)"):
        await Intake(rig.team.app).take("box.jpg", jpeg())


@pytest.mark.parametrize("chat_is_out", [False, True])
async def test_a_dead_disk_is_told_past_the_outbox_in_every_chat(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, chat_is_out: bool
) -> None:
    await open_room(rig.team.app.store, "unheard", "", "alerts")
    dead = asyncio.create_task(rig.watch.until_dead())
    if chat_is_out:
        monkeypatch.setattr(rig.other, "post", _out)
    with refusing(monkeypatch, "os.fdatasync", 5):
        with pytest.raises(DiskError):
            await write(rig.team)
        assert "refused" in await dead
    told = [rig.team.chat] if chat_is_out else [rig.team.chat, rig.other]
    for chat in told:
        [message] = chat.messages.values()
        assert message.card.title == "Nothing can be saved: could not write to the disk"
        assert message.card.tone is Tone.CRITICAL
        assert message.ping
        assert "Brandwarden is stopping" in message.card.body
    assert await rig.team.app.store.count(OUTBOX) == 0
    shown = card_text(await rig.team.type("/health"))
    assert shown.startswith("Nothing can be saved: could not write to the disk")
    assert isinstance(rig.team.app.store, TinyStore)
    with pytest.raises(DiskError):
        await write(rig.team)


async def _out(_: object) -> None:
    message = "not reachable"
    raise ChatError(message)


async def test_a_full_disk_is_told_once_and_that_it_is_over(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        with refusing(monkeypatch, "adapters.storage.log.write_all", 28):
            for _ in range(3):
                with pytest.raises(DiskError):
                    await write(rig.team)
                await rig.watch.tick()
            [card] = rig.team.chat.cards.values()
            assert card.title == "Nothing can be saved: could not write to the disk"
            assert "continues automatically" in card.body
        await write(rig.team)
        await rig.watch.tick()
        [card] = rig.team.chat.cards.values()
        assert card.title == "Brandwarden can write to the disk again"
    assert rig.team.chat.posts == 1
