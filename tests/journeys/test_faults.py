"""Whatever the marketplace does wrong, nobody is told something that was not seen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from adapters.simulator import Fault, Scenario
from adapters.simulator.catalogue import Offer
from adapters.simulator.scenario import BuyBox
from bot.core.listing import Watch
from bot.core.money import Money
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import EntryKind
from bot.features.watchlist.collections import STATUSES, WATCHES
from tests.fakes import START
from tests.journeys.shop import PACE, Shop, open_shop, open_source, watch
from tests.scenarios import NEWCOMER, OWN_SELLER, burst, burst_asin
from tests.signals import signals_in

PRODUCTS = 2
ASINS = [burst_asin(number) for number in range(PRODUCTS)]
LOOKS = 3
HASTE = 0.03
"""Seconds after which nobody waits for an answer that will not come."""

LATE = {Fault.TIMEOUT, Fault.SLOW}
EMPTY = {Fault.FALSE_ZERO, Fault.NO_BUYABLE_OFFERS}
"""Believed only when two answers in a row agree."""
UNUSABLE = {
    Fault.HTML_503,
    Fault.EMPTY_429,
    Fault.QUOTA_429,
    Fault.TIMEOUT,
    Fault.SLOW,
    Fault.DROPPED_CONNECTION,
    Fault.TRUNCATED_JSON,
    Fault.NOT_JSON,
    Fault.INNER_500,
    Fault.INNER_429,
    Fault.MISSING_INNER,
    Fault.TOO_SOON,
    Fault.SECRET_EXPIRED,
    Fault.SECURITY_TOKEN_EXPIRED,
    Fault.ROLE_MISSING,
    Fault.REFUSED_REQUEST,
    Fault.HUGE,
}
"""All others still show who sells the product."""
REASONS = {
    Fault.SECRET_EXPIRED: "Rotate it",
    Fault.SECURITY_TOKEN_EXPIRED: "This is on Amazon's side",
    Fault.ROLE_MISSING: "Check that the app has",
    Fault.REFUSED_REQUEST: "InvalidInput",
}
"""What stands once in the reason; in that of all others Amazon is named once."""
TRUE_NEWS = {Fault.TOP_TWENTY: "hidden-sellers"}
"""What is right to conclude: who is counted and not listed is hidden."""


def scenario() -> Scenario:
    """Our offer holds the Buy Box; the newcomer undercuts it, and charges for shipping."""
    quiet = burst(PRODUCTS, 1)
    theirs = tuple(
        Offer(asin=asin, seller=NEWCOMER, price=Decimal(15), shipping=Decimal("2.50"))
        for asin in ASINS
    )
    ours = tuple(BuyBox(at=0, asin=asin, sellers=(OWN_SELLER,)) for asin in ASINS)
    return msgspec.structs.replace(quiet, offers=(*quiet.offers, *theirs), events=ours)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """One product is read by its SKU, one by its ASIN; on both sells the newcomer."""
    async with open_shop(tmp_path, scenario()) as shop:
        watches = [
            Watch(asin=asin, marketplace="US", sku=sku, added_at=START)
            for asin, sku in zip(ASINS, ("SKU-0", ""), strict=True)
        ]
        await watch(shop.team, watches)
        await shop.look()
        yield shop


async def story(shop: Shop, fault: Fault) -> list[tuple[str, bool, str, str, bool]]:
    """Tell what is going on, but for what the fault is right about."""
    return [
        (case.label, case.open, signal.kind, signal.asin, signal.active)
        for case in await shop.cases()
        for signal in await signals_in(shop.team.app.store, case)
        if signal.kind != TRUE_NEWS.get(fault)
    ]


async def endings(shop: Shop) -> list[str]:
    """Return what was concluded to be over in the newcomer's case."""
    entries = await shop.team.app.store.find(ENTRIES, "case", "00000001")
    return [entry.text for entry in entries if entry.kind is EntryKind.ENDED]


async def check_all(shop: Shop, fault: Fault) -> None:
    """Look at each product by hand; what cannot be seen is called so, and never clear."""
    # Before that, the last look is what a person is shown.
    await shop.pass_time(PACE.usual.total_seconds())
    if fault is Fault.MISSING_INNER:
        # Nothing can be missing where one product is asked for alone.
        await shop.look()
        return
    for asin in ASINS:
        title, *_ = (await shop.typed(f"/check {asin}")).splitlines()
        assert "clear" not in title.lower()
        assert title.startswith("Could not check") == (fault in UNUSABLE)


