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
async def scheduler() -> AsyncIterator[EmbeddedScheduler]:
    scheduler = EmbeddedScheduler(at_once=3)
    yield scheduler
    await scheduler.stop(grace=0)


def block(seconds: float = BLOCK) -> None:
    """Do what a badly behaved coroutine does."""
    time.sleep(seconds)


@pytest.mark.ci
async def test_misfire_by_two_seconds_is_run_and_not_lost(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    scheduler.handle("tick", probe)
    scheduler.every(HOUR, "tick")
    scheduler.start()
    block()
    await probe.until_ended(1)


@pytest.mark.ci
async def test_misfires_of_one_name_coalesce_to_one_run(scheduler: EmbeddedScheduler) -> None:
    runs: list[float] = []
    enough = asyncio.Event()

    async def tick(key: str) -> None:
        runs.append(time.monotonic())
        if len(runs) == 1:
            block()
        if len(runs) == 3:
            enough.set()

    scheduler.handle("tick", tick)
    began = time.monotonic()
    scheduler.every(timedelta(seconds=0.8), "tick")
    scheduler.start()
    async with asyncio.timeout(PATIENCE):
        await enough.wait()
    # Due at 0, 0.8, 1.6 and 2.4 s: one run for both that were missed, the third in its own time.
    assert runs[1] - began >= BLOCK
    assert runs[2] - began >= 2.4


@pytest.mark.ci
async def test_a_long_block_costs_every_other_name_one_run_each(
    scheduler: EmbeddedScheduler,
) -> None:
    probes = [Probe() for _ in range(20)]
    for number, probe in enumerate(probes):
        scheduler.handle(f"tick {number}", probe)
        scheduler.every(HOUR, f"tick {number}")

    async def blocks(key: str) -> None:
        block()

    scheduler.handle("blocks", blocks)
    scheduler.trigger("blocks")
    scheduler.start()
    for probe in probes:
        await probe.until_ended(1)
    assert [probe.begun for probe in probes] == [[""]] * 20


async def test_kicks_before_a_block_are_run_after_it(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    keys = [str(number) for number in range(1000)]

    async def blocks(key: str) -> None:
        for each in keys:
            scheduler.trigger("work", each)
        block(0.1)

    scheduler.handle("work", probe)
    scheduler.handle("blocks", blocks)
    scheduler.start()
    scheduler.trigger("blocks")
    await probe.until_ended(1000)
    assert probe.begun == keys


async def test_keys_of_a_name_are_bounded_and_take_turns(scheduler: EmbeddedScheduler) -> None:
    probe, other = Probe(), Probe()
    scheduler.handle("work", probe)
    scheduler.handle("other", other)
    scheduler.start()
    probe.hold()
    for number in range(10):
        scheduler.trigger("work", str(number))
    scheduler.trigger("other")
    await other.until_ended(1)
    assert probe.begun == ["0", "1", "2"]
    [work, _] = scheduler.health()
    assert (work.running, work.waiting) == (3, 7)
    scheduler.trigger("work", "0")
    probe.release()
    await probe.until_ended(11)
    assert probe.begun[-1] == "0"


async def test_a_second_period_replaces_the_first(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    scheduler.handle("tick", probe)
    scheduler.every(HOUR, "tick")
    scheduler.start()
    scheduler.every(timedelta(milliseconds=10), "tick")
    await probe.until_ended(3)


async def test_a_stop_during_work_waits_for_it(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.start()
    probe.hold()
    scheduler.trigger("work", "a")
    await probe.until_begun(1)
    scheduler.trigger("work", "a")
    stopping = asyncio.create_task(scheduler.stop(grace=PATIENCE))
    await asyncio.sleep(0)
    assert not stopping.done()
    probe.release()
    await stopping
    assert (probe.begun, probe.ended) == (["a"], ["a"])


async def test_a_stop_cancels_work_that_outlasts_the_grace(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.every(HOUR, "work")
    scheduler.start()
    probe.hold()
    for key in ("a", "b", "c", "d"):
        scheduler.trigger("work", key)
    await probe.until_begun(3)
    with capture_logs() as logs:
        await scheduler.stop(grace=0.01)
    assert probe.begun == probe.ended == ["a", "b", "c"]
    assert [(log["log_level"], log["key"]) for log in logs] == [
        ("warning", "a"),
        ("warning", "b"),
        ("warning", "c"),
    ]


async def test_a_stop_drops_what_waits_and_what_comes_later(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.start()
    probe.hold()
    for key in ("a", "b", "c", "d"):
        scheduler.trigger("work", key)
    await probe.until_begun(3)
    scheduler.trigger("work", "a")
    await scheduler.stop(grace=0)
    scheduler.trigger("work", "e")
    [health] = scheduler.health()
    assert (health.running, health.waiting) == (0, 0)


@pytest.mark.ci
@pytest.mark.parametrize("period", [HOUR, timedelta(milliseconds=5)], ids=["idle", "busy"])
async def test_a_stop_leaves_nothing_behind(period: timedelta) -> None:
    scheduler = EmbeddedScheduler()
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.every(period, "work")
    scheduler.start()
    await probe.until_ended(1)
    # A few turns of the loop, so that an engine with nothing to do is truly idle when it stops.
    for _ in range(5):
        await asyncio.sleep(0)
    await scheduler.stop(grace=1)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    # A timer in the loop would still hold the scheduler.
    held = weakref.ref(scheduler._periods)
    del scheduler
    gc.collect()
    assert held() is None


async def test_a_stop_that_is_cancelled_still_ends_the_work(scheduler: EmbeddedScheduler) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.start()
    probe.hold()
    scheduler.trigger("work")
    await probe.until_begun(1)
    stopping = asyncio.create_task(scheduler.stop(grace=PATIENCE))
    await asyncio.sleep(0)
    stopping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopping
    assert probe.ended == [""]


async def test_an_engine_that_never_started_stops() -> None:
    scheduler = EmbeddedScheduler()
    scheduler.handle("work", Probe())
    scheduler.trigger("work")
    await scheduler.stop(grace=1)
