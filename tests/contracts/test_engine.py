"""What every Engine promises."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import pytest

from adapters.scheduling.scheduler import EmbeddedScheduler
from bot.core.ports import Scheduler
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
async def engine(kind: Kind) -> AsyncIterator[RunnableEngine]:
    engine = kind.make()
    yield engine
    await engine.stop(grace=0)


async def test_a_kick_runs_the_named_work_for_its_key(engine: RunnableEngine) -> None:
    wanted, other = Probe(), Probe()
    engine.handle("wanted", wanted)
    engine.handle("other", other)
    engine.start()
    engine.trigger("wanted", "US-1")
    await wanted.until_ended(1)
    assert wanted.ended == ["US-1"]
    assert other.begun == []


async def test_a_kick_before_the_start_waits_for_it(engine: RunnableEngine) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.trigger("work")
    assert probe.begun == []
    engine.start()
    await probe.until_ended(1)


async def test_a_kick_of_an_unknown_name_fails_at_once(engine: RunnableEngine) -> None:
    engine.start()
    with pytest.raises(ValueError, match="unheard-of"):
        engine.trigger("unheard-of")


async def test_a_period_of_an_unknown_name_fails_at_once(
    engine: RunnableEngine, kind: Kind
) -> None:
    with pytest.raises(ValueError, match="unheard-of"):
        engine.every(kind.period, "unheard-of")


async def test_a_name_is_handled_once(engine: RunnableEngine) -> None:
    engine.handle("work", Probe())
    with pytest.raises(ValueError, match="work"):
        engine.handle("work", Probe())


@pytest.mark.parametrize("period", [timedelta(0), timedelta(seconds=-1)])
async def test_a_period_is_positive(engine: RunnableEngine, period: timedelta) -> None:
    engine.handle("work", Probe())
    with pytest.raises(ValueError, match="positive"):
        engine.every(period, "work")


async def test_periodic_work_runs_again_and_again_with_an_empty_key(
    engine: RunnableEngine, kind: Kind
) -> None:
    probe = Probe()
    engine.handle("tick", probe)
    engine.every(kind.period, "tick")
    engine.start()
    await probe.until_ended(4)
    assert set(probe.ended) == {""}


async def test_many_kicks_of_a_key_collapse_to_one_run(engine: RunnableEngine) -> None:
    probe = Probe()
    engine.handle("work", probe)
    for _ in range(100):
        engine.trigger("work", "a")
    engine.start()
    await probe.until_ended(1)
    await barrier(engine, "barrier")
    assert probe.begun == ["a"]


async def test_kicks_during_a_run_make_it_run_once_more_afterwards(
    engine: RunnableEngine,
) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.start()
    probe.hold()
    engine.trigger("work", "a")
    await probe.until_begun(1)
    for _ in range(100):
        engine.trigger("work", "a")
    await barrier(engine, "during")
    assert probe.begun == ["a"]
    probe.release()
    await probe.until_ended(2)
    await barrier(engine, "after")
    assert probe.begun == ["a", "a"]
    assert probe.most_at_once["a"] == 1


async def test_work_that_kicks_itself_runs_again(engine: RunnableEngine) -> None:
    probe = Probe()

    async def once_more(key: str) -> None:
        if not probe.begun:
            engine.trigger("work", key)
        await probe(key)

    engine.handle("work", once_more)
    engine.start()
    engine.trigger("work", "a")
    await probe.until_ended(2)
    assert probe.most_at_once["a"] == 1


async def test_different_keys_run_at_the_same_time(engine: RunnableEngine) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.start()
    probe.hold()
    for key in ("a", "b", "c"):
        engine.trigger("work", key)
    await probe.until_begun(3)
    assert probe.ended == []
    assert sorted(probe.begun) == ["a", "b", "c"]
    probe.release()


async def test_work_longer_than_its_period_never_overlaps(
    engine: RunnableEngine, kind: Kind
) -> None:
    slow, beat = Probe(), Probe()
    engine.handle("slow", slow)
    engine.handle("beat", beat)
    slow.hold()
    engine.every(kind.period, "slow")
    engine.every(kind.period, "beat")
    engine.start()
    await slow.until_begun(1)
    await beat.until_ended(len(beat.ended) + 5)
    assert slow.begun == [""]
    slow.release()
    await slow.until_ended(4)
    assert slow.most_at_once[""] == 1


async def test_a_kick_and_a_period_never_overlap(engine: RunnableEngine, kind: Kind) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.every(kind.period, "work")
    engine.start()
    for runs in range(1, 10):
        engine.trigger("work")
        await probe.until_begun(runs)
    assert probe.most_at_once[""] == 1


async def test_work_that_failed_runs_at_its_next_kick(engine: RunnableEngine) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("first"), RuntimeError("second")]
    engine.handle("work", probe)
    engine.start()
    for runs in (1, 2, 3):
        engine.trigger("work", "a")
        await probe.until_ended(runs)
    assert probe.errors == []


async def test_periodic_work_that_failed_runs_in_the_next_period(
    engine: RunnableEngine, kind: Kind
) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken")]
    engine.handle("tick", probe)
    engine.every(kind.period, "tick")
    engine.start()
    await probe.until_ended(3)


async def test_a_kick_during_a_run_that_fails_is_not_lost(engine: RunnableEngine) -> None:
    probe = Probe()
    probe.errors = [RuntimeError("broken")]
    engine.handle("work", probe)
    engine.start()
    probe.hold()
    engine.trigger("work", "a")
    await probe.until_begun(1)
    engine.trigger("work", "a")
    probe.release()
    await probe.until_ended(2)


async def test_a_stop_lets_running_work_end_and_begins_nothing_more(
    engine: RunnableEngine, kind: Kind
) -> None:
    probe = Probe()
    engine.handle("work", probe)
    engine.every(kind.period, "work")
    engine.start()
    await probe.until_ended(1)
    await engine.stop(grace=10)
    runs = len(probe.begun)
    assert len(probe.ended) == runs
    engine.trigger("work", "late")
    await engine.stop(grace=0)
    assert len(probe.begun) == runs


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_wall_clock_that_is_set_delays_no_period_and_adds_none(
    engine: RunnableEngine, kind: Kind, step: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    set_modules(monkeypatch, wall, "apscheduler", "adapters.scheduling.scheduler")
    tick, rare = Probe(), Probe()
    engine.handle("tick", tick)
    engine.handle("rare", rare)
    engine.every(kind.period, "tick")
    engine.every(timedelta(hours=1), "rare")
    engine.start()
    await tick.until_ended(2)
    wall.step(step)
    await tick.until_ended(len(tick.ended) + 4)
    assert rare.begun == [""]


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_wall_clock_that_is_set_during_a_run_changes_nothing(
    engine: RunnableEngine, kind: Kind, step: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = Wall()
    set_modules(monkeypatch, wall, "apscheduler", "adapters.scheduling.scheduler")
    slow, beat = Probe(), Probe()
    engine.handle("slow", slow)
    engine.handle("beat", beat)
    slow.hold()
    engine.every(kind.period, "slow")
    engine.every(kind.period, "beat")
    engine.start()
    await slow.until_begun(1)
    wall.step(step)
    await beat.until_ended(len(beat.ended) + 4)
    assert slow.begun == [""]
    slow.release()
    await slow.until_ended(3)
    assert slow.most_at_once[""] == 1
