"""Our SKUs, from /watch to the card: unknown ones, and those of other products."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest

from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault
from adapters.simulator.quota import Operation
from bot.core.cards import Card, Tone
from bot.core.interactions import Post
from bot.core.listing import Watch
from bot.core.router import Router
from bot.errors import SkuRefused
from bot.features.watchlist.collections import HISTORIES, SKU_CHECKS, STATUSES, WATCHES
from bot.features.watchlist.models.skus import SkuVerdict
from bot.features.watchlist.service.watching import add_watch
from checks.monitor import ListingMonitor
from checks.skus import TELL
from tests.journeys.shop import PACE, Shop, open_shop
from tests.unit.adapters.simulator.small import BOWL, OWN, PAN, SKU, small_scenario
from tests.unit.conftest import ASIN, SECOND, Team, card_text, offer
from tests.unit.conftest import OWN as OURS

BY_SKU = {Operation.LISTING_OFFERS, Operation.LISTING_OFFERS_BATCH}
BY_ASIN = {Operation.ITEM_OFFERS, Operation.ITEM_OFFERS_BATCH}


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, small_scenario()) as shop:
        yield shop
        await shop.team.monitor.stop()


async def watched(shop: Shop, asin: str, sku: str) -> Watch:
    """Watch a product by our SKU, as /watch does."""
    team = shop.team
    watch = Watch(asin=asin, marketplace="US", sku=sku, added_at=team.clock.now)
    async with team.app.store.transaction() as tx:
        tx.put(WATCHES, watch)
    team.monitor.follow(watch)
    return watch


async def polled(shop: Shop, *, hours: float = 0) -> set[Operation]:
    """Ask for what is due; return how it was asked for."""
    shop.team.clock.advance(hours=hours)
    shop.market.log.clear()
    for _ in range(3):
        await shop.team.poll()
        shop.team.clock.advance(seconds=0.1)
    return {entry.operation for entry in shop.market.log} & (BY_SKU | BY_ASIN)


async def checked(shop: Shop, key: str = "") -> None:
    """Do what is done by itself about SKUs, and send what there is to tell."""
    await shop.team.monitor.skus.tick(key)
    await shop.team.dispatcher.deliver()


async def unknown(shop: Shop, asin: str = PAN) -> Watch:
    """Watch a product by a SKU that Amazon does not know, until its ASIN was asked."""
    watch = await watched(shop, asin, "GONE-1")
    await checked(shop)
    assert await polled(shop) == {Operation.LISTING_OFFERS, Operation.ITEM_OFFERS}
    assert await verdict(shop.team, asin) is SkuVerdict.UNKNOWN
    return watch


def told(shop: Shop) -> list[Card]:
    """Return the cards about SKUs."""
    chat = shop.team.chat
    return [chat.cards[name] for name in chat.order if name.startswith("skus")]


async def verdict(team: Team, asin: str = PAN) -> SkuVerdict | None:
    check = await team.app.store.get(SKU_CHECKS, f"US-{asin}")
    return check.verdict if check else None


async def test_a_sku_that_amazon_does_not_know_is_told_once_and_the_asin_is_asked(
    shop: Shop,
) -> None:
    team = shop.team
    watch = await unknown(shop)
    status = await team.app.store.get(STATUSES, watch.key)
    assert status is not None
    assert (status.failure, status.seen_at is not None) == ("", True)
    history = await team.app.store.get(HISTORIES, watch.key)
    assert history is not None
    assert history.present(OWN)
    assert ("skus", TELL) in team.scheduler.triggered
    await checked(shop, TELL)
    [card] = told(shop)
    assert (card.title, card.tone) == ("Amazon does not know your SKU GONE-1", Tone.WARNING)
    assert card.body == (
        f"Amazon does not know your SKU GONE-1, so {PAN} (US) is watched by its ASIN."
    )
    assert await polled(shop, hours=1) == {Operation.ITEM_OFFERS_BATCH}
    for _ in range(3):
        assert await polled(shop, hours=1) <= BY_ASIN
        await checked(shop)
    assert len(told(shop)) == 1


async def test_a_restart_knows_which_skus_are_not_used(shop: Shop) -> None:
    await unknown(shop)
    team = shop.team
    again = ListingMonitor(team.app, team.monitor._source, PACE)
    await again.load()
    await team.monitor.stop()
    team.monitor = again
    assert await polled(shop, hours=1) == {Operation.ITEM_OFFERS_BATCH}
    await checked(shop, TELL)
    assert len(told(shop)) == 1


async def test_a_product_that_amazon_does_not_know_at_all_is_not_its_skus_fault(
    shop: Shop,
) -> None:
    await unknown(shop, "B0NOWHERE1")
    await checked(shop)
    assert told(shop) == []
    status = await shop.team.app.store.get(STATUSES, "US-B0NOWHERE1")
    assert status is not None
    assert status.failure == "Amazon does not know B0NOWHERE1 in the marketplace US."


async def test_whoever_checks_gets_the_answer_about_the_asin(shop: Shop) -> None:
    team = shop.team
    watch = await watched(shop, PAN, "GONE-1")
    team.monitor.forget(watch.key)
    await checked(shop)
    asked = asyncio.create_task(team.type(f"/check {PAN} US"))
    while not asked.done():
        await team.monitor.tick()
        await asyncio.sleep(0)
        team.clock.advance(seconds=0.1)
    [reply] = await asked
    assert isinstance(reply, Post)
    assert "unknown seller" in card_text([reply])


async def test_a_sku_of_another_product_is_told_and_the_asin_is_asked(shop: Shop) -> None:
    team = shop.team
    await watched(shop, BOWL, SKU)
    await checked(shop)
    assert await verdict(team, BOWL) is SkuVerdict.OTHER
    [card] = told(shop)
    assert card.title == f"SKU {SKU} belongs to another product"
    assert card.body.startswith(f"SKU {SKU} belongs to {PAN}, not {BOWL} (US). Correct it with")
    assert await polled(shop, hours=1) <= BY_ASIN
    history = await team.app.store.get(HISTORIES, f"US-{BOWL}")
    assert history is not None
    assert history.last is not None
    assert history.last.offers == ()
    # The right product may have it.
    await watched(shop, PAN, SKU)
    await checked(shop)
    assert await verdict(team) is SkuVerdict.RIGHT


async def test_an_answer_that_names_another_product_is_never_believed(team: Team) -> None:
    watch = Watch(asin=ASIN, marketplace="US", sku="OAK-1", added_at=team.clock.now)
    async with team.app.store.transaction() as tx:
        tx.put(WATCHES, watch)
    team.source.results[watch.key] = SkuRefused("Another product.", "OAK-1", SECOND)
    await team.monitor.check([watch])
    await team.monitor.skus.tick(TELL)
    await team.dispatcher.deliver()
    [card] = team.chat.cards.values()
    assert card.body.startswith(f"SKU OAK-1 belongs to {SECOND}, not {ASIN} (US). Correct it with")
    await team.look(offer(OURS, "24.99"), asin=ASIN)
    history = await team.app.store.get(HISTORIES, watch.key)
    assert history is not None
    assert history.present(OURS)


async def test_a_right_sku_is_no_news_and_is_checked_again_after_a_week(shop: Shop) -> None:
    await watched(shop, PAN, SKU)
    assert await polled(shop) == {Operation.ITEM_OFFERS}, "unchecked, it is not used"
    await checked(shop)
    assert await verdict(shop.team) is SkuVerdict.RIGHT
    assert await polled(shop) == {Operation.LISTING_OFFERS}
    assert told(shop) == []
    for days, looks in ((6, 0), (2, 1), (6, 0)):
        shop.team.clock.advance(days=days)
        shop.market.log.clear()
        await checked(shop)
        asked = [one for one in shop.market.log if one.operation is Operation.SEARCH_LISTINGS]
        assert len(asked) == looks


async def test_a_corrected_sku_is_used_and_checked_at_once(shop: Shop) -> None:
    team = shop.team
    await unknown(shop)
    team.scheduler.triggered.clear()
    await watched(shop, PAN, SKU)
    assert await polled(shop) <= BY_ASIN
    assert ("skus", "") in team.scheduler.triggered
    await checked(shop)
    assert await verdict(team) is SkuVerdict.RIGHT
    assert await polled(shop) == {Operation.LISTING_OFFERS}


@asynccontextmanager
async def answering_late(shop: Shop) -> AsyncIterator[None]:
    """Check SKUs, and let Amazon's answer come when the block is over."""
    source = shop.team.monitor._source
    assert isinstance(source, SpApiSource)
    asked, over, ask = asyncio.Event(), asyncio.Event(), source.asins_of

    async def late(seller: str, skus: Sequence[str], code: str) -> dict[str, str]:
        found = await ask(seller, skus, code)
        asked.set()
        await over.wait()
        return found

    with patch.object(source, "asins_of", late):
        checking = asyncio.create_task(checked(shop))
        await asked.wait()
        yield
        over.set()
        await checking


