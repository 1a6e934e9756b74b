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
SHORTEST, LONGEST = 0.2, 1.5
"""Seconds of a life."""
KILLS = 5
"""How often one folder is killed: before its pages are taken over, and after it."""
BEFORE = 3
TAKEN_AT = 100.0
"""Seconds of the story in which a round's pages are taken over, each round's after the last."""


def story(rounds: int) -> Scenario:
    """Return pages of our own, of which some are taken over in each round."""
    lines = [line for each in range(rounds) for line in _lines(each)]
    return parse_scenario("\n".join([*_head(), *lines]))


def _asin(each: int, number: int) -> str:
    return f"B{each:03}{number:06}"


def _head() -> Iterator[str]:
    yield f'name = "pages"\nown_seller = "{OWN}"'
    yield f'[[seller]]\nid = "{OWN}"\nname = "Own"\ncountry = "US"\nfeedback = 1\npositive = 90'


def _lines(each: int) -> Iterator[str]:
    for number in range(PAGES):
        asin = _asin(each, number)
        yield f'[[product]]\nasin = "{asin}"\nmarketplace = "ATVPDKIKX0DER"\ntitle = "Oak Bowl"'
        yield 'brand = "Oak"\ncurrency = "USD"\nsales_rank = 7\nbullets = ["Round"]'
        yield 'image = { shape = "bowl", colour = "#aa3311" }'
        yield f'[[offer]]\nasin = "{asin}"\nseller = "{OWN}"\nprice = "20"\nsku = "S-{asin}"'
        if number < TAKEN_OVER:
            yield f'[[event]]\nat = {TAKEN_AT * (each + 1)}\nkind = "title"\nasin = "{asin}"'
            yield 'title = "Garlic Press"'


def _new(folder: Path, each: int) -> Path:
    """Return the folder of a round."""
    made = folder / str(each)
    made.mkdir()
    return made


async def _watch(folder: Path, each: int) -> None:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    async with store.transaction() as tx:
        for number in range(PAGES):
            asin = _asin(each, number)
            watch = Watch(asin=asin, marketplace="US", sku=f"S-{asin}", added_at=utc_now())
            tx.put(WATCHES, watch)
    await store.close()


async def _state(folder: Path, *, taken: bool) -> str:
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
    if not taken:
        return "guarding"
    return "telling" if cases < TAKEN_OVER else "told"


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(kills()))
async def test_no_kill_loses_or_doubles_a_page(tmp_path: Path) -> None:
    """Each round begins anew, so that kills come while pages are read, approved and told."""
    chance, found, clock = Random(5), Counter[str](), SettableClock()
    rounds = -(-kills() // KILLS)
    async with (
        Marketplace(story(rounds), clock=clock, quota_scale=None) as market,
        parent(tmp_path, VICTIM, str(tmp_path), market.base_url) as victim,
    ):
        for each in range(rounds):
            folder = _new(tmp_path, each)
            await _watch(folder, each)
            for number in range(KILLS):
                if number == BEFORE:
                    await victim.work(f"approve {each}")
                    clock.advance(TAKEN_AT * (each + 1) + 1 - clock.now())
                pid = await victim.born(f"live {each}")
                await asyncio.sleep(chance.uniform(SHORTEST, LONGEST))
                await victim.die(pid)
                found[await _state(folder, taken=number >= BEFORE)] += 1
            await victim.work(f"drain {each}")
            await _is_whole(folder, each)
    print(dict(found))
    assert sum(found.values()) >= kills()


async def _is_whole(folder: Path, each: int) -> None:
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
    taken = sorted(_asin(each, number) for number in range(TAKEN_OVER))
    assert sorted(asin for case in cases for asin in case.asins) == taken
    lines = read_ledger(folder / LEDGER)
    posted = Counter(each.message.key for each in of_kind(lines, Posted))
    assert {key: number for key, number in posted.items() if number > 1} == {}
    assert len([key for key in posted if "pages-" in key]) == len(approvals)
    last = [each.card.title for each in of_kind(lines, Edited) if "pages-" in each.key][-1]
    assert "approved" in last
