"""The page's tables over many products: the first paint in Chromium, then sort and filter."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from playwright.async_api import Page

from adapters.web.outbound import WebChat
from bot.bootstrap.application import (
    WEB,
    WEB_CHANNEL,
    Application,
    build_application,
    open_store,
    page,
)
from bot.cli.serving import OWNER
from bot.core.browse.models import TableQuery
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.history import History
from bot.core.links import Links
from bot.core.listing import Offer, Snapshot, Watch, WatchStatus
from bot.core.money import Money
from bot.core.permissions import Role
from bot.core.store import Store
from bot.features.watchlist.collections import HISTORIES, STATUSES, WATCHES
from tests.bench.browser import chromium
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.bench.staff import scratch, settings_in, watches_of
from tests.browser.entering import enter
from tests.fakes import FakeSource
from tests.scenarios import OWN_SELLER

GROUP = "Table"
UNIT = "ms"
PAINT, TURN = 300.0, 100.0
OFFERS = 6
PAINTED = """() => {
  const paints = performance.getEntriesByName("first-contentful-paint");
  return paints.length ? paints[0].startTime : 0;
}"""
TURNED = """async ([what, value]) => {
  const found = document.querySelector("#found");
  const seen = new Promise((done) => new MutationObserver(() => requestAnimationFrame(
    () => setTimeout(done))).observe(found, { childList: true }));
  const on = document.querySelector(what);
  const begun = performance.now();
  if (what === "#found") found.innerHTML = found.innerHTML;
  else if (on.matches("a")) on.click();
  else {
    on.value = value;
    on.dispatchEvent(new Event("change", { bubbles: true }));
  }
  await seen;
  return performance.now() - begun;
}"""
"""Asks something of the table; returns the milliseconds until its rows are painted."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    products: int = 10_000
    rounds: int = 20


async def measure(sizes: Sizes) -> list[Row]:
    """Fill a store with products, and look through them as a person does."""
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(chromium())
        if browser is None:
            return [Row(group=GROUP, what="paint (no Chromium was found)", unit=UNIT)]
        folder = stack.enter_context(scratch())
        settings = settings_in(folder)
        store = await stack.enter_async_context(open_store(settings, simulated=True))
        await fill(store, watches_of(sizes.products))
        chats = {WEB: WebChat(store, utc_now)}
        source = FakeSource(simulated=True)
        application = build_application(settings, store, source, Links(), chats)
        await open_room(store, WEB, "", WEB_CHANNEL)
        link = await stack.enter_async_context(page(application, OWNER, 0))
        return await _rows(browser, application, link, sizes)


async def _rows(browser: Page, application: Application, link: str, sizes: Sizes) -> list[Row]:
    products = f"{link.partition('/?')[0]}/products"
    await enter(browser, link)
    begun = time.perf_counter()
    await application.gateway.table(Role.ADMIN, "products", TableQuery())
    read = Series((1000 * (time.perf_counter() - begun),))
    paints = Series(tuple([await _paint(browser, products) for _ in range(sizes.rounds)]))
    turns = {
        "floor": ("#found", ""),
        "sort": ('[data-ask="lowest"]', ""),
        "filter": ('[name="buy-box"]', ""),
    }
    took = {
        name: Series(tuple([await _turn(browser, number, *what) for number in range(sizes.rounds)]))
        for name, what in turns.items()
    }
    floor = Peer("the same rows at hand", took["floor"])
    return [
        row(GROUP, "read at first", UNIT, read),
        row(GROUP, "first paint", UNIT, paints, target=Target(PAINT)),
        row(GROUP, "sort", UNIT, took["sort"], floor, Target(TURN)),
        row(GROUP, "filter", UNIT, took["filter"], floor, Target(TURN)),
    ]


async def _paint(browser: Page, address: str) -> float:
    await browser.goto(address)
    await browser.locator("tbody tr").first.wait_for()
    return float(await browser.evaluate(PAINTED))


async def _turn(browser: Page, number: int, what: str, _: str) -> float:
    return float(await browser.evaluate(TURNED, [what, ("theirs", "ours")[number % 2]]))


async def fill(store: Store, watches: Sequence[Watch]) -> None:
    """Store the products as they are after a look: six offers each, some not ours."""
    now = utc_now()
    async with store.transaction() as tx:
        for number, watch in enumerate(watches):
            offers = tuple(_offer(number, place) for place in range(OFFERS))
            last = Snapshot(
                asin=watch.asin,
                marketplace=watch.marketplace,
                at=now,
                offers=offers,
                total=OFFERS,
                holders=(offers[number % 3].seller,),
            )
            seen = now - timedelta(seconds=number)
            tx.put(WATCHES, watch)
            tx.put(STATUSES, WatchStatus(key=watch.key, tried_at=seen, seen_at=seen))
            tx.put(HISTORIES, History(key=watch.key).apply(last))


def _offer(number: int, place: int) -> Offer:
    seller = f"A{place:013d}" if place else OWN_SELLER
    price = Decimal(number % 90 + 10) + place
    return Offer(
        seller=seller, price=Money(price, "USD"), shipping=Money(Decimal(), "USD"), fba=not place
    )
