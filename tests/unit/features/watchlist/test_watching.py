"""Many products at once: they come up over one round, and what was known stays known."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest

from bot.core.listing import Snapshot, Watch
from bot.core.questions import Bucket, Question
from bot.core.router import Router
from bot.core.scanning import AT_ONCE
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.watchlist.collections import HISTORIES, STATUSES, WATCHES
from bot.features.watchlist.service.watching import add_watches
from checks.monitor import FOLLOWED_AT_ONCE, ListingMonitor
from checks.planner import State, next_questions
from checks.timing import PollingPolicy
from tests.unit.conftest import ASIN, OWN, SECOND, Team, offer, usd

MANY = 600
MINUTE = timedelta(minutes=1)
ROUND = 10
"""Minutes."""
OLD = {f"US-{ASIN}", f"US-{SECOND}"}


def products(team: Team) -> list[Watch]:
    now = team.clock.now
    return [Watch(asin=f"B{number:09}", marketplace="US", added_at=now) for number in range(MANY)]


async def add(team: Team, watches: Sequence[Watch]) -> list[Watch]:
    added = await run_in_transaction(team.app.store, lambda tx: add_watches(tx, watches, None))
    return [each.watch for each in added if each.changed]


def show_all(team: Team) -> None:
    for asin in (ASIN, SECOND, *(watch.asin for watch in products(team))):
        offers = (offer(OWN, "20"),)
        at = team.clock.now
        team.source.put(Snapshot(asin=asin, marketplace="US", at=at, offers=offers, total=1))


async def asked_now(team: Team, monitor: ListingMonitor | None = None) -> set[str]:
    """Let the program look at what is due; return the products for which it asked."""
    show_all(team)
    team.source.asked.clear()
    monitor = monitor or team.monitor
    await monitor.tick()
    await monitor.settle()
    return {key for batch in team.source.asked for key in batch}


async def come_up_over_one_round(team: Team, monitor: ListingMonitor) -> None:
    seen: set[str] = set()
    for minute in range(ROUND + 1):
        new = await asked_now(team, monitor) - OLD - seen
        seen |= new
        assert len(new) < 2 * MANY // ROUND, minute
        team.clock.now += MINUTE
    assert len(seen) == MANY


@pytest.mark.ci
async def test_new_products_are_looked_at_over_one_round_and_a_few_at_once(team: Team) -> None:
    await team.monitor.load()
    await asked_now(team)
    team.monitor.follow(*await add(team, products(team)))
    assert len(await asked_now(team)) >= FOLLOWED_AT_ONCE
    await come_up_over_one_round(team, team.monitor)


async def test_what_came_in_while_the_program_was_stopped_waits_for_its_turn_too(
    team: Team,
) -> None:
    await team.monitor.load()
    await asked_now(team)
    await add(team, products(team))
    again = ListingMonitor(team.app, team.source, PollingPolicy(ROUND * MINUTE, MINUTE))
    await again.load()
    await come_up_over_one_round(team, again)


async def test_many_changes_put_off_no_product_that_has_its_turn(team: Team) -> None:
    await team.monitor.load()
    many = await add(team, products(team))
    seen: set[str] = set()
    for _ in range(ROUND + 1):
        team.monitor.follow(*many)
        seen |= await asked_now(team)
        team.clock.now += MINUTE
    assert seen == {watch.key for watch in many} | OLD


async def test_the_search_for_titles_lets_other_work_go_on(team: Team) -> None:
    await add(team, [msgspec.structs.replace(each, title="A pan") for each in products(team)])
    turns = 0

    async def other_work() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    other = asyncio.create_task(other_work())
    await team.monitor.catalog.tick()
    other.cancel()
    assert turns >= MANY // AT_ONCE


async def test_what_a_table_leaves_empty_stays(team: Team) -> None:
    wanted = Watch(asin=ASIN, marketplace="US", sku="MAPLE-1", added_at=team.clock.now)
    [added] = await run_in_transaction(team.app.store, lambda tx: add_watches(tx, [wanted], None))
    assert (added.watch.floor, added.watch.sku) == (usd("15"), "MAPLE-1")
    [again] = await run_in_transaction(team.app.store, lambda tx: add_watches(tx, [wanted], None))
    assert not again.changed
    assert await add(team, [wanted]) == []
    assert (await team.app.store.get(WATCHES, f"US-{ASIN}")) == added.watch


async def test_no_question_is_planned_for_a_product_after_unwatch(team: Team) -> None:
    # What the source is asked for shows nothing: a product without a watch never gets that far.
    planned: set[str] = set()

    def plan(state: State, buckets: Sequence[Bucket], now: float) -> list[Question]:
        questions = next_questions(state, buckets, now)
        planned.update(key for question in questions for key in question.keys)
        return questions

    async def planned_by_now() -> set[str]:
        planned.clear()
        team.clock.advance(minutes=2 * ROUND)
        await asked_now(team, monitor)
        return set(planned)

    monitor = ListingMonitor(team.app, team.source, PollingPolicy(ROUND * MINUTE, MINUTE), plan)
    await monitor.load()
    team.router = Router(team.app, monitor)
    assert await planned_by_now() == OLD
    await team.type(f"/unwatch {ASIN}")
    assert await planned_by_now() == {f"US-{SECOND}"}


async def test_undoing_unwatch_brings_back_what_was_known_of_the_product(team: Team) -> None:
    async def known() -> list[object]:
        key, store = f"US-{ASIN}", team.app.store
        status, history = await store.get(STATUSES, key), await store.get(HISTORIES, key)
        return [await store.get(WATCHES, key), status, history]

    await team.look(offer(OWN, "20"))
    before = await known()
    assert None not in before
    await team.type(f"/unwatch {ASIN}")
    assert await known() == [None, None, None]
    await team.undo()
    assert await known() == before


async def test_an_sku_belongs_to_one_product_of_a_marketplace(team: Team) -> None:
    now = team.clock.now
    first = Watch(asin=ASIN, marketplace="US", sku="MAPLE-1", added_at=now)
    await add(team, [first])
    with pytest.raises(UserError, match=f"The SKU MAPLE-1 belongs to {ASIN}"):
        await add(team, [Watch(asin=SECOND, marketplace="US", sku="MAPLE-1", added_at=now)])
    await add(team, [Watch(asin=SECOND, marketplace="DE", sku="MAPLE-1", added_at=now)])
    # Who gives it up first may hand it on, in one table, too.
    handed_on = [msgspec.structs.replace(first, sku="MAPLE-2")]
    handed_on += [Watch(asin=SECOND, marketplace="US", sku="MAPLE-1", added_at=now)]
    assert [watch.sku for watch in await add(team, handed_on)] == ["MAPLE-2", "MAPLE-1"]


async def test_what_two_products_shared_before_can_still_be_changed(team: Team) -> None:
    now = team.clock.now
    both = [
        Watch(asin=each, marketplace="US", sku="OLD-1", added_at=now) for each in (ASIN, SECOND)
    ]

    async def put(tx: Transaction) -> None:
        for watch in both:
            tx.put(WATCHES, watch)

    await run_in_transaction(team.app.store, put)
    floored = [msgspec.structs.replace(watch, floor=usd("9")) for watch in both]
    assert len(await add(team, floored)) == 2
