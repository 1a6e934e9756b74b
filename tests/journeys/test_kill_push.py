"""SIGKILL while notifications are read: each stranger is told of, once, whatever came twice."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from adapters.simulator.notifier import OFFERS, Notifier, Weather
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import OUTBOX
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import HEARD_NOTIFICATIONS, PUSH_STATES
from bot.features.watchlist.models.push import THIS
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Posted, of_kind, read_ledger
from tests.journeys.lives import kills, parent, time_for
from tests.journeys.push_victim import PRODUCTS, WORLD, asin_of
from tests.queues import left, moto_server, new_queue, send

VICTIM = "tests.journeys.push_victim"
US = "ATVPDKIKX0DER"
SHORTEST, LONGEST = 0.05, 2.5
"""Seconds of a life that does not end itself."""
WORDS = ("live", "recorded", "removed")
DOUBLING = Weather(doubled=0.3, cased=0.1)


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.queue
@pytest.mark.timeout(time_for(kills()))
async def test_no_kill_loses_or_doubles_what_a_notification_leads_to(tmp_path: Path) -> None:
    chance, found = Random(7), Counter[str]()
    notifier, world = Notifier(chance, DOUBLING), tmp_path / WORLD
    world.write_text("[]")
    visited: list[str] = []
    with moto_server() as base:
        address = await new_queue(base, "brandwarden")
        async with parent(tmp_path, VICTIM, str(tmp_path), address.url) as victim:
            await victim.work("seed")
            for life in range(kills()):
                visited += _newcomers(chance, life, visited)
                world.write_text(json.dumps(visited))
                await send(base, address, *_told(notifier, visited[-3:]), "poison")
                word = WORDS[life % len(WORDS)]
                pid = await victim.born(word)
                if word == "live":
                    await asyncio.sleep(chance.uniform(SHORTEST, LONGEST))
                    await victim.die(pid)
                else:
                    await victim.killed()
                found[await _state(tmp_path)] += 1
            await victim.drain()
        assert await left(base, address) == 0
    print(dict(found))
    assert found["between news and look"] > 0
    await _is_whole(tmp_path, visited)


def _newcomers(chance: Random, life: int, visited: list[str]) -> list[str]:
    """Let strangers come to a few more products, as long as there are any without one."""
    free = [asin for asin in map(asin_of, range(PRODUCTS)) if asin not in visited]
    return chance.sample(free, min(len(free), 1 + life % 3))


def _told(notifier: Notifier, asins: list[str]) -> list[str]:
    now = datetime.now(UTC)
    return [
        sent.text
        for asin in asins
        for sent in notifier.send(OFFERS, asin, US, now.timestamp(), now)
    ]


async def _state(folder: Path) -> str:
    """Return how far the work was when the process died."""
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    heard = {each.key for each in await store.page(HEARD_NOTIFICATIONS, limit=1000)}
    cases = {asin for each in await store.page(CASES, limit=1000) for asin in each.asins}
    await store.close()
    owed = {key for key in heard if key.removeprefix("US-") not in cases}
    return "between news and look" if owed else "all news looked at"


async def _is_whole(folder: Path, visited: list[str]) -> None:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    cases = await store.page(CASES, limit=2 * PRODUCTS)
    state = await store.get(PUSH_STATES, THIS)
    waiting = await store.count(OUTBOX)
    await store.close()
    assert waiting == 0
    assert len(cases) == len(visited)
    assert state is not None
    assert state.unreadable == 1, "the same poison is counted once"
    posted = Counter(each.message.key for each in of_kind(read_ledger(folder / LEDGER), Posted))
    assert max(posted.values()) == 1
