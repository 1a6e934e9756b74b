"""Threads of what is over: kept for a while, then removed; nothing else is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from adapters.storage.tinydb import TinyStore
from adapters.web.messages import (
    AT_ONCE,
    COLLECTIONS,
    KEPT_DAYS,
    LOOKED_AT,
    WEB_MESSAGES,
    message_id,
)
from adapters.web.outbound import WebChat
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.errors import MessageGone
from tests.fakes import StoppedClock
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.sample import CHANNEL, Running, running


@dataclass
class Page:
    """The page as a chat, its store and its clock."""

    chat: WebChat
    store: TinyStore
    clock: StoppedClock

    async def post(self, key: str, thread: str = "") -> MessageRef:
        head = MessageRef(CHANNEL, message_id(thread)) if thread else None
        message = Outgoing(key=key, channel=CHANNEL, card=Card(title=key), thread=head)
        return await self.chat.post(message)

    async def case(self, key: str, *, over: bool) -> MessageRef:
        """Post an alert with two replies; a case that is over is folded away."""
        head = await self.post(key)
        for reply in ("came", "went"):
            await self.post(f"{key}/{reply}", key)
        if over:
            await self.chat.close_thread(head)
        return head

    async def titles(self) -> list[str]:
        return [each.card.title for each in await self.store.page(WEB_MESSAGES, limit=1000)]


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    store, clock = await TinyStore.open(tmp_path, COLLECTIONS), StoppedClock()

    async def past() -> datetime:
        return clock.now

    yield Page(WebChat(store, clock, past), store, clock)
    await store.close()


async def test_a_thread_goes_when_it_has_been_over_for_long_and_no_other_does(page: Page) -> None:
    await page.case("C-1", over=True)
    await page.case("C-2", over=False)
    page.clock.advance(days=KEPT_DAYS / 2)
    await page.case("C-3", over=True)
    page.clock.advance(days=KEPT_DAYS / 2 + 1)
    await page.case("C-4", over=True)
    kept = [f"C-{number}{part}" for number in (2, 3, 4) for part in ("", "/came", "/went")]
    assert await page.titles() == kept


async def test_a_thread_that_went_on_is_not_over(page: Page) -> None:
    await page.case("C-1", over=True)
    await page.post("C-1/back", "C-1")
    page.clock.advance(days=KEPT_DAYS + 1)
    await page.case("C-2", over=True)
    assert "C-1" in await page.titles()


async def test_what_comes_for_a_thread_that_is_gone_is_told_so(page: Page) -> None:
    head = await page.case("C-1", over=True)
    page.clock.advance(days=KEPT_DAYS + 1)
    await page.case("C-2", over=True)
    for late in (page.post("C-1/late", "C-1"), page.chat.close_thread(head)):
        with pytest.raises(MessageGone):
            await late


async def test_a_thread_that_was_closed_under_a_clock_set_back_is_kept_as_long(page: Page) -> None:
    right = page.clock.now

    async def past() -> datetime:
        return right

    chat = WebChat(page.store, page.clock, past)
    head = await page.post("C-1")
    page.clock.advance(days=-10 * KEPT_DAYS)
    await chat.close_thread(head)
    await chat.close_thread(await page.post("C-2"))
    assert await page.titles() == ["C-1", "C-2"]


async def test_what_is_told_in_the_thread_of_many_stays_with_them(page: Page) -> None:
    await page.post("wave")
    told = await page.post("C-1", "wave")
    await page.chat.close_thread(told)
    page.clock.advance(days=KEPT_DAYS + 1)
    await page.case("C-2", over=True)
    assert (await page.titles())[:2] == ["wave", "C-1"]


async def test_however_many_are_old_all_of_them_go_in_the_end(page: Page) -> None:
    many = LOOKED_AT + 2 * AT_ONCE
    for number in range(many):
        await page.case(f"old-{number}", over=True)
    page.clock.advance(days=KEPT_DAYS + 1)
    rounds = many // AT_ONCE + 2
    for number in range(rounds):
        await page.case(f"new-{number}", over=True)
    assert not [title for title in await page.titles() if title.startswith("old")]
    assert len(await page.titles()) == 3 * rounds


async def test_without_a_sure_time_nothing_goes(page: Page) -> None:
    chat = WebChat(page.store, page.clock)
    head = await page.case("C-1", over=True)
    page.clock.advance(days=10 * KEPT_DAYS)
    await chat.close_thread(head)
    assert "C-1" in await page.titles()


async def test_the_page_says_that_older_threads_are_not_kept(tmp_path: Path) -> None:
    says = f"Threads stay here for {KEPT_DAYS} days"
    async with running(tmp_path) as run:
        for key in ("C-1", "C-2"):
            await run.post(Card(title=key), key)
        assert says not in await channel_of(run)
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    [first] = await store.page(WEB_MESSAGES, limit=1)
    async with store.transaction() as tx:
        tx.delete(WEB_MESSAGES, first.key)
    await store.close()
    async with running(tmp_path) as run:
        assert says in await channel_of(run)


async def channel_of(run: Running) -> str:
    async with new_client(run) as client:
        await enter(run, client)
        return await (await client.get("/")).text()
