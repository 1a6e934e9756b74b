"""The embedded engine when work fails: what it logs and tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from structlog.contextvars import bind_contextvars, get_contextvars
from structlog.testing import capture_logs

from adapters.scheduling.scheduler import EmbeddedScheduler
from tests.contracts.probe import Probe, barrier


@pytest.fixture
async def engine() -> AsyncIterator[EmbeddedScheduler]:
    engine = EmbeddedScheduler()
    yield engine
    await engine.stop(grace=0)


async def test_failures_in_a_row_are_logged_at_their_start_and_their_end(
    engine: EmbeddedScheduler,
) -> None:
    probe = Probe()
    first = RuntimeError("first")
    probe.errors = [first, RuntimeError("second"), RuntimeError("third")]
    engine.handle("work", probe)
    engine.start()
    with capture_logs() as logs:
        for runs in range(1, 6):
            engine.trigger("work", "a")
            await probe.until_ended(runs)
        await engine.stop(grace=1)
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


async def test_each_key_fails_on_its_own(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken")]
    engine.handle("work", probe)
    engine.start()
    before = datetime.now(UTC)
    with capture_logs() as logs:
        engine.trigger("work", "bad")
        engine.trigger("work", "good")
        await probe.until_ended(2)
        await engine.stop(grace=1)
    assert [log["key"] for log in logs] == ["bad"]
    [health] = engine.health()
    assert health.failing == 1
    assert health.succeeded_at is not None
    assert health.succeeded_at >= before


async def test_work_that_cancels_itself_has_failed(engine: EmbeddedScheduler) -> None:
    probe = Probe()

    async def gives_up(key: str) -> None:
        await probe(key)
        raise asyncio.CancelledError

    engine.handle("work", gives_up)
    engine.start()
    with capture_logs() as logs:
        engine.trigger("work")
        await probe.until_begun(1)
        engine.trigger("work")
        await probe.until_ended(2)
        await barrier(engine, "barrier")
    assert [log["event"] for log in logs] == ["work failed"]


async def test_work_that_fails_before_it_awaits_is_caught(engine: EmbeddedScheduler) -> None:
    after = Probe()

    def broken(key: str) -> asyncio.Future[None]:
        raise RuntimeError("broken")

    engine.handle("broken", broken)
    engine.handle("after", after)
    engine.start()
    with capture_logs() as logs:
        engine.trigger("broken")
        engine.trigger("after")
        await after.until_ended(1)
    assert [log["name"] for log in logs] == ["broken"]


async def test_work_does_not_log_as_the_person_who_kicked_it(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    seen: list[dict[str, object]] = []

    async def look(key: str) -> None:
        seen.append(get_contextvars())
        await probe(key)

    engine.handle("work", look)
    engine.start()
    bind_contextvars(person="U1")
    engine.trigger("work")
    await probe.until_begun(1)
    engine.trigger("work")
    await probe.until_ended(2)
    assert seen == [{}, {}]