async def test_a_late_answer_about_the_sku_before_says_nothing_of_the_new_one(shop: Shop) -> None:
    await watched(shop, PAN, SKU)
    async with answering_late(shop):
        await watched(shop, PAN, "GONE-1")
        assert await polled(shop) <= BY_ASIN
    assert await verdict(shop.team) is None
    assert await polled(shop, hours=1) <= BY_ASIN, "unchecked, it is not used"


async def test_a_late_answer_brings_no_product_back_that_is_not_watched_any_more(
    shop: Shop,
) -> None:
    await watched(shop, BOWL, SKU)
    async with answering_late(shop):
        await shop.team.type(f"/unwatch {BOWL} US")
    assert await verdict(shop.team, BOWL) is None
    assert await polled(shop, hours=1) == set()


@pytest.mark.ci
async def test_those_that_need_not_be_told_hold_no_others_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.skus.MOST_TOLD", 1)
    await unknown(shop, "B0AAAAAAA1")
    await watched(shop, PAN, "GONE-2")
    await checked(shop)
    await polled(shop)
    await checked(shop)
    [card] = told(shop)
    assert card.title == "Amazon does not know your SKU GONE-2"


async def test_a_sku_that_amazon_did_not_know_has_another_try_after_a_day(shop: Shop) -> None:
    await unknown(shop)
    await checked(shop)
    shop.team.clock.advance(days=1)
    await checked(shop)
    assert await verdict(shop.team) is SkuVerdict.UNSURE
    assert Operation.LISTING_OFFERS in await polled(shop)
    await checked(shop)
    assert await verdict(shop.team) is SkuVerdict.UNKNOWN
    assert len(told(shop)) == 1


