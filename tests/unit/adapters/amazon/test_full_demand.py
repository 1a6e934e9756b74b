"""Under full demand: what the quotas allow is used, and Amazon refuses nothing.

Requests go from our buckets to those of the simulated marketplace, each after a time on its way
that differs from that of the others. Time is virtual.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.client import SpApiClient
from adapters.amazon.login import Credentials, Login
from adapters.amazon.quota import Quota, Time
from adapters.simulator.quota import Operation as Served
from adapters.simulator.quota import Quotas
from bot.core.questions import IN_FLIGHT, MARGIN, Operation, most_margin
from tests import virtual

ONCE = {Operation.DESTINATIONS, Operation.SUBSCRIPTION, Operation.TEST_NOTIFICATION}
"""What is asked to set up notifications, and never again."""
OPERATIONS = tuple(operation for operation in Operation if operation not in ONCE)
SERVED = {operation: Served[operation.name] for operation in OPERATIONS}
WAYS = ("steady", "even", "sudden")
"""How the time on the way differs: not at all, at random, or between two values."""


class Road:
    """Carries requests, each as long as chance says; the answer takes the same way back."""

    def __init__(self, least: float, spread: float, way: str, seed: int) -> None:
        self._least, self._spread, self._way = least, spread, way
        self._chance = random.Random(seed)

    def seconds(self) -> float:
        part = {"steady": 0.0, "even": self._chance.random(), "sudden": self._chance.choice((0, 1))}
        return self._least + self._spread * part[self._way]


class Demand:
    """Asks one operation for as long as it may, always as much as the quota lets through."""

    def __init__(self, operation: Operation, road: Road) -> None:
        loop = asyncio.get_running_loop()
        self._operation, self._road, self._time = operation, road, loop.time
        passing = Time(loop.time, asyncio.sleep)
        self.quota = Quota(operation.rate, operation.burst, passing)
        self._served = Quotas(1.0, loop.time)
        self.answered = self.refused = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def one(self) -> None:
        await self.quota.take()
        task = asyncio.create_task(self._send())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self) -> None:
        sent = self._time()
        await asyncio.sleep(self._road.seconds())
        if self._served.take(SERVED[self._operation]):
            self.answered += 1
            await asyncio.sleep(0.05)
            self.quota.worked(self._time() - sent)
        else:
            self.refused += 1
            self.quota.slow_down()

    async def until(self, end: float) -> None:
        while self._time() < end:
            await self.one()

    async def settle(self) -> None:
        await asyncio.gather(*self._tasks)


async def under_full_demand(operation: Operation, road: Road, seconds: float) -> Demand:
    demand = Demand(operation, road)
    await demand.until(seconds)
    await demand.settle()
    return demand


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
@pytest.mark.parametrize("way", WAYS)
def test_each_bucket_is_used_to_95_percent_and_refuses_nothing(
    operation: Operation, way: str
) -> None:
    requests = 400
    road = Road(0.3, 0.95 * MARGIN, way, seed=7)
    seconds = requests / operation.rate
    demand = virtual.run(under_full_demand(operation, road, seconds))
    assert demand.refused == 0
    assert demand.answered >= 0.95 * seconds * operation.rate


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.burst > 1])
def test_a_bucket_for_several_requests_loses_nothing_by_a_rough_way(operation: Operation) -> None:
    """Once the answers have shown how rough it is, the rate stays what it was."""
    spread = 0.9 * most_margin(operation.rate, operation.burst)
    road = Road(0.3, spread, "even", seed=7)

    async def work() -> Demand:
        demand = Demand(operation, road)
        for seconds in (0.3, 0.3 + most_margin(operation.rate, operation.burst)):
            demand.quota.worked(seconds)
        await demand.until(200 / operation.rate)
        await demand.settle()
        return demand

    demand = virtual.run(work())
    assert demand.refused == 0
    assert demand.answered >= 0.95 * 200


@given(
    operation=st.sampled_from(OPERATIONS),
    least=st.floats(0.01, 2),
    part=st.floats(0, 0.99),
    way=st.sampled_from(WAYS),
    seed=st.integers(0, 1000),
    rests=st.lists(st.tuples(st.integers(1, 20), st.floats(0, 20)), min_size=1, max_size=8),
)
def test_nothing_is_refused_whenever_it_is_asked(
    *,
    operation: Operation,
    least: float,
    part: float,
    way: str,
    seed: int,
    rests: list[tuple[int, float]],
) -> None:
    """``rests``: how much is asked at once, and how many tokens come back before the next."""

    async def work() -> Demand:
        demand = Demand(operation, Road(least, part * MARGIN, way, seed))
        for several, tokens in rests:
            for _ in range(several):
                await demand.one()
            await asyncio.sleep(tokens / operation.rate)
        await demand.settle()
        return demand

    assert virtual.run(work()).refused == 0


def test_after_a_refusal_requests_keep_further_apart() -> None:
    async def margins() -> list[float]:
        demand = Demand(Operation.ITEM_OFFERS_BATCH, Road(0.3, 0, "steady", 0))
        seen = [demand.quota.margin]
        demand.quota.slow_down()
        seen.append(demand.quota.margin)
        for _ in range(64):
            demand.quota.worked(0.3)
        return [*seen, demand.quota.margin]

    most = most_margin(Operation.ITEM_OFFERS_BATCH.rate, 1)
    assert virtual.run(margins()) == [MARGIN, most, MARGIN]


class CountingAmazon:
    """Lets through what its buckets hold, after a time on the way, and counts by operation."""

    def __init__(self, road: Road) -> None:
        self._road = road
        self._served = Quotas(1.0, asyncio.get_running_loop().time)
        self.answered: Counter[Operation] = Counter()
        self.refused = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self._road.seconds())
        if request.url.path.endswith("/token"):
            return _json({"access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600})
        operation = Operation[request.url.path.removeprefix("/")]
        if not self._served.take(SERVED[operation]):
            self.refused += 1
            return httpx.Response(429, stream=httpx.ByteStream(b""))
        self.answered[operation] += 1
        answer = _json({"payload": []})
        answer.headers["x-amzn-RateLimit-Limit"] = f"{operation.rate:g}"
        await asyncio.sleep(self._road.seconds())
        return answer


def _json(body: object) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(json.dumps(body).encode()))


async def all_at_once(seconds: float) -> CountingAmazon:
    """Ask all operations together, each with as much as may wait for answers."""
    loop = asyncio.get_running_loop()
    amazon = CountingAmazon(Road(0.15, 0.9 * MARGIN, "even", seed=3))
    passing = Time(loop.time, asyncio.sleep)
    async with httpx.AsyncClient(transport=httpx.MockTransport(amazon)) as http:
        known = Credentials("id", "secret", "token")
        url = "https://api.amazon.com/auth/o2/token"
        login = Login(http, url, known, timeout=30, monotonic=loop.time)
        client = SpApiClient(http, login, "https://na.example", timeout=30, passing=passing)

        async def ask(operation: Operation) -> None:
            while loop.time() < seconds:
                await client.get(operation, {}, path=f"/{operation.name}", again=False)

        tasks = [
            asyncio.create_task(ask(operation))
            for operation in OPERATIONS
            for _ in range(IN_FLIGHT)
        ]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await login.aclose()
    return amazon


@pytest.mark.ci
def test_all_operations_together_use_what_they_may_and_nothing_is_refused() -> None:
    seconds = 600
    amazon = virtual.run(all_at_once(seconds))
    assert amazon.refused == 0
    used = {each: amazon.answered[each] / (seconds * each.rate) for each in OPERATIONS}
    assert min(used.values()) >= 0.95, used