async def check_status(shop: Shop, fault: Fault) -> None:
    """Ask what is seen: nothing, with the reason, if the answers are unusable."""
    status = await shop.typed("/health")
    if fault in UNUSABLE:
        assert status.startswith(f"Could not check {PRODUCTS} of {PRODUCTS} products")
        assert f"Checked: 0 of {PRODUCTS} products" in status
        # A reason that they share is said once, one that names the product beside each.
        assert status.count(REASONS.get(fault, "Amazon")) in (1, PRODUCTS), status
        assert status.count(" · last seen ") == PRODUCTS, status
    else:
        assert status.startswith(f"Checked {PRODUCTS} of {PRODUCTS} products")


@pytest.mark.parametrize("fault", Fault)
async def test_a_fault_is_never_mistaken_for_news(shop: Shop, fault: Fault) -> None:
    before = await story(shop, fault)
    assert [kind for _, _, kind, _, active in before if active] == ["seller", "seller"]
    shop.market.faults.on(fault, seller=NEWCOMER)
    async with open_source(shop.market.base_url, shop.team.clock, HASTE) as hasty:
        if fault in LATE:
            await shop.ask_through(hasty)
        for _ in range(1 if fault in EMPTY else LOOKS):
            await check_all(shop, fault)
            await check_status(shop, fault)
            assert await story(shop, fault) == before
    shop.market.faults.off()
    async with open_source(shop.market.base_url, shop.team.clock) as patient:
        await shop.ask_through(patient)
        await shop.look()
        assert (await shop.typed("/health")).startswith(
            f"Checked {PRODUCTS} of {PRODUCTS} products"
        )
    assert await story(shop, fault) == before
    assert await endings(shop) == []


@pytest.mark.parametrize("fault", [Fault.FALSE_ZERO, Fault.NO_BUYABLE_OFFERS])
async def test_an_empty_answer_counts_when_the_next_one_agrees(shop: Shop, fault: Fault) -> None:
    shop.market.faults.on(fault)
    await shop.look()
    assert await endings(shop) == []
    waiting = await shop.team.app.store.page(STATUSES)
    assert [status.hurry for status in waiting] == [True] * PRODUCTS
    await shop.look()
    assert sum("has left" in text for text in await endings(shop)) == PRODUCTS


async def test_two_empty_answers_with_a_full_one_between_them_conclude_nothing(shop: Shop) -> None:
    for _ in range(3):
        shop.market.faults.on(Fault.FALSE_ZERO)
        await shop.look()
        shop.market.faults.off()
        await shop.look()
    assert await endings(shop) == []
    assert len(await shop.cases()) == 1


async def test_an_outage_between_two_empty_answers_does_not_confirm_the_first(shop: Shop) -> None:
    for fault in (Fault.FALSE_ZERO, Fault.HTML_503, Fault.HTML_503):
        shop.market.faults.on(fault)
        await shop.look()
        shop.market.faults.off()
    await shop.look()
    assert await endings(shop) == []


async def test_shipping_that_is_not_told_does_not_make_an_offer_cheaper(shop: Shop) -> None:
    floor = Money(Decimal(16), "USD")
    watches = await shop.team.app.store.page(WATCHES)
    await watch(shop.team, [msgspec.structs.replace(each, floor=floor) for each in watches])
    await shop.look()
    before = await story(shop, Fault.MISSING_FIELDS)
    shop.market.faults.on(Fault.MISSING_FIELDS)
    await shop.look()
    assert await story(shop, Fault.MISSING_FIELDS) == before


async def test_one_product_that_cannot_be_seen_is_told_apart_from_the_others(shop: Shop) -> None:
    shop.market.faults.on(Fault.INNER_500, asin=ASINS[1])
    await shop.look()
    status = await shop.typed("/health")
    assert status.startswith(f"Could not check 1 of {PRODUCTS} products")
    assert f"Checked: 1 of {PRODUCTS} products" in status
    listed = await shop.typed("/watches")
    assert len(await shop.team.app.store.page(WATCHES)) == PRODUCTS
    assert listed.count("could not check") == 1