async def test_a_role_that_is_missing_says_nothing_against_a_sku_and_health_tells_it(
    shop: Shop,
) -> None:
    team = shop.team
    shop.market.faults.on(Fault.ROLE_MISSING, operation=Operation.SEARCH_LISTINGS)
    await watched(shop, PAN, SKU)
    assert "1 not checked yet" in await shop.typed("/health")
    await checked(shop)
    assert await verdict(team) is SkuVerdict.UNSURE
    assert await polled(shop) <= BY_SKU
    said = await shop.typed("/health")
    assert "1 could not be checked" in said
    assert "Check that the app has the Product Listing role" in said
    shop.market.faults.off()
    await checked(shop)
    assert await verdict(team) is SkuVerdict.UNSURE
    team.clock.advance(days=1)
    await checked(shop)
    assert await verdict(team) is SkuVerdict.RIGHT
    assert "Your SKUs" not in await shop.typed("/health")


async def test_a_sku_that_is_not_used_stands_in_health(shop: Shop) -> None:
    await watched(shop, BOWL, SKU)
    await checked(shop)
    said = await shop.typed("/health")
    assert "1 not used: checked by ASIN instead" in said


async def test_a_sku_that_our_listings_do_not_name_could_not_be_checked(shop: Shop) -> None:
    await watched(shop, PAN, "GONE-1")
    await watched(shop, BOWL, "A,B")
    await checked(shop)
    assert {await verdict(shop.team), await verdict(shop.team, BOWL)} == {SkuVerdict.UNSURE}
    assert told(shop) == []


