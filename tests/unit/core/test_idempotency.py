"""The contract for what comes twice: it happens once, and both deliveries get one answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import Tone
from bot.core.collections import HANDLED
from bot.core.gateway import ChatGateway
from bot.core.idempotency import IdempotencyStore, Response
from bot.core.interactions import AnyInteraction, Click, Command, Notice, Reply
from bot.core.permissions import Roster
from bot.errors import DiskFull
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from tests.unit.conftest import ANA, OWN, PLACE, THIEF, Team, offer


class Work:
    """Answers with how often it was done, when it is let go."""

    def __init__(self) -> None:
        self.done = 0
        self.go = asyncio.Event()

    async def __call__(self) -> Sequence[Reply]:
        self.done += 1
        answer = [Notice(f"Done {self.done} times.")]
        await self.go.wait()
        return answer


FIRST = [Notice("Done 1 times.")]


def ready() -> Work:
    work = Work()
    work.go.set()
    return work


async def test_a_second_delivery_gets_the_answer_of_the_first() -> None:
    store, work = IdempotencyStore(), ready()
    assert await store.once("a", work) == Response(FIRST)
    assert await store.once("a", work) == Response(FIRST, repeated=True)
    assert (await store.once("b", work)).replies == [Notice("Done 2 times.")]


async def test_a_second_delivery_waits_while_the_first_is_under_way() -> None:
    store, work = IdempotencyStore(), Work()
    waiting = [asyncio.create_task(store.once("a", work)) for _ in range(3)]
    await asyncio.sleep(0)
    work.go.set()
    again = Response(FIRST, repeated=True)
    assert await asyncio.gather(*waiting) == [Response(FIRST), again, again]


async def test_whoever_gives_up_does_not_stop_what_another_one_waits_for() -> None:
    store, work = IdempotencyStore(), Work()
    first = asyncio.create_task(store.once("a", work))
    second = asyncio.create_task(store.once("a", work))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait({first})
    work.go.set()
    assert await second == Response(FIRST, repeated=True)
    assert first.cancelled()


async def test_what_fails_reaches_all_that_wait_and_may_be_tried_again() -> None:
    store = IdempotencyStore()

    async def failing() -> Sequence[Reply]:
        await asyncio.sleep(0)
        raise DiskFull

    both = await asyncio.gather(
        store.once("a", failing), store.once("a", failing), return_exceptions=True
    )
    assert [type(each) for each in both] == [DiskFull, DiskFull]
    assert await store.once("a", ready()) == Response(FIRST)


@given(st.integers(1, 5), st.lists(st.sampled_from("abcdefgh"), max_size=30))
def test_the_latest_answers_are_remembered_and_no_more(most: int, ids: list[str]) -> None:
    async def delivered() -> None:
        store, known = IdempotencyStore(most), list[str]()
        for id in ids:
            response = await store.once(id, ready())
            assert response.repeated is (id in known)
            if not response.repeated:
                known = [*known, id][-most:]

    asyncio.run(delivered())


async def test_what_is_under_way_is_never_forgotten() -> None:
    store, work = IdempotencyStore(1), Work()
    slow = asyncio.create_task(store.once("slow", work))
    await asyncio.sleep(0)
    for number in range(3):
        await store.once(f"quick-{number}", ready())
    again = asyncio.create_task(store.once("slow", work))
    await asyncio.sleep(0)
    work.go.set()
    assert (await slow, await again) == (Response(FIRST), Response(FIRST, repeated=True))
    assert work.done == 1


@pytest.fixture
async def press(team: Team) -> Click:
    """A press on the button of an alert that is there."""
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    return Click(**_common(team), action="acknowledge", ref=case_key(1))


def _common(team: Team) -> dict[str, Any]:
    person, role = ANA
    return {"id": "same", "who": person, "role": role, "where": PLACE, "at": team.clock.now}


def restarted(team: Team) -> ChatGateway:
    return ChatGateway(team.app, team.router, Roster())


async def handled(gateway: ChatGateway, asked: AnyInteraction) -> tuple[Sequence[Reply], bool]:
    response = await gateway.handle(asked)
    return response.replies, response.repeated


async def test_after_a_restart_what_was_done_is_done_already(team: Team, press: Click) -> None:
    await restarted(team).handle(press)
    done = await team.app.store.count(ENTRIES)
    assert await handled(restarted(team), press) == ([Notice("This was already done.")], False)
    assert await team.app.store.count(ENTRIES) == done


async def test_after_a_restart_what_only_showed_something_shows_it(team: Team) -> None:
    asked = Command(**_common(team), name="cases")
    first = await handled(restarted(team), asked)
    assert await handled(restarted(team), asked) == first
    assert await team.app.store.count(HANDLED) == 0


async def test_a_refusal_is_the_answer_unless_an_earlier_delivery_got_another(
    team: Team, press: Click
) -> None:
    gateway = restarted(team)
    refused = [Notice("The file is too large.", Tone.WARNING)]
    assert await handled(gateway, press) != (refused, False)
    assert (await gateway.handle(press, "The file is too large.")).repeated
    assert await handled(restarted(team), press) == ([Notice("This was already done.")], False)
    fresh = restarted(team)
    assert await fresh.handle(press, "The file is too large.") == Response(refused)
    assert await handled(fresh, press) == (refused, True)
