"""What open pages hear, and how they catch up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from aiohttp import ClientResponse, ClientSession

from adapters.web.live import WAITING, Change, Crowded, Live
from adapters.web.messages import WebMessage
from adapters.web.site import Limits
from bot.core.cards import Card
from tests.patience import PATIENCE
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.sample import CHANNEL, START, Running, running


class Heard(NamedTuple):
    cursor: str
    kind: str
    told: dict[str, object]


class Ear:
    """Reads a stream of server-sent events."""

    def __init__(self, answer: ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> Heard | None:
        lines = await self.lines()
        if not lines:
            return None
        fields = dict(line.split(": ", 1) for line in lines if ": " in line)
        told = msgspec.json.decode(fields.get("data", "{}"), type=dict[str, object])
        return Heard(fields.get("id", ""), fields.get("event", "message"), told)

    async def lines(self) -> list[str]:
        lines = []
        async with asyncio.timeout(PATIENCE):
            while line := (await self._answer.content.readline()).decode().rstrip("\n"):
                lines.append(line)
        return lines


@asynccontextmanager
async def listening(client: ClientSession, cursor: str, **headers: str) -> AsyncIterator[Ear]:
    async with client.get("/events", params={"after": cursor}, headers=headers) as answer:
        assert answer.content_type == "text/event-stream"
        yield Ear(answer)


def change(number: int) -> Change:
    message = WebMessage(
        seq=number,
        id=str(number),
        channel=CHANNEL,
        stream=f"#{CHANNEL}",
        card=Card(title=str(number)),
        posted_at=START,
    )
    return Change(message, new=True)


async def test_a_page_hears_of_every_change(site: Running, client: ClientSession) -> None:
    async with listening(client, site.chat.live.cursor) as ear:
        ref = await site.post(Card(title="First"), "one")
        posted = await ear.next()
        await site.chat.edit(ref, Card(title="Other"))
        edited = await ear.next()
    assert posted is not None
    assert edited is not None
    assert (posted.told["new"], edited.told["new"]) == (True, False)
    assert posted.told["stream"] == "#brand-alerts"
    assert posted.told["ping"] is True
    assert "First" in str(posted.told["html"])
    assert "Other" in str(edited.told["html"])


async def test_a_reply_also_changes_its_first_message(site: Running, client: ClientSession) -> None:
    alert = await site.fill()
    async with listening(client, site.chat.live.cursor) as ear:
        await site.post(Card(title="News"), "news", alert)
        reply = await ear.next()
        first = await ear.next()
    assert reply is not None
    assert first is not None
    assert reply.told["stream"] == alert.id
    assert (first.told["id"], "4 replies" in str(first.told["html"])) == (alert.id, True)


async def test_a_page_that_comes_back_hears_what_it_missed(
    site: Running, client: ClientSession
) -> None:
    start = site.chat.live.cursor
    for number in range(3):
        await site.post(Card(title=f"Number {number}"), str(number))
    async with listening(client, start) as ear:
        missed = [await ear.next() for _ in range(3)]
    assert all(
        heard and f"Number {number}" in str(heard.told) for number, heard in enumerate(missed)
    )
    last_seen = missed[1].cursor if missed[1] else ""
    async with listening(client, start, **{"Last-Event-ID": last_seen}) as ear:
        heard = await ear.next()
    assert heard == missed[2]


@pytest.mark.parametrize("cursor", ["", "other-1", "nonsense", "-", "{run}-9", "{run}-" + "9" * 99])
async def test_a_page_that_missed_too_much_reads_everything_again(
    site: Running, client: ClientSession, cursor: str
) -> None:
    run = site.chat.live.cursor.partition("-")[0]
    async with listening(client, cursor.format(run=run)) as ear:
        heard = await ear.next()
    assert heard is not None
    assert (heard.kind, heard.cursor) == ("reload", site.chat.live.cursor)


async def test_the_connection_shows_that_it_lives(tmp_path: Path) -> None:
    limits = Limits(heartbeat=0.01)
    async with running(tmp_path, limits=limits) as served, new_client(served) as client:
        await enter(served, client)
        async with listening(client, served.chat.live.cursor) as ear:
            assert await ear.lines() == [": nothing new"]


async def test_an_open_page_hears_what_is_wrong_with_the_whole_of_it_and_when_it_is_over(
    tmp_path: Path,
) -> None:
    wrong = ["Nothing can be saved"]
    limits, trouble = Limits(heartbeat=0.01), lambda: wrong[0] if wrong else ""
    async with (
        running(tmp_path, limits=limits, trouble=trouble) as served,
        new_client(served) as client,
    ):
        await enter(served, client)
        async with listening(client, served.chat.live.cursor) as ear:
            heard = await ear.next()
            assert heard == Heard("", "trouble", {"words": "Nothing can be saved"})
            wrong.clear()
            while not (lines := await ear.lines())[0].startswith("event"):
                assert lines == [": nothing new"]
    assert lines == ["event: trouble", 'data: {"words":""}']


async def test_the_end_of_the_program_ends_the_streams(
    site: Running, client: ClientSession
) -> None:
    async with listening(client, site.chat.live.cursor) as ear:
        await site.runner.cleanup()
        assert await ear.next() is None


async def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    live = Live(pages=1)
    with live.listen(""), pytest.raises(Crowded), live.listen(""):
        pass
    with live.listen(""):
        pass


async def test_crowded_is_said_kindly(site: Running, client: ClientSession) -> None:
    site.chat.live = Live(pages=0)
    async with client.get("/events") as answer:
        assert answer.status == 503
        assert "Close a few of them" in await answer.text()


async def test_a_page_that_is_too_slow_is_dropped_and_catches_up_without_a_gap() -> None:
    live = Live()
    start = live.cursor
    with live.listen(start) as slow:
        for number in range(WAITING + 1):
            live.publish(change(number))
        assert await slow.next() is None
    with live.listen(start) as again:
        events = [await again.next() for _ in range(WAITING + 1)]
    told = [event.change.message.seq for event in events if event and event.change]
    assert told == list(range(WAITING + 1))


async def test_what_is_kept_for_late_pages_is_bounded() -> None:
    live = Live(kept=10)
    start = live.cursor
    for number in range(11):
        live.publish(change(number))
    with live.listen(start) as late:
        event = await late.next()
    assert event is not None
    assert event.change is None
