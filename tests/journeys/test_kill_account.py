"""SIGKILL while the account is read and its products are added: all are watched, once each."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from adapters.simulator import Marketplace, SettableClock
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import JOBS, OUTBOX
from bot.features.watchlist.collections import KNOWN_LISTINGS, LISTINGS_PREVIEWS, WATCHES
from bot.features.watchlist.models.own_listings import PreviewState
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Edited, Posted, of_kind, read_ledger
from tests.journeys.lives import kills, parent, time_for
from tests.unit.adapters.simulator.selling import many, selling

VICTIM = "tests.journeys.account_victim"
LISTED = 400
LIVES = ((0.05, 0.25), (0.05, 0.6))
"""Seconds of a life, shortest and longest: of those that hardly begin, and of all others."""
MOST = 10
"""Folders, while no kill has come in one of the states."""
STATES = (PreviewState.READING, PreviewState.ADDING)
"""What a kill must have come in the middle of."""


async def _state(folder: Path) -> str:
    """Return how far the import was when the process died."""
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    previews = await store.page(LISTINGS_PREVIEWS)
    await store.close()
    return previews[0].state if previews else ""


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(kills()))
async def test_no_kill_loses_or_doubles_a_product_of_the_account(tmp_path: Path) -> None:
    chance, found = Random(7), Counter[str]()
    scenario = selling(*many(LISTED - 1))
    async with Marketplace(scenario, clock=SettableClock(), quota_scale=None) as market:
        for number in range(MOST):
            if number >= len(LIVES) and all(found[state] for state in STATES):
                break
            shortest, longest = LIVES[number % len(LIVES)]
            folder = tmp_path / str(number)
            folder.mkdir()
            async with parent(folder, VICTIM, str(folder), market.base_url) as victim:
                for _ in range(kills() // len(LIVES)):
                    pid = await victim.born()
                    await asyncio.sleep(chance.uniform(shortest, longest))
                    await victim.die(pid)
                    found[await _state(folder)] += 1
                await victim.drain()
            await _is_whole(folder)
    print(dict(found))
    assert all(found[state] for state in STATES), found


async def _is_whole(folder: Path) -> None:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    [preview] = await store.page(LISTINGS_PREVIEWS)
    assert await store.count(WATCHES) == LISTED
    assert await store.count(KNOWN_LISTINGS) == LISTED
    assert (await store.count(JOBS), await store.count(OUTBOX)) == (0, 0)
    await store.close()
    assert (preview.state, preview.added) == (PreviewState.DONE, LISTED)
    lines = read_ledger(folder / LEDGER)
    posted = [each.message.key for each in of_kind(lines, Posted)]
    assert len([key for key in posted if "listings-" in key]) == 1
    last = [each.card.title for each in of_kind(lines, Edited) if "listings-" in each.key][-1]
    assert last == f"Now watching {LISTED} more products"
