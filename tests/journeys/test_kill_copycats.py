"""SIGKILL while the catalog is searched and copies are told: each has one case, and one attack."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from adapters.simulator import Marketplace, SettableClock, demo_scenario
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import JOBS, OUTBOX
from bot.features.attacks.collections import ATTACKS
from bot.features.cases.collections import CASES
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import SearchState, Verdict
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Edited, Posted, of_kind, read_ledger
from tests.journeys.lives import kills, parent, time_for

VICTIM = "tests.journeys.copycat_victim"
FOUND = {"US-B0LOOKS001", "US-B0LOOKS002"}
SHORTEST, LONGEST = 0.1, 0.7
"""Seconds of a life."""
FOLDERS = 2


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(kills()))
async def test_no_kill_loses_or_doubles_a_copycat(tmp_path: Path) -> None:
    chance, midway = Random(7), 0
    async with Marketplace(demo_scenario(), clock=SettableClock(), quota_scale=None) as market:
        for number in range(FOLDERS):
            folder = tmp_path / str(number)
            folder.mkdir()
            async with parent(folder, VICTIM, str(folder), market.base_url) as victim:
                for _ in range(kills() // FOLDERS):
                    pid = await victim.born()
                    await asyncio.sleep(chance.uniform(SHORTEST, LONGEST))
                    await victim.die(pid)
                    midway += await _is_searching(folder)
                await victim.drain()
            await _is_whole(folder)
    print(f"{midway} of {kills()} kills came in the middle of a search")
    assert midway


async def _is_searching(folder: Path) -> bool:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    searches = await store.page(SEARCHES)
    await store.close()
    return any(each.state is SearchState.SEARCHING for each in searches)


async def _is_whole(folder: Path) -> None:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    [search] = await store.page(SEARCHES)
    assert (search.searched, search.unread, search.found) == (6, 0, len(FOUND))
    candidates = await store.page(CANDIDATES)
    assert {each.key for each in candidates} == FOUND
    assert {each.verdict for each in candidates} == {Verdict.COPY}
    copies = [each for each in await store.page(ATTACKS) if each.kind.value == "copycat"]
    cases = {each.number for each in await store.page(CASES)}
    assert sorted(asin for each in copies for asin in each.asins) == ["B0LOOKS001", "B0LOOKS002"]
    assert {each.case for each in copies} <= cases
    assert (await store.count(JOBS), await store.count(OUTBOX)) == (0, 0)
    await store.close()
    lines = read_ledger(folder / LEDGER)
    posted = [each.message.key for each in of_kind(lines, Posted)]
    assert len([key for key in posted if "copycats-" in key]) == 1
    last = [each.card.title for each in of_kind(lines, Edited) if "copycats-" in each.key][-1]
    assert last == "Nothing left to compare"
