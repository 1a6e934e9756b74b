"""Messages: posted once, kept, counted, changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from adapters.storage.tinydb import TinyStore
from adapters.web.messages import COLLECTIONS, message_id
from adapters.web.outbound import WebChat
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.errors import ChatError
from tests.fakes import found
from tests.unit.adapters.web.sample import CHANNEL, Running, Ticking, running

HELLO = Outgoing(key="case-1", channel=CHANNEL, card=Card(title="Hello"))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[TinyStore]:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    yield store
    await store.close()


@pytest.fixture
def chat(store: TinyStore) -> WebChat:
    return WebChat(store, Ticking())


async def titles(chat: WebChat) -> list[str]:
    return [each.card.title for each in await chat.newest(CHANNEL, limit=50)]


async def test_a_key_is_posted_once_however_often(chat: WebChat) -> None:
    refs = await asyncio.gather(*(chat.post(HELLO) for _ in range(5)))
    assert set(refs) == {MessageRef(CHANNEL, message_id("case-1"))}
    assert await titles(chat) == ["Hello"]


async def test_two_chats_over_one_store_post_a_key_once(store: TinyStore) -> None:
    one = WebChat(store, Ticking())
    two = WebChat(store, Ticking())
    both = await asyncio.gather(one.post(HELLO), two.post(HELLO), return_exceptions=True)
    assert all(isinstance(each, MessageRef | ChatError) for each in both)
    assert await one.post(HELLO) == await two.post(HELLO)
    assert await titles(one) == ["Hello"]


async def test_find_tells_what_was_posted(chat: WebChat) -> None:
    assert await found(chat, HELLO) is None
    ref = await chat.post(HELLO)
    assert await found(chat, HELLO) == ref


async def test_an_edit_keeps_the_place_and_says_when(chat: WebChat) -> None:
    ref = await chat.post(HELLO)
    await chat.post(msgspec.structs.replace(HELLO, key="case-2", card=Card(title="Second")))
    await chat.edit(ref, Card(title="Changed"))
    assert await titles(chat) == ["Changed", "Second"]
    changed = await chat.message(ref.id)
    assert changed is not None
    assert changed.edited_at is not None


async def test_an_edit_that_changes_nothing_tells_nobody(chat: WebChat) -> None:
    ref = await chat.post(HELLO)
    before = chat.live.cursor
    await chat.edit(ref, HELLO.card)
    assert chat.live.cursor == before


async def test_replies_are_counted_on_the_first_message(chat: WebChat) -> None:
    ref = await chat.post(HELLO)
    for number in (1, 2, 2):
        reply = Outgoing(key=f"reply-{number}", channel=CHANNEL, card=HELLO.card, thread=ref)
        await chat.post(reply)
    first = await chat.message(ref.id)
    replies = await chat.replies(ref.id, limit=50)
    assert first is not None
    assert (first.replies, first.replied_at) == (2, replies[-1].posted_at)
    assert await titles(chat) == ["Hello"]


async def test_what_does_not_exist_cannot_be_changed_or_answered(chat: WebChat) -> None:
    nowhere = MessageRef(CHANNEL, "nowhere")
    with pytest.raises(ChatError, match="deleted"):
        await chat.edit(nowhere, HELLO.card)
    with pytest.raises(ChatError, match="deleted"):
        await chat.post(msgspec.structs.replace(HELLO, thread=nowhere))
    assert await titles(chat) == []


async def test_trouble_of_the_store_is_trouble_of_the_chat(store: TinyStore) -> None:
    chat = WebChat(store, Ticking())
    await store.close()
    with pytest.raises(ChatError):
        await chat.post(HELLO)


async def test_a_restart_keeps_messages_and_knows_what_was_posted(tmp_path: Path) -> None:
    async with running(tmp_path) as before:
        alert = await before.fill()
    async with running(tmp_path) as after:
        assert await titles(after.chat) == [
            "Buy Box won back on Maple Serving Tray",
            "Price undercut on Olive Wood Board, 2 sellers",
            "Unknown seller on Walnut Salad Bowl",
        ]
        assert await after.fill() == alert
        assert len(await titles(after.chat)) == 3
        assert len(await after.chat.replies(alert.id, limit=50)) == 3


async def test_pages_of_the_channel_meet_without_a_gap(site: Running) -> None:
    for number in range(7):
        await site.post(Card(title=str(number)), f"m-{number}")
    last = await site.chat.newest(CHANNEL, limit=3)
    earlier = await site.chat.newest(CHANNEL, before=last[0].key, limit=3)
    assert [each.card.title for each in earlier + last] == ["1", "2", "3", "4", "5", "6"]
