"""The marketplace in a process of its own, so that its work is not counted as the bot's."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized

import msgspec

from adapters.simulator import Credentials, Marketplace, Scenario
from adapters.simulator.catalogue import Offer, Seller
from adapters.simulator.scenario import Arrive, Event, Price
from tests.scenarios import burst, burst_asin

CREDENTIALS = Credentials()
FIRST_RIVAL = "A0000000000001"
"""The seller of the second offer on every product of a burst."""

PATIENCE = 5.0
"""Seconds in which the process ends by itself."""


@dataclass(frozen=True)
class Market:
    """A running marketplace."""

    base_url: str
    clock: Synchronized[float]

    def advance(self) -> None:
        """Let the next second of its story happen."""
        self.clock.value += 1.0


@dataclass(frozen=True)
class _SharedClock:
    """Scenario time that another process sets."""

    seconds: Synchronized[float]

    def now(self) -> float:
        """Tell the scenario time in seconds."""
        return self.seconds.value


@asynccontextmanager
async def marketplace(scenario: Scenario) -> AsyncIterator[Market]:
    """Run the marketplace as long as the block lasts, without quotas, at second 0 of its story."""
    context = multiprocessing.get_context("spawn")
    clock = context.Value("d", 0.0)
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(scenario, clock, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Market(await asyncio.to_thread(ours.recv), clock)
    finally:
        ours.close()
        await asyncio.to_thread(process.join, PATIENCE)
        process.terminate()
        process.join()
        process.close()


def _run(scenario: Scenario, clock: Synchronized[float], parent: Connection) -> None:
    asyncio.run(_serve(scenario, _SharedClock(clock), parent))


async def _serve(scenario: Scenario, clock: _SharedClock, parent: Connection) -> None:
    async with Marketplace(scenario, clock=clock, quota_scale=None) as market:
        parent.send(market.base_url)
        # There is nothing to receive: it returns when the parent closes its end, or is gone.
        await asyncio.to_thread(parent.poll, None)


def restless(products: int, offers: int, seconds: int) -> Scenario:
    """A burst in which every second a known seller asks another price on every product."""
    events = tuple(
        Price(
            at=float(second),
            asin=burst_asin(number),
            seller=FIRST_RIVAL,
            price=Decimal(21) + Decimal(second % 2) / 2,
        )
        for second in range(1, seconds + 1)
        for number in range(products)
    )
    return msgspec.structs.replace(burst(products, offers), events=events)


def invaded(products: int, offers: int, at_once: int, *, by_one: bool) -> Scenario:
    """A burst in which every second strangers undercut everybody on ``at_once`` more products.

    Each product has a stranger of its own, or ``by_one`` the same one hits all of a second.
    """
    calm = burst(products, offers)
    hits = [
        (number, stranger(number // at_once if by_one else number)) for number in range(products)
    ]
    events: tuple[Event, ...] = tuple(
        Arrive(
            at=1.0 + number // at_once,
            offer=Offer(asin=burst_asin(number), seller=seller, price=Decimal(15)),
        )
        for number, seller in hits
    )
    sellers = [
        Seller(id=seller, name=f"Stranger {seller}", country="US", feedback=3, positive=33)
        for seller in sorted({seller for _, seller in hits})
    ]
    return msgspec.structs.replace(calm, sellers=(*calm.sellers, *sellers), events=events)


def stranger(number: int) -> str:
    """Return the ID of a seller whom nobody knows."""
    return f"A9STRANGER{number:04d}"
