"""From the question to the annotated picture: a warm page beside a new browser and a new page."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from adapters.capture.pages import ChromiumCapture, check_available
from bot.errors import UserError
from tests.bench.market import marketplace
from tests.bench.measure import Peer, Row, Series, Target, alternate, row
from tests.needs import SANDBOX
from tests.scenarios import burst, burst_asin

GROUP = "Capture"
MEMORY = "Memory of the browser"
WARM, NEW = "warm page", "a new browser and page each"
OFFERS = 20
FASTER = Target(0.4, of_ratio=True)
BOUNDED = Target(500)


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    rounds: int = 10
    captures: int = 200
    """One after the other, for the memory."""


async def measure(sizes: Sizes) -> list[Row]:
    """Capture an offer's page both ways in turn, then many times with one browser."""
    try:
        await check_available(without_sandbox=True)
    except UserError:
        return [Row(group=GROUP, what=f"{WARM} (no Chromium was found)", unit="ms")]
    async with AsyncExitStack() as stack:
        market = await stack.enter_async_context(marketplace(burst(1, OFFERS)))
        url = f"{market.base_url}/dp/{burst_asin(0)}"
        warm = await stack.enter_async_context(ChromiumCapture(market.base_url, sandbox=SANDBOX))

        async def new() -> float:
            started = time.perf_counter()
            async with ChromiumCapture(market.base_url, sandbox=SANDBOX) as capture:
                await capture.take(url)
                return 1000 * (time.perf_counter() - started)

        took = await alternate(sizes.rounds, {WARM: lambda: _take(warm, url), NEW: new})
        memory = [await _memory(warm, url) for _ in range(sizes.captures)]
    most = Series((max(memory),))
    return [
        row(GROUP, WARM, "ms", took[WARM], Peer(NEW, took[NEW]), FASTER),
        row(GROUP, f"peer: {NEW}", "ms", took[NEW]),
        row(MEMORY, f"most in {sizes.captures} captures", "MB", most, None, BOUNDED),
    ]


async def _take(capture: ChromiumCapture, url: str) -> float:
    """Capture once the page is warm again, as it is when captures are minutes apart."""
    await capture.rest()
    started = time.perf_counter()
    await capture.take(url)
    return 1000 * (time.perf_counter() - started)


async def _memory(capture: ChromiumCapture, url: str) -> float:
    await capture.take(url)
    await capture.rest()
    return await capture.memory() / 1e6
