"""SIGKILL while pages are read, approved and told: each is approved, and its change told, once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from adapters.simulator import Marketplace, Scenario, SettableClock, parse_scenario
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.clocks import utc_now
from bot.core.collections import JOBS, OUTBOX, UNDOABLES
from bot.core.listing import Watch
from bot.features.cases.collections import CASES
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, PageState
from bot.features.watchlist.collections import WATCHES
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Edited, Posted, of_kind, read_ledger
from tests.journeys.lives import kills, parent, time_for
from tests.journeys.page_victim import PAGES, TAKEN_OVER
from tests.unit.adapters.simulator.small import OWN

VICTIM = "tests.journeys.page_victim"
SHORTEST, LONGEST = 0.2, 1.2
"""Seconds of a life."""
TAKEN_AT = 100.0
"""Second of the story at which pages are taken over."""


def story() -> Scenario:
    """Return pages of our own, of which some are taken over."""
    return parse_scenario("\n".join(_lines()))


def _lines() -> Iterator[str]:
    yield f'name = "pages"\nown_seller = "{OWN}"'
    yield f'[[seller]]\nid = "{OWN}"\nname = "Own"\ncountry = "US"\nfeedback = 1\npositive = 90'
    for number in range(PAGES):
        asin = f"B{number:09}"
        yield f'[[product]]\nasin = "{asin}"\nmarketplace = "ATVPDKIKX0DER"\ntitle = "Oak Bowl"'
        yield 'brand = "Oak"\ncurrency = "USD"\nsales_rank = 7\nbullets = ["Round"]'
        yield 'image = { shape = "bowl", colour = "#aa3311" }'
        yield f'[[offer]]\nasin = "{asin}"\nseller = "{OWN}"\nprice = "20"\nsku = "S-{number}"'
        if number < TAKEN_OVER:
            yield f'[[event]]\nat = {TAKEN_AT}\nkind = "title"\nasin = "{asin}"'
            yield 'title = "Garlic Press"'


async def _watch(folder: Path) -> None:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    async with store.transaction() as tx:
        for number in range(PAGES):
            asin, sku = f"B{number:09}", f"S-{number}"
            tx.put(WATCHES, Watch(asin=asin, marketplace="US", sku=sku, added_at=utc_now()))
    await store.close()


async def _state(folder: Path) -> str:
    """Return what a kill came in the middle of."""
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    read = await store.count(GUARDED_PAGES)
    approved = await store.count(GUARDED_PAGES, "state", PageState.APPROVED)
    cases = await store.count(CASES)
    undone = [act for act in await store.page(UNDOABLES) if act.undone_by]
    await store.close()
    if read < PAGES:
        return "reading"
    if approved < PAGES:
        return "returning" if undone else "approving"
    return "telling" if cases < TAKEN_OVER else "done"


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(kills()))
async def test_no_kill_loses_or_doubles_a_page(tmp_path: Path) -> None:
    chance, found, clock = Random(5), Counter[str](), SettableClock()
    await _watch(tmp_path)
    async with (
        Marketplace(story(), clock=clock, quota_scale=None) as market,
        parent(tmp_path, VICTIM, str(tmp_path), market.base_url) as victim,
    ):
        for number in range(kills()):
            if number == kills() // 2:
                clock.advance(TAKEN_AT + 1)
            pid = await victim.born()
            await asyncio.sleep(chance.uniform(SHORTEST, LONGEST))
            await victim.die(pid)
            found[await _state(tmp_path)] += 1
        await victim.drain()
    print(dict(found))
    await _is_whole(tmp_path)


async def _is_whole(folder: Path) -> None:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    approvals = await store.page(PAGE_APPROVALS)
    cases = await store.page(CASES)
    acts = await store.page(UNDOABLES)
    assert len([act for act in acts if act.undone_by]) == 1
    assert await store.count(GUARDED_PAGES, "state", PageState.APPROVED) == PAGES
    assert (await store.count(JOBS), await store.count(OUTBOX)) == (0, 0)
    await store.close()
    assert sum(each.approved for each in approvals) == PAGES
    assert {each.state for each in approvals} == {ApprovalState.DONE}
    taken = sorted(f"B{number:09}" for number in range(TAKEN_OVER))
    assert sorted(asin for case in cases for asin in case.asins) == taken
    lines = read_ledger(folder / LEDGER)
    posted = Counter(each.message.key for each in of_kind(lines, Posted))
    assert {key: number for key, number in posted.items() if number > 1} == {}
    assert len([key for key in posted if "pages-" in key]) == len(approvals)
    last = [each.card.title for each in of_kind(lines, Edited) if "pages-" in each.key][-1]
    assert "approved" in last
