"""Two processes that send to one chat: what one has claimed, the other leaves alone for a time."""

from __future__ import annotations

import dataclasses

import pytest

from bot.core.cards import Card
from bot.core.collections import POSTED, PostedMessage
from bot.core.dispatch.breaker import ChatBreaker
from bot.core.dispatch.claiming import LEASE, Claims
from bot.core.dispatch.dispatcher import OutboxDispatcher
from tests.unit.conftest import Team


@pytest.fixture
async def claimed(team: Team) -> Team:
    """Have a message that a process claimed which is gone, and another process that sends."""
    async with team.app.store.transaction() as tx:
        team.app.outbox.post(tx, "hello", Card(title="Hello"))
    gone = Claims(team.app, "web", ChatBreaker(), alone=False)
    assert [row.message for row in await gone.claim(5)] == ["hello"]
    other = OutboxDispatcher(team.app, "web", team.chat, alone=False)
    await other.deliver()
    assert team.chat.order == []
    return dataclasses.replace(team, dispatcher=other)


async def test_what_another_process_left_behind_is_sent_when_its_lease_is_over(
    claimed: Team,
) -> None:
    claimed.clock.advance(seconds=LEASE.total_seconds() - 1)
    await claimed.dispatcher.deliver()
    assert claimed.chat.order == []
    claimed.clock.advance(seconds=1)
    await claimed.dispatcher.deliver()
    assert claimed.chat.order == ["hello"]


@pytest.mark.parametrize("step", [-86_400, 86_400])
async def test_a_clock_that_is_set_makes_a_lease_neither_longer_nor_shorter(
    claimed: Team, step: int
) -> None:
    claimed.clock.step(seconds=step)
    await claimed.dispatcher.deliver()
    assert claimed.chat.order == []
    claimed.clock.advance(seconds=LEASE.total_seconds())
    await claimed.dispatcher.deliver()
    assert claimed.chat.order == ["hello"]


async def test_a_line_that_was_left_behind_waits_for_its_head_that_was_put_back(
    team: Team,
) -> None:
    """The process before died between putting back a head and the line that follows it."""
    async with team.app.store.transaction() as tx:
        team.app.outbox.post(tx, "hello", Card(title="Hello"))
        team.app.outbox.post(tx, "hello/1", Card(title="More"), thread="hello")
    died = Claims(team.app, "web", ChatBreaker(), alone=True)
    head, line = await died.claim(5)
    assert (head.message, line.message) == ("hello", "hello/1")
    await died.put_back(head)
    await OutboxDispatcher(team.app, "web", team.chat).deliver()
    assert team.chat.order == ["hello", "hello/1"]
    head_at = await team.app.store.get(POSTED, PostedMessage.key_of("web", "hello"))
    assert head_at is not None
    assert team.chat.messages["hello/1"].thread == head_at.ref
