"""What every Engine promises."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import pytest

from adapters.scheduling.scheduler import EmbeddedScheduler
from bot.core.scheduler import Scheduler
from tests.clocks import STEPS, Wall, set_modules
from tests.contracts.probe import Probe, barrier


class RunnableEngine(Scheduler, Protocol):
    def start(self) -> None: ...

    async def stop(self, grace: float) -> None: ...


@dataclass(frozen=True)
class Kind:
    name: str
    make: Callable[[], RunnableEngine]
    period: timedelta
    """The shortest that it can keep."""


KINDS = (Kind("embedded", EmbeddedScheduler, timedelta(milliseconds=20)),)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    assert isinstance(request.param, Kind)
    return request.param


@pytest.fixture
async def scheduler(kind: Kind) -> AsyncIterator[RunnableEngine]:
    scheduler = kind.make()
    yield scheduler
    await scheduler.stop(grace=0)


async def test_a_kick_runs_the_named_work_for_its_key(scheduler: RunnableEngine) -> None:
    wanted, other = Probe(), Probe()
    scheduler.handle("wanted", wanted)
    scheduler.handle("other", other)
    scheduler.start()
    scheduler.trigger("wanted", "US-1")
    await wanted.until_ended(1)
    assert wanted.ended == ["US-1"]
    assert other.begun == []


async def test_a_kick_before_the_start_waits_for_it(scheduler: RunnableEngine) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.trigger("work")
    assert probe.begun == []
    scheduler.start()
    await probe.until_ended(1)


async def test_a_kick_of_an_unknown_name_fails_at_once(scheduler: RunnableEngine) -> None:
    scheduler.start()
    with pytest.raises(ValueError, match="unheard-of"):
        scheduler.trigger("unheard-of")


async def test_a_period_of_an_unknown_name_fails_at_once(
    scheduler: RunnableEngine, kind: Kind
) -> None:
    with pytest.raises(ValueError, match="unheard-of"):
        scheduler.every(kind.period, "unheard-of")


async def test_a_name_is_handled_once(scheduler: RunnableEngine) -> None:
    scheduler.handle("work", Probe())
    with pytest.raises(ValueError, match="work"):
        scheduler.handle("work", Probe())


@pytest.mark.parametrize("period", [timedelta(0), timedelta(seconds=-1)])
async def test_a_period_is_positive(scheduler: RunnableEngine, period: timedelta) -> None:
    scheduler.handle("work", Probe())
    with pytest.raises(ValueError, match="positive"):
        scheduler.every(period, "work")


async def test_periodic_work_runs_again_and_again_with_an_empty_key(
    scheduler: RunnableEngine, kind: Kind
) -> None:
    probe = Probe()
    scheduler.handle("tick", probe)
    scheduler.every(kind.period, "tick")
    scheduler.start()
    await probe.until_ended(4)
    assert set(probe.ended) == {""}


async def test_many_kicks_of_a_key_collapse_to_one_run(scheduler: RunnableEngine) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    for _ in range(100):
        scheduler.trigger("work", "a")
    scheduler.start()
    await probe.until_ended(1)
    await barrier(scheduler, "barrier")
    assert probe.begun == ["a"]


async def test_kicks_during_a_run_make_it_run_once_more_afterwards(
    scheduler: RunnableEngine,
) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.start()
    probe.hold()
    scheduler.trigger("work", "a")
    await probe.until_begun(1)
    for _ in range(100):
        scheduler.trigger("work", "a")
    await barrier(scheduler, "during")
    assert probe.begun == ["a"]
    probe.release()
    await probe.until_ended(2)
    await barrier(scheduler, "after")
    assert probe.begun == ["a", "a"]
    assert probe.most_at_once["a"] == 1


async def test_work_that_kicks_itself_runs_again(scheduler: RunnableEngine) -> None:
    probe = Probe()

    async def once_more(key: str) -> None:
        if not probe.begun:
            scheduler.trigger("work", key)
        await probe(key)

    scheduler.handle("work", once_more)
    scheduler.start()
    probe.hold()
    scheduler.trigger("work", "a")
    await probe.until_begun(1)
    await barrier(scheduler, "during")
    assert probe.begun == ["a"]
    probe.release()
    await probe.until_ended(2)
    assert probe.most_at_once["a"] == 1


async def test_different_keys_run_at_the_same_time(scheduler: RunnableEngine) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.start()
    probe.hold()
    for key in ("a", "b", "c"):
        scheduler.trigger("work", key)
    await probe.until_begun(3)
    assert probe.ended == []
    assert sorted(probe.begun) == ["a", "b", "c"]
    probe.release()


async def test_work_longer_than_its_period_never_overlaps(
    scheduler: RunnableEngine, kind: Kind
) -> None:
    slow, beat = Probe(), Probe()
    scheduler.handle("slow", slow)
    scheduler.handle("beat", beat)
    slow.hold()
    scheduler.every(kind.period, "slow")
    scheduler.every(kind.period, "beat")
    scheduler.start()
    await slow.until_begun(1)
    await beat.until_ended(len(beat.ended) + 5)
    assert slow.begun == [""]
    slow.release()
    await slow.until_ended(4)
    assert slow.most_at_once[""] == 1


async def test_a_kick_and_a_period_never_overlap(scheduler: RunnableEngine, kind: Kind) -> None:
    slow, beat = Probe(), Probe()
    scheduler.handle("slow", slow)
    scheduler.handle("beat", beat)
    slow.hold()
    scheduler.every(kind.period, "slow")
    scheduler.every(kind.period, "beat")
    scheduler.start()
    await slow.until_begun(1)
    for _ in range(5):
        scheduler.trigger("slow")
        await beat.until_ended(len(beat.ended) + 1)
    assert slow.begun == [""]
    slow.release()
    await slow.until_ended(3)
    assert slow.most_at_once[""] == 1


async def test_work_that_failed_runs_at_its_next_kick(scheduler: RunnableEngine) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("first"), RuntimeError("second")]
    scheduler.handle("work", probe)
    scheduler.start()
    for runs in (1, 2, 3):
        scheduler.trigger("work", "a")
        await probe.until_ended(runs)
    assert probe.errors == []


async def test_periodic_work_that_failed_runs_in_the_next_period(
    scheduler: RunnableEngine, kind: Kind
) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken")]
    scheduler.handle("tick", probe)
    scheduler.every(kind.period, "tick")
    scheduler.start()
    await probe.until_ended(3)


async def test_a_kick_during_a_run_that_fails_is_not_lost(scheduler: RunnableEngine) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken")]
    scheduler.handle("work", probe)
    scheduler.start()
    probe.hold()
    scheduler.trigger("work", "a")
    await probe.until_begun(1)
    scheduler.trigger("work", "a")
    probe.release()
    await probe.until_ended(2)


async def test_a_stop_lets_running_work_end_and_begins_nothing_more(
    scheduler: RunnableEngine, kind: Kind
) -> None:
    probe = Probe()
    scheduler.handle("work", probe)
    scheduler.every(kind.period, "work")
    scheduler.start()
    await probe.until_ended(1)
    await scheduler.stop(grace=10)
    runs = len(probe.begun)
    assert len(probe.ended) == runs
    scheduler.trigger("work", "late")
    await scheduler.stop(grace=0)
    assert len(probe.begun) == runs


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_wall_clock_that_is_set_delays_no_period_and_adds_none(
    scheduler: RunnableEngine, kind: Kind, step: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    set_modules(monkeypatch, wall, "apscheduler", "adapters.scheduling.scheduler")
    tick, rare = Probe(), Probe()
    scheduler.handle("tick", tick)
    scheduler.handle("rare", rare)
    scheduler.every(kind.period, "tick")
    scheduler.every(timedelta(hours=1), "rare")
    scheduler.start()
    await tick.until_ended(2)
    wall.step(step)
    await tick.until_ended(len(tick.ended) + 4)
    assert rare.begun == [""]


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_wall_clock_that_is_set_during_a_run_changes_nothing(
    scheduler: RunnableEngine, kind: Kind, step: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    set_modules(monkeypatch, wall, "apscheduler", "adapters.scheduling.scheduler")
    slow, beat = Probe(), Probe()
    scheduler.handle("slow", slow)
    scheduler.handle("beat", beat)
    slow.hold()
    scheduler.every(kind.period, "slow")
    scheduler.every(kind.period, "beat")
    scheduler.start()
    await slow.until_begun(1)
    wall.step(step)
    await beat.until_ended(len(beat.ended) + 4)
    assert slow.begun == [""]
    slow.release()
    await slow.until_ended(3)
    assert slow.most_at_once[""] == 1


async def test_health_tells_what_fails_until_it_works_again(scheduler: RunnableEngine) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken"), RuntimeError("broken")]
    scheduler.handle("work", probe, "Sending letters")
    scheduler.handle("other", Probe())
    scheduler.start()

    async def failing() -> dict[str, tuple[int, bool]]:
        ended = len(probe.ended)
        scheduler.trigger("work", "a")
        await probe.until_ended(ended + 1)
        await barrier(scheduler, f"after {ended}")
        known = {each.label: (each.failures, bool(each.why)) for each in scheduler.health()}
        assert known["other"] == (0, False)
        return known

    assert [(await failing())["Sending letters"] for _ in range(3)] == [
        (1, True),
        (2, True),
        (0, False),
    ]