async def test_one_sku_for_two_products_is_wrong_for_one_of_them(shop: Shop) -> None:
    await watched(shop, PAN, SKU)
    await watched(shop, BOWL, SKU)
    await checked(shop)
    team = shop.team
    assert (await verdict(team), await verdict(team, BOWL)) == (SkuVerdict.RIGHT, SkuVerdict.OTHER)


async def test_a_check_goes_with_its_watch(shop: Shop) -> None:
    await watched(shop, PAN, SKU)
    await checked(shop)
    await shop.team.type(f"/unwatch {PAN} US")
    assert await verdict(shop.team) is None


async def test_a_check_goes_with_its_sku(shop: Shop) -> None:
    watch = await watched(shop, PAN, SKU)
    await checked(shop)
    bare = msgspec.structs.replace(watch, sku="")
    async with shop.team.app.store.transaction() as tx:
        await add_watch(tx, bare, shop.team.monitor, no_sku=True)
    assert await verdict(shop.team) is None
    assert "Your SKUs" not in await shop.typed("/health")


async def test_a_clock_that_was_set_far_ahead_and_back_puts_no_check_off_for_long(
    shop: Shop,
) -> None:
    await watched(shop, PAN, SKU)
    shop.team.clock.advance(days=4000)
    await checked(shop)
    shop.team.clock.now -= timedelta(days=4000)
    shop.market.log.clear()
    await checked(shop)
    assert [one.operation for one in shop.market.log].count(Operation.SEARCH_LISTINGS) == 1


async def test_an_outage_puts_a_check_off_and_writes_nothing_about_the_sku(shop: Shop) -> None:
    shop.market.faults.on(Fault.HTML_503, operation=Operation.SEARCH_LISTINGS)
    await watched(shop, PAN, SKU)
    await checked(shop)
    assert await verdict(shop.team) is None
    assert await polled(shop) <= BY_ASIN
    shop.market.faults.off()
    await checked(shop)
    assert await verdict(shop.team) is SkuVerdict.RIGHT


async def test_a_missing_role_is_asked_for_once_for_all_skus(shop: Shop) -> None:
    shop.market.faults.on(Fault.ROLE_MISSING, operation=Operation.SEARCH_LISTINGS)
    team = shop.team
    for number in range(45):
        await watched(shop, f"B0MANY{number:04}", f"MANY-{number}")
    shop.market.log.clear()
    await checked(shop)
    asked = [one for one in shop.market.log if one.operation is Operation.SEARCH_LISTINGS]
    assert len(asked) == 2, "once more with a fresh token"
    assert await team.app.store.count(SKU_CHECKS, "verdict", SkuVerdict.UNSURE) == 45


async def test_without_a_seller_id_of_ours_skus_are_used_and_health_says_why(shop: Shop) -> None:
    team = shop.team
    app = dataclasses.replace(
        team.app, brand=dataclasses.replace(team.app.brand, own_sellers=frozenset())
    )
    await team.monitor.stop()
    team.monitor = ListingMonitor(app, team.monitor._source, PACE)
    team.router = Router(app, team.monitor)
    await watched(shop, PAN, SKU)
    await checked(shop)
    assert await polled(shop) == {Operation.LISTING_OFFERS}
    assert "Your seller ID is not set" in await shop.typed("/health")
