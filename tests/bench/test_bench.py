"""Each measurement still measures, with as little as it can; how long it takes does not matter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.bench import (
    attacks,
    browser,
    burst,
    charts,
    checks,
    crowd,
    detection,
    first_card,
    history,
    looking_through,
    packets,
    quota,
    reseller,
    rounds,
    startup,
    store,
)
from tests.bench.detection.world import CHEAP, OWN, Trial
from tests.bench.measure import Peer, Row, Series, Target, row


def check(rows: Sequence[Row], groups: set[str]) -> None:
    assert {each.group for each in rows} == groups
    for each in rows:
        assert each.figure is not None, each.what
        assert each.figure > 0
        assert (each.met is None) == (not each.target)


async def test_checks() -> None:
    sizes = checks.Sizes(products=2, attacked=2, offers=(3,), rounds=1)
    check(await checks.measure(sizes), {"Check"})


async def test_store() -> None:
    sizes = store.Sizes(few=20, many=40, writers=4, writes=8, rounds=2)
    check(await store.measure(sizes), {"Write"})


async def test_burst() -> None:
    check(await burst.measure(burst.Sizes(changes=3, rounds=1)), {"Burst"})


async def test_history() -> None:
    sizes = history.Sizes(products=2, offers=(3,), rounds=1, changes=100)
    check(await history.measure(sizes), {"History"})


@pytest.mark.browser
async def test_tables() -> None:
    sizes = looking_through.Sizes(products=120, rounds=2)
    check(await looking_through.measure(sizes), {"Table"})


async def test_packets() -> None:
    check(await packets.measure(packets.Sizes(files=2, size=3_000, rounds=1)), {"Packet"})


async def test_charts() -> None:
    check(await charts.measure(charts.Sizes(rounds=1)), {"Chart"})


async def test_attacks() -> None:
    check(await attacks.measure(attacks.Sizes(records=200, rounds=1)), {"Attacks"})


async def test_first_card() -> None:
    sizes = first_card.Sizes(skus=60, strangers=5, hours=0.5)
    check(await first_card.measure(sizes), {"First card"})


async def test_quota() -> None:
    sizes = quota.Sizes(hours=0.5, some=50, more=60, many=70, doubts_a_minute=2, doubts_at_once=5)
    check(await quota.measure(sizes), {"Quota"})


async def test_one_seller_on_many_products_is_measured() -> None:
    rows = await reseller.measure(reseller.Sizes(products=25, moves=1))
    check(rows, {"Reseller"})


async def test_rounds() -> None:
    sizes = rounds.Sizes(checklists=3, members=2, decisions=1, ticks=5, rounds=1)
    check(await rounds.measure(sizes), {"Idle"})


async def test_crowd() -> None:
    check(await crowd.measure(crowd.Sizes(watches=20, cases=30, rounds=1)), {"Crowd"})


async def test_startup() -> None:
    sizes = startup.Sizes(watches=5, offers=(3,), rounds=1)
    check(await startup.measure(sizes), {"Start", "Memory"})


@pytest.mark.browser
async def test_browser() -> None:
    check(await browser.measure(browser.Sizes(changes=1)), {"Card"})


def test_a_ratio_is_taken_within_each_round() -> None:
    took, peer = Series((1.0, 20.0, 3.0)), Series((1.0, 10.0, 1.0))
    line = row("", "", "s", took, Peer("peer", peer), Target(1.5, of_ratio=True))
    assert (line.figure, line.low, line.high) == (3.0, 1.0, 20.0)
    assert (line.ratio, line.target, line.met) == (2.0, "at most 1.5 x", False)


@pytest.mark.parametrize("cheap", CHEAP)
def test_detection(cheap: str) -> None:
    trial = Trial(40, 1.5, seed=1, days=2, rate=0.02, cheap=cheap)
    [_, heads, *lines] = detection.table(trial)
    assert heads.split() == ["d", "0-2", "all"]
    figures = {line[:16].strip(): float(line[16:].split(",")[0]) for line in lines}
    assert figures.keys() == detection.POLICIES.keys()
    assert figures["oracle"] < min(figures["learning limit"], figures["circle"])
    if cheap == OWN:
        assert figures["Brandwarden"] < figures["oracle"]
