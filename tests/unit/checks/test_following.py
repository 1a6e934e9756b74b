"""Products that were just named: whatever goes wrong meanwhile, each is looked at or forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.core.listing import Watch
from bot.errors import StoreError
from bot.features.watchlist.collections import STATUSES, WATCHES
from tests.unit.conftest import Team

Work = Callable[[Sequence[Watch]], Awaitable[None]]


async def named(team: Team, *asins: str) -> list[Watch]:
    """Watch products, and say so to the monitor."""
    watches = [Watch(asin=asin, marketplace="US", added_at=team.clock.now) for asin in asins]
    async with team.app.store.transaction() as tx:
        for watch in watches:
            tx.put(WATCHES, watch)
    team.monitor.follow(*watches)
    return watches


async def looked_at(team: Team) -> set[str]:
    """Let the program work; return what it was asked about."""
    for _ in range(3):
        await team.poll()
        team.clock.advance(seconds=1)
    return {status.key for status in await team.app.store.page(STATUSES) if status.tried_at}


async def test_one_who_gives_up_waiting_leaves_no_product_unwatched(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await named(team, "B0FOLLOW01", "B0FOLLOW02")
    begun = asyncio.Event()

    async def endless(_: Sequence[Watch]) -> None:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(team.monitor.skus, "first_check", endless)
        asking = asyncio.create_task(team.monitor.look_now(first, "ana"))
        await begun.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    assert {first.key, second.key} <= await looked_at(team)


async def test_a_store_that_cannot_be_read_leaves_no_product_unwatched(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    [watch] = await named(team, "B0FOLLOW01")

    async def broken(_: Sequence[Watch]) -> None:
        raise StoreError

    with monkeypatch.context() as patch:
        patch.setattr(team.monitor.skus, "first_check", broken)
        with pytest.raises(StoreError):
            await team.monitor.tick()
    assert watch.key in await looked_at(team)


def meanwhile(team: Team, act: Callable[[], None]) -> Work:
    """Do something once, while what was named is taken in."""
    check, acts = team.monitor.skus.first_check, [act]

    async def checking(watches: Sequence[Watch]) -> None:
        await check(watches)
        while acts:
            acts.pop()()

    return checking


async def test_what_is_forgotten_while_it_is_taken_in_stays_forgotten(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, kept = await named(team, "B0FOLLOW01", "B0FOLLOW02")
    forgets = meanwhile(team, lambda: team.monitor.forget(gone.key))
    monkeypatch.setattr(team.monitor.skus, "first_check", forgets)
    seen = await looked_at(team)
    assert kept.key in seen
    assert gone.key not in seen


async def test_what_is_named_again_while_it_is_taken_in_is_taken_in_as_it_is_then(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    [watch] = await named(team, "B0FOLLOW01")
    corrected = Watch(asin=watch.asin, marketplace="US", sku="OAK-1", added_at=team.clock.now)
    again = meanwhile(team, lambda: team.monitor.follow(corrected))
    monkeypatch.setattr(team.monitor.skus, "first_check", again)
    await team.monitor.tick()
    team.scheduler.triggered.clear()
    await team.monitor.tick()
    assert ("skus", "") in team.scheduler.triggered
