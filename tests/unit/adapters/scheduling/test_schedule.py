"""The embedded engine beyond its contract: blocked loops, limits and stops."""

from __future__ import annotations

import asyncio
import gc
import time
import weakref
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.scheduling.scheduler import EmbeddedScheduler
from tests.contracts.probe import Probe
from tests.patience import PATIENCE

HOUR = timedelta(hours=1)
BLOCK = 2.0
"""Seconds for which a loop is blocked: longer than several short periods."""


@pytest.fixture
async def engine() -> AsyncIterator[EmbeddedScheduler]:
    engine = EmbeddedScheduler(at_once=3)
    yield engine
    await engine.stop(grace=0)


def block(seconds: float = BLOCK) -> None:
    """Do what a badly behaved coroutine does."""
    time.sleep(seconds)


async def test_misfire_by_two_seconds_is_run_and_not_lost(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    engine.handle("tick", probe)
    engine.every(HOUR, "tick")
    engine.start()
    block()
    await probe.until_ended(1)


async def test_misfires_of_one_name_coalesce_to_one_run(engine: EmbeddedScheduler) -> None:
    runs: list[float] = []
    enough = asyncio.Event()

    async def tick(key: str) -> None:
        runs.append(time.monotonic())
        if len(runs) == 1:
            block()
        if len(runs) == 3:
            enough.set()

    engine.handle("tick", tick)
    began = time.monotonic()
    engine.every(timedelta(seconds=0.8), "tick")
    engine.start()
    async with asyncio.timeout(PATIENCE):
        await enough.wait()
    # Due at 0, 0.8, 1.6 and 2.4 s: one run for both that were missed, the third in its own time.
    assert runs[1] - began >= BLOCK
    assert runs[2] - began >= 2.4


async def test_a_long_block_costs_every_other_name_one_run_each(engine: EmbeddedScheduler) -> None:
    probes = [Probe() for _ in range(20)]
    for number, probe in enumerate(probes):
        engine.handle(f"tick {number}", probe)
        engine.every(HOUR, f"tick {number}")

    async def blocks(key: str) -> None:
        block()

    engine.handle("blocks", blocks)
    engine.trigger("blocks")
    engine.start()
    for probe in probes:
        await probe.until_ended(1)
    assert [probe.begun for probe in probes] == [[""]] * 20


async def test_kicks_before_a_block_are_run_after_it(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    keys = [str(number) for number in range(1000)]

    async def blocks(key: str) -> None:
        for each in keys:
            engine.trigger("work", each)
        block(0.1)

    engine.handle("work", probe)
    engine.handle("blocks", blocks)
    engine.start()
    engine.trigger("blocks")
    await probe.until_ended(1000)
    assert probe.begun == keys


async def test_keys_of_a_name_are_bounded_and_take_turns(engine: EmbeddedScheduler) -> None:
    probe, other = Probe(), Probe()
    engine.handle("work", probe)
    engine.handle("other", other)
    engine.start()
    probe.hold()
    for number in range(10):
        engine.trigger("work", str(number))
    engine.trigger("other")
    await other.until_ended(1)
    assert probe.begun == ["0", "1", "2"]
    [work, _] = engine.health()
    assert (work.running, work.waiting) == (3, 7)
    engine.trigger("work", "0")
    probe.release()
    await probe.until_ended(11)
    assert probe.begun[-1] == "0"


async def test_a_second_period_replaces_the_first(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    engine.handle("tick", probe)
    engine.every(HOUR, "tick")
    engine.start()
    engine.every(timedelta(milliseconds=10), "tick")
    await probe.until_ended(3)


async def test_a_stop_during_work_waits_for_it(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.start()
    probe.hold()
    engine.trigger("work", "a")
    await probe.until_begun(1)
    engine.trigger("work", "a")
    stopping = asyncio.create_task(engine.stop(grace=PATIENCE))
    await asyncio.sleep(0)
    assert not stopping.done()
    probe.release()
    await stopping
    assert (probe.begun, probe.ended) == (["a"], ["a"])


async def test_a_stop_cancels_work_that_outlasts_the_grace(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.every(HOUR, "work")
    engine.start()
    probe.hold()
    for key in ("a", "b", "c", "d"):
        engine.trigger("work", key)
    await probe.until_begun(3)
    with capture_logs() as logs:
        await engine.stop(grace=0.01)
    assert probe.begun == probe.ended == ["a", "b", "c"]
    assert [(log["log_level"], log["key"]) for log in logs] == [
        ("warning", "a"),
        ("warning", "b"),
        ("warning", "c"),
    ]


async def test_a_stop_drops_what_waits_and_what_comes_later(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.start()
    probe.hold()
    for key in ("a", "b", "c", "d"):
        engine.trigger("work", key)
    await probe.until_begun(3)
    engine.trigger("work", "a")
    await engine.stop(grace=0)
    engine.trigger("work", "e")
    [health] = engine.health()
    assert (health.running, health.waiting) == (0, 0)


@pytest.mark.parametrize("period", [HOUR, timedelta(milliseconds=5)], ids=["idle", "busy"])
async def test_a_stop_leaves_nothing_behind(period: timedelta) -> None:
    engine = EmbeddedScheduler()
    probe = Probe()
    engine.handle("work", probe)
    engine.every(period, "work")
    engine.start()
    await probe.until_ended(1)
    # A few turns of the loop, so that an engine with nothing to do is truly idle when it stops.
    for _ in range(5):
        await asyncio.sleep(0)
    await engine.stop(grace=1)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    # A timer in the loop would still hold the scheduler.
    held = weakref.ref(engine._periods)
    del engine
    gc.collect()
    assert held() is None


async def test_a_stop_that_is_cancelled_still_ends_the_work(engine: EmbeddedScheduler) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.start()
    probe.hold()
    engine.trigger("work")
    await probe.until_begun(1)
    stopping = asyncio.create_task(engine.stop(grace=PATIENCE))
    await asyncio.sleep(0)
    stopping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopping
    assert probe.ended == [""]


async def test_an_engine_that_never_started_stops() -> None:
    engine = EmbeddedScheduler()
    engine.handle("work", Probe())
    engine.trigger("work")
    await engine.stop(grace=1)
