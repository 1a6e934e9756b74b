"""From a change at the marketplace, looked at at once, to the card in a page that is open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Page, async_playwright

from adapters.capture.chromium import find
from bot.bootstrap.application import Application, page, running
from bot.cli.serving import OWNER
from bot.core.listing import Watch
from bot.errors import UserError
from bot.features.cases.collections import ALERT_GROUPS
from tests.bench.market import Market, invaded, marketplace, stranger
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.bench.staff import batches, house_over, scratch, source_of
from tests.browser.entering import enter

GROUP = "Card"
UNIT = "ms"
BEST = 300.0
PEER = Peer("changedetection.io, 300 ms", BEST)
"""Its median from a change to a webhook, at an immediate recheck, was 300 to 700 ms."""
TARGET = Target(BEST)
OFFERS = 3
PATIENCE = 15.0
"""Seconds after which a card is not coming any more."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
EXPECT = """text => {
  window.seen = new Promise(resolve => {
    const look = records => {
      const added = records.flatMap(record => [...record.addedNodes]);
      if (added.some(node => node.textContent.includes(text))) resolve(Date.now());
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
}"""
"""Notes when something with the text comes into the page, by the clock that Python reads too."""
SEEN = "() => window.seen"


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    changes: int = 20


async def measure(sizes: Sizes) -> list[Row]:
    """Let a stranger come to one product after the other, and wait for each card."""
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(chromium())
        if browser is None:
            return [Row(group=GROUP, what="p50 (no Chromium was found)", unit=UNIT)]
        scenario = invaded(sizes.changes + 1, OFFERS, 1, by_one=False)
        market = await stack.enter_async_context(marketplace(scenario))
        source = await stack.enter_async_context(source_of(market))
        folder = stack.enter_context(scratch())
        application, watches = await stack.enter_async_context(house_over(source, scenario, folder))
        for several in batches(watches):
            await application.monitor.check(several)
        link = await stack.enter_async_context(page(application, OWNER, 0))
        await stack.enter_async_context(running(application))
        await enter(browser, link)
        took = [await _card(browser, market, application, each) for each in enumerate(watches)]
    return _rows(Series(tuple(took[1:])))


def _rows(took: Series) -> list[Row]:
    late = Row(
        group=GROUP,
        what="p95",
        unit=UNIT,
        figure=took.late,
        beside=PEER.name,
        ratio=took.late / BEST,
    )
    return [row(GROUP, "p50", UNIT, took, PEER, TARGET), late]


async def _card(
    chromium: Page, market: Market, application: Application, hit: tuple[int, Watch]
) -> float:
    """Return the milliseconds until the card of the next stranger is there."""
    place, watch = hit
    async with application.app.store.transaction() as tx:
        # Otherwise the sixth card would be gathered with others, away from the channel.
        tx.delete(ALERT_GROUPS, "now")
    await chromium.evaluate(EXPECT, stranger(place))
    started = time.time()
    market.advance()
    await application.monitor.check([watch])
    async with asyncio.timeout(PATIENCE):
        return float(await chromium.evaluate(SEEN)) - 1000 * started


@asynccontextmanager
async def chromium() -> AsyncIterator[Page | None]:
    """Start a browser with an empty page; None where there is none."""
    async with async_playwright() as playwright:
        try:
            path = find(playwright)
        except UserError:
            yield None
            return
        browser = await playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield await browser.new_page()
        finally:
            await browser.close()
