"""The embedded engine when work fails: what it logs and tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from structlog.contextvars import bind_contextvars, get_contextvars
from structlog.testing import capture_logs

from adapters.scheduling.scheduler import EmbeddedScheduler
from bot.core.scheduler import WorkHealth
from bot.errors import StoreError
from tests.contracts.probe import Probe, barrier


@pytest.fixture
async def scheduler() -> AsyncIterator[EmbeddedScheduler]:
    scheduler = EmbeddedScheduler()
    yield scheduler
    await scheduler.stop(grace=0)


async def test_failures_in_a_row_are_logged_at_their_start_and_their_end(
    scheduler: EmbeddedScheduler,
) -> None:
    probe = Probe()
    first = RuntimeError("first")
    probe.errors = [first, RuntimeError("second"), RuntimeError("third")]
    scheduler.handle("work", probe)
    scheduler.start()
    with capture_logs() as logs:
        for runs in range(1, 6):
            scheduler.trigger("work", "a")
            await probe.until_ended(runs)
        await scheduler.stop(grace=1)
    assert logs == [
        {
            "event": "work failed",
            "log_level": "error",
            "name": "work",
            "key": "a",
            "exc_info": first,
        },
        {
            "event": "work succeeds again",
            "log_level": "info",
            "name": "work",
            "key": "a",
            "failures": 3,
        },
    ]


async def test_each_key_fails_on_its_own(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken")]
    scheduler.handle("work", probe)
    scheduler.start()
    before = datetime.now(UTC)
    with capture_logs() as logs:
        scheduler.trigger("work", "bad")
        scheduler.trigger("work", "good")
        await probe.until_ended(2)
        await scheduler.stop(grace=1)
    assert [log["key"] for log in logs] == ["bad"]
    [health] = scheduler.health()
    assert health.failing == 1
    assert health.succeeded_at is not None
    assert health.succeeded_at >= before


async def test_work_that_cancels_itself_has_failed(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()

    async def gives_up(key: str) -> None:
        await probe(key)
        raise asyncio.CancelledError

    scheduler.handle("work", gives_up)
    scheduler.start()
    with capture_logs() as logs:
        scheduler.trigger("work")
        await probe.until_begun(1)
        scheduler.trigger("work")
        await probe.until_ended(2)
        await barrier(scheduler, "barrier")
    assert [log["event"] for log in logs] == ["work failed"]


async def test_work_that_fails_before_it_awaits_is_caught(scheduler: EmbeddedScheduler) -> None:
    after = Probe()

    def broken(key: str) -> asyncio.Future[None]:
        raise RuntimeError("broken")

    scheduler.handle("broken", broken)
    scheduler.handle("after", after)
    scheduler.start()
    with capture_logs() as logs:
        scheduler.trigger("broken")
        scheduler.trigger("after")
        await after.until_ended(1)
    assert [log["name"] for log in logs] == ["broken"]


async def test_work_does_not_log_as_the_person_who_kicked_it(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    seen: list[dict[str, object]] = []

    async def look(key: str) -> None:
        seen.append(get_contextvars())
        await probe(key)

    scheduler.handle("work", look)
    scheduler.start()
    bind_contextvars(person="U1")
    scheduler.trigger("work")
    await probe.until_begun(1)
    scheduler.trigger("work")
    await probe.until_ended(2)
    assert seen == [{}, {}]


async def test_health_tells_what_fails_how_often_and_since_when_until_it_works(
    scheduler: EmbeddedScheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = [0.0]
    monkeypatch.setattr("adapters.scheduling.scheduler.monotonic", lambda: seconds[-1])
    probe = Probe()
    probe.errors = [StoreError("The disk is full."), KeyError("a secret")]
    scheduler.handle("work", probe, "Sending letters")
    scheduler.start()

    async def run() -> WorkHealth:
        ended = len(probe.ended)
        scheduler.trigger("work", "a")
        await probe.until_ended(ended + 1)
        await barrier(scheduler, f"after {ended}")
        seconds.append(seconds[-1] + 3600)
        return scheduler.health()[0]

    once, twice, well = [await run() for _ in range(3)]
    assert (once.label, once.failing, once.failures) == ("Sending letters", 1, 1)
    assert (once.failing_for, once.why) == (timedelta(hours=1), "The disk is full.")
    assert (twice.failing, twice.failures) == (1, 2)
    assert (twice.failing_for, twice.why) == (timedelta(hours=2), "something went wrong")
    assert (well.failing, well.failures, well.failing_for, well.why) == (0, 0, timedelta(), "")


async def test_health_tells_of_the_key_that_fails_the_longest(
    scheduler: EmbeddedScheduler,
) -> None:
    async def fails(key: str) -> None:
        raise StoreError(f"{key} fails.")

    scheduler.handle("work", fails)
    scheduler.start()
    for number, key in enumerate(("first", "second", "second")):
        scheduler.trigger("work", key)
        await barrier(scheduler, f"after {number}")
    health = scheduler.health()[0]
    assert (health.label, health.failing, health.failures) == ("work", 2, 1)
    assert health.why == "first fails."
