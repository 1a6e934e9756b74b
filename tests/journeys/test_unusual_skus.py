"""SKUs that no list of Amazon's can carry, from /watch to the alert that one was suppressed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.simulator import Fault, Operation, Scenario, parse_scenario
from bot.core.listing import Watch
from bot.core.patrols import PatrolState, PatrolSubject
from bot.features.watchlist.collections import LISTING_RECORDS, SKU_CHECKS, STATUSES, WATCHES
from bot.features.watchlist.models.skus import SkuVerdict
from tests.journeys.shop import Shop, open_shop
from tests.unit.adapters.simulator.small import OWN, PRODUCTS

SKUS = ("PLAIN-1", "A,B", "A B", "A/B", "ä", "%2C", " C ", "x" * 40, "茶" * 40)
LONE = {"A,B", " C ", "茶" * 40}
ASINS = {sku: f"B0TESTSK{at:02}" for at, sku in enumerate(SKUS)}


def world() -> Scenario:
    """All of them are on sale, and are suppressed at second 10."""
    parts = [PRODUCTS, f'[[seller]]\nid = "{OWN}"\nname = "Own"\ncountry = "US"\nfeedback = 1\n']
    parts.append("positive = 100\n")
    for sku, asin in ASINS.items():
        parts.append(f"""
[[product]]
asin = "{asin}"
marketplace = "ATVPDKIKX0DER"
title = "Product {asin}"
brand = "Small & Co"
currency = "USD"
sales_rank = 9
image = {{ shape = "board", colour = "#885522" }}

[[offer]]
asin = "{asin}"
seller = "{OWN}"
price = "20.00"
fba = true
sku = "{sku}"

[[event]]
at = 10
kind = "enforce"
asin = "{asin}"
code = "18027"
message = "Bad picture."
category = "INVALID_IMAGE"
action = "LISTING_SUPPRESSED"
""")
    return parse_scenario("".join(parts))


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """Somebody watches them all; what has blanks around it comes with an import alone."""
    async with open_shop(tmp_path, world()) as shop:
        for sku, asin in ASINS.items():
            if sku == sku.strip():
                await shop.typed(f"watch {asin} US sku {sku}")
                continue
            watch = Watch(asin=asin, marketplace="US", sku=sku, added_at=shop.team.clock.now)
            async with shop.team.app.store.transaction() as tx:
                tx.put(WATCHES, watch)
            shop.team.monitor.follow(watch)
        await shop.team.monitor.skus.tick()
        await look(shop)
        yield shop
        await shop.team.monitor.stop()


async def look(shop: Shop, seconds: float = 0) -> None:
    """Let time pass, look at everything, and send what there is to tell."""
    await shop.pass_time(seconds)
    team = shop.team
    await team.monitor.tick()
    for subject in (PatrolSubject.LISTINGS, PatrolSubject.LONE_LISTINGS):
        team.monitor.patrols.look_soon(subject, *(f"US-{asin}" for asin in ASINS.values()))
    team.monitor.patrols.send()
    await team.monitor.settle()
    await team.dispatcher.deliver()


def states(shop: Shop) -> dict[PatrolSubject, PatrolState]:
    return {state.subject: state for state in shop.team.monitor.patrols.states()}


async def suppressed(shop: Shop) -> set[str]:
    """Return the SKUs of which a case says that they are suppressed."""
    sku_of = {asin: sku for sku, asin in ASINS.items()}
    return {
        sku_of[case.asins[0]]
        for case in await shop.cases()
        if case.lead and "suppressed" in case.lead.headline
    }


async def test_the_suppression_of_each_is_told(shop: Shop) -> None:
    for asin in ASINS.values():
        assert await shop.team.app.store.get(LISTING_RECORDS, f"US-{asin}"), asin
    assert await suppressed(shop) == set()
    await look(shop, 10)
    assert await suppressed(shop) == set(SKUS)


async def test_each_is_asked_for_as_it_can_be(shop: Shop) -> None:
    found = states(shop)
    alone, listed = found[PatrolSubject.LONE_LISTINGS], found[PatrolSubject.LISTINGS]
    assert (alone.products, alone.read, alone.failing) == (len(LONE), len(LONE), 0)
    assert (listed.products, listed.read) == (len(SKUS) - len(LONE),) * 2
    told = await shop.typed("health")
    assert "Unusual SKUs: 3 of 3" in told


async def test_each_is_asked_for_its_offers_by_its_sku(shop: Shop) -> None:
    shop.market.log.clear()
    await shop.look()
    assert {entry.operation for entry in shop.market.log} == {Operation.LISTING_OFFERS_BATCH}
    for sku, asin in ASINS.items():
        status = await shop.team.app.store.get(STATUSES, f"US-{asin}")
        assert status, sku
        assert (status.failure, status.seen_at is not None) == ("", True), sku


async def test_each_is_checked_against_its_product(shop: Shop) -> None:
    for sku, asin in ASINS.items():
        check = await shop.team.app.store.get(SKU_CHECKS, f"US-{asin}")
        assert check, sku
        assert check.verdict is SkuVerdict.RIGHT, sku


@pytest.mark.parametrize(
    "fault", [Fault.HTML_503, Fault.ROLE_MISSING, Fault.REFUSED_REQUEST, Fault.NOT_JSON]
)
async def test_what_cannot_be_asked_is_told_and_spoils_no_other(shop: Shop, fault: Fault) -> None:
    shop.market.faults.on(fault, operation=Operation.GET_LISTING)
    await look(shop, 10)
    assert await suppressed(shop) == set(SKUS) - LONE
    found = states(shop)
    assert not found[PatrolSubject.LISTINGS].failing
    assert not found[PatrolSubject.LISTINGS].out
    alone = found[PatrolSubject.LONE_LISTINGS]
    assert alone.why
    assert alone.failing == len(LONE) or alone.read
    shop.market.faults.off()
    for _ in range(4):
        await look(shop, 60)
    assert await suppressed(shop) == set(SKUS)


async def test_a_list_that_fails_does_not_spoil_those_asked_for_alone(shop: Shop) -> None:
    shop.market.faults.on(Fault.HTML_503, operation=Operation.SEARCH_LISTINGS)
    await look(shop, 10)
    assert await suppressed(shop) == LONE
