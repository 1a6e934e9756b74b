"""Errands that hang, fail, or end with the process: none stops the others or is tried for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest

from adapters.scheduling.scheduler import EmbeddedScheduler
from bot.bootstrap.timetable import schedule
from bot.core.collections import ERRANDS, Job
from bot.core.disk_watch import DiskWatch
from bot.core.job_lanes import DEATHS, FEW, LEASE, JobHandler
from bot.core.jobs import JobRunner, take_off
from bot.core.scanning import AT_ONCE
from bot.errors import DiskFull
from tests.clocks import STEPS
from tests.patience import PATIENCE
from tests.unit.conftest import OWN, THIEF, Team, offer

PERIOD = timedelta(seconds=20)
LIMIT = timedelta(minutes=2)


def errand(team: Team, kind: str, ref: str = "00000001") -> Job:
    return Job(kind=kind, ref=ref, asked_at=team.clock.now, due_at=team.clock.now)


async def asked_for(team: Team, *wanted: Job) -> None:
    async with team.desk.store.transaction() as tx:
        for each in wanted:
            tx.put(ERRANDS, each)


async def waiting(team: Team) -> list[str]:
    return [each.kind for each in await team.desk.store.page(ERRANDS)]


class HangingCamera:
    """Never comes back with a picture."""

    def __init__(self) -> None:
        self.hanging = asyncio.Event()

    async def take(self, url: str) -> NoReturn:
        self.hanging.set()
        await asyncio.Event().wait()
        raise AssertionError(url)


class Work:
    """Does errands as it is told: well, never, or with an error. Remembers what came of them."""

    def __init__(self, team: Team, *, hangs: Sequence[str] = (), fails: Sequence[str] = ()) -> None:
        self.begun: list[str] = []
        self.brought: list[str] = []
        self.given_up: dict[str, str] = {}
        self.go_on = asyncio.Event()
        self.hanging = asyncio.Event()
        self._team = team
        self._hangs = hangs
        self._fails = fails

    async def run(self, errand: Job) -> None:
        self.begun.append(errand.kind)
        if errand.kind in self._fails:
            raise RuntimeError
        if errand.kind in self._hangs:
            self.hanging.set()
            await self.go_on.wait()
        async with self._team.desk.store.transaction() as tx:
            mine = await take_off(tx, errand)
        if mine:
            self.brought.append(errand.kind)

    async def give_up(self, errand: Job, why: str) -> None:
        self.given_up[errand.kind] = why
        async with self._team.desk.store.transaction() as tx:
            await take_off(tx, errand)

    def errands(self, *kinds: str, alone: bool = True, limit: timedelta = LIMIT) -> JobRunner:
        jobs = dict.fromkeys(kinds, JobHandler(self.run, limit))
        return JobRunner(self._team.desk, jobs, self.give_up, alone=alone)


async def test_a_kind_that_hangs_holds_up_no_other(team: Team) -> None:
    await asked_for(team, errand(team, "capture"), errand(team, "packet"), errand(team, "delete"))
    work = Work(team, hangs=["capture"])
    errands = work.errands("capture", "packet", "delete")
    await errands.spread()
    kinds = [key for name, key in team.engine.kicked if name == "errand"]
    assert kinds == ["capture", "delete", "packet"]
    hung = asyncio.create_task(errands.tick("capture"))
    await asyncio.wait_for(work.hanging.wait(), PATIENCE)
    await errands.tick("packet")
    await errands.tick("delete")
    assert work.brought == ["packet", "delete"]
    work.go_on.set()
    await hung
    assert work.brought == ["packet", "delete", "capture"]


async def test_the_timetable_does_the_kinds_side_by_side(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    engine, camera = EmbeddedScheduler(), HangingCamera()
    desk = replace(team.desk, engine=engine, tools=replace(team.desk.tools, camera=camera))
    schedule(engine, desk, team.runner, [team.sender], PERIOD, DiskWatch(desk, {}))
    await asked_for(team, errand(team, "capture"), errand(team, "pictures", "attacks"))
    engine.start()
    try:
        await asyncio.wait_for(camera.hanging.wait(), PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while await waiting(team) != ["capture"]:  # noqa: ASYNC110 (the store is no event)
                await asyncio.sleep(0.01)
    finally:
        await engine.stop(0)


async def test_one_that_is_being_done_is_not_begun_again(team: Team) -> None:
    await asked_for(team, errand(team, "capture"))
    work = Work(team, hangs=["capture"])
    errands = work.errands("capture")
    first = asyncio.create_task(errands.tick())
    await asyncio.wait_for(work.hanging.wait(), PATIENCE)
    await errands.tick()
    work.go_on.set()
    await first
    assert work.begun == work.brought == ["capture"]


async def test_one_that_takes_too_long_is_broken_off_tried_again_and_given_up(team: Team) -> None:
    await asked_for(team, errand(team, "capture"), errand(team, "packet"))
    work = Work(team, hangs=["capture"])
    errands = work.errands("capture", "packet", limit=timedelta(milliseconds=100))
    for _ in range(20):
        await errands.tick()
        team.clock.now += PERIOD
    assert work.begun.count("capture") == FEW
    assert "longer than" in work.given_up["capture"]
    assert work.brought == ["packet"]
    assert await waiting(team) == []


async def test_what_a_dead_process_left_is_taken_over_at_once_and_brought_once(
    team: Team,
) -> None:
    await asked_for(team, errand(team, "packet"))
    dead, heir = Work(team, hangs=["packet"]), Work(team)
    dying = asyncio.create_task(dead.errands("packet").tick())
    await asyncio.wait_for(dead.hanging.wait(), PATIENCE)
    await heir.errands("packet").tick()
    assert heir.brought == ["packet"]
    # Should it live after all, it notices that the errand is not its own any more.
    dead.go_on.set()
    await dying
    assert dead.brought == []
    assert await waiting(team) == []


@pytest.mark.parametrize("step", [timedelta(), *STEPS], ids=str)
async def test_beside_other_processes_a_claim_holds_until_its_lease_is_over(
    team: Team, step: timedelta
) -> None:
    await asked_for(team, errand(team, "packet"))
    dead, heir = Work(team, hangs=["packet"]), Work(team)
    dying = asyncio.create_task(dead.errands("packet", alone=False).tick())
    await asyncio.wait_for(dead.hanging.wait(), PATIENCE)
    dying.cancel()
    await asyncio.wait([dying])
    heirs = heir.errands("packet", alone=False)
    await heirs.tick()
    team.clock.step(seconds=step.total_seconds())
    await heirs.tick()
    assert heir.begun == []
    team.clock.now += LEASE * LIMIT
    await heirs.tick()
    assert heir.brought == ["packet"]


async def test_one_that_ends_the_process_each_time_is_given_up_and_leaves_pauses(
    team: Team,
) -> None:
    await asked_for(team, errand(team, "capture"))
    begun, looks = 0, 0
    why = ""
    while await waiting(team):
        work = Work(team, hangs=["capture"])
        doing = asyncio.create_task(work.errands("capture").tick())
        hanging = asyncio.create_task(work.hanging.wait())
        await asyncio.wait({doing, hanging}, return_when=asyncio.FIRST_COMPLETED)
        for task in (doing, hanging):
            task.cancel()
        await asyncio.wait({doing, hanging})
        begun += len(work.begun)
        looks += 1
        why = work.given_up.get("capture", why)
        team.clock.now += PERIOD
    assert "ended each time" in why
    assert begun <= DEATHS < looks


async def test_however_many_wait_for_later_one_behind_them_is_done(team: Team) -> None:
    later = team.clock.now + PERIOD / 2
    many = [
        Job(kind="delete", ref=f"{number:08}", asked_at=later, due_at=later, tries=1)
        for number in range(2 * AT_ONCE + 1)
    ]
    await asked_for(team, *many, errand(team, "delete", "99999999"), errand(team, "packet"))
    work = Work(team)
    errands = work.errands("delete", "packet")
    await errands.tick()
    assert sorted(work.brought) == ["delete", "packet"]
    team.clock.now = later
    await errands.tick()
    assert await waiting(team) == []


@pytest.mark.parametrize("step", STEPS, ids=str)
@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_is_set_delays_no_second_try(
    team: Team, step: timedelta, *, restarted: bool
) -> None:
    await asked_for(team, errand(team, "capture"))
    work = Work(team, fails=["capture"])
    errands = work.errands("capture")
    await errands.tick()
    await errands.tick()
    assert len(work.begun) == 1
    team.clock.step(seconds=step.total_seconds())
    errands = work.errands("capture") if restarted else errands
    await errands.tick()
    team.clock.now += PERIOD
    await errands.tick()
    assert len(work.begun) == 2


async def test_a_full_disk_begins_nothing_and_costs_no_try(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked_for(team, errand(team, "capture"), errand(team, "packet"))
    work = Work(team)
    errands = work.errands("capture", "packet")

    def full() -> NoReturn:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(team.desk.store, "transaction", full)
        for kind in ("capture", "packet"):
            with pytest.raises(DiskFull):
                await errands.tick(kind)
    assert work.begun == []
    await errands.tick()
    assert sorted(work.brought) == ["capture", "packet"]


async def test_the_stop_cuts_off_one_that_hangs_and_it_is_done_after_the_next_start(
    team: Team,
) -> None:
    await asked_for(team, errand(team, "capture"))
    engine, work = EmbeddedScheduler(), Work(team, hangs=["capture"])
    engine.handle("errand", work.errands("capture").tick)
    engine.start()
    engine.kick("errand", "capture")
    await asyncio.wait_for(work.hanging.wait(), PATIENCE)
    await asyncio.wait_for(engine.stop(0), PATIENCE)
    assert work.brought == []
    heir = Work(team)
    await heir.errands("capture").tick()
    assert heir.brought == ["capture"]


async def test_one_that_was_asked_for_anew_outlives_the_failure_of_the_old_one(team: Team) -> None:
    old = errand(team, "packet")
    await asked_for(team, old)
    work = Work(team)

    async def run(_: Job) -> None:
        team.clock.advance(seconds=1)
        await asked_for(team, errand(team, "packet"))
        raise RuntimeError

    await JobRunner(team.desk, {"packet": JobHandler(run)}, work.give_up).tick()
    [new] = await team.desk.store.page(ERRANDS)
    assert (new.asked_at, new.tries) == (team.clock.now, 0)
    await work.errands("packet").tick()
    assert work.brought == ["packet"]


async def test_one_that_cannot_even_be_given_up_stops_no_other_and_is_tried_rarely(
    team: Team,
) -> None:
    work = Work(team, fails=["broken", "other"])

    async def give_up(errand: Job, why: str) -> None:
        if errand.kind == "broken":
            raise LookupError
        await work.give_up(errand, why)

    await asked_for(team, errand(team, "broken"), errand(team, "other"))
    jobs = {"broken": JobHandler(work.run), "other": JobHandler(work.run)}
    errands = JobRunner(team.desk, jobs, give_up)
    for _ in range(360):
        await errands.tick()
        team.clock.now += PERIOD
    assert work.begun.count("other") == FEW
    assert work.begun.count("broken") < 4 * FEW
    assert await waiting(team) == ["broken"]


async def test_one_of_another_version_is_dropped_and_stops_no_other(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    await asked_for(team, errand(team, "augury"), errand(team, "pictures", "attacks"))
    for _ in range(FEW):
        await team.work()
        team.clock.advance(hours=1)
    assert await waiting(team) == []
