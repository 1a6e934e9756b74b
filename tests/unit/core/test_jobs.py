"""Jobs that hang, fail, or end with the process: none stops the others or is tried for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

import pytest

from adapters.scheduling.scheduler import EmbeddedScheduler
from bot.bootstrap.timetable import schedule
from bot.core.collections import JOBS, Job
from bot.core.disk_watch import DiskWatch
from bot.core.job_handlers import FEW, JobHandler
from bot.core.job_queues import DEATHS, LEASE
from bot.core.jobs import JobRunner, take_off
from bot.core.scanning import AT_ONCE
from bot.errors import DiskFull
from bot.features.evidence.resources import CAMERA
from tests.clocks import STEPS
from tests.patience import PATIENCE
from tests.unit.conftest import OWN, THIEF, Team, offer

PERIOD = timedelta(seconds=20)
LIMIT = timedelta(minutes=2)


def job(team: Team, kind: str, ref: str = "00000001") -> Job:
    return Job(kind=kind, ref=ref, asked_at=team.clock.now, due_at=team.clock.now)


async def asked_for(team: Team, *wanted: Job) -> None:
    async with team.app.store.transaction() as tx:
        for each in wanted:
            tx.put(JOBS, each)


async def waiting(team: Team) -> list[str]:
    return [each.kind for each in await team.app.store.page(JOBS)]


class HangingCamera:
    """Never comes back with a picture."""

    def __init__(self) -> None:
        self.hanging = asyncio.Event()

    async def take(self, url: str) -> NoReturn:
        self.hanging.set()
        await asyncio.Event().wait()
        raise AssertionError(url)


class Work:
    """Does jobs as it is told: well, never, or with an error. Remembers what came of them."""

    def __init__(self, team: Team, *, hangs: Sequence[str] = (), fails: Sequence[str] = ()) -> None:
        self.begun: list[str] = []
        self.brought: list[str] = []
        self.given_up: dict[str, str] = {}
        self.go_on = asyncio.Event()
        self.hanging = asyncio.Event()
        self._team = team
        self._hangs = hangs
        self._fails = fails

    async def run(self, job: Job) -> None:
        self.begun.append(job.kind)
        if job.kind in self._fails:
            raise RuntimeError
        if job.kind in self._hangs:
            self.hanging.set()
            await self.go_on.wait()
        async with self._team.app.store.transaction() as tx:
            mine = await take_off(tx, job)
        if mine:
            self.brought.append(job.kind)

    async def give_up(self, job: Job, why: str) -> None:
        self.given_up[job.kind] = why
        async with self._team.app.store.transaction() as tx:
            await take_off(tx, job)

    def jobs(self, *kinds: str, alone: bool = True, limit: timedelta = LIMIT) -> JobRunner:
        jobs = dict.fromkeys(kinds, JobHandler(self.run, limit))
        return JobRunner(self._team.app, jobs, self.give_up, alone=alone)


async def test_a_kind_that_hangs_holds_up_no_other(team: Team) -> None:
    await asked_for(team, job(team, "capture"), job(team, "packet"), job(team, "delete"))
    work = Work(team, hangs=["capture"])
    jobs = work.jobs("capture", "packet", "delete")
    await jobs.spread()
    kinds = [key for name, key in team.scheduler.triggered if name == "job"]
    assert kinds == ["capture", "delete", "packet"]
    hung = asyncio.create_task(jobs.tick("capture"))
    await asyncio.wait_for(work.hanging.wait(), PATIENCE)
    await jobs.tick("packet")
    await jobs.tick("delete")
    assert work.brought == ["packet", "delete"]
    work.go_on.set()
    await hung
    assert work.brought == ["packet", "delete", "capture"]


async def test_the_timetable_does_the_kinds_side_by_side(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    scheduler, camera = EmbeddedScheduler(), HangingCamera()
    resources = team.app.resources.having(CAMERA, camera)
    app = replace(team.app, scheduler=scheduler, resources=resources)
    schedule(scheduler, app, team.monitor, [team.dispatcher], DiskWatch(app, {}))
    await asked_for(team, job(team, "capture"), job(team, "pictures", "attacks"))
    scheduler.start()
    try:
        await asyncio.wait_for(camera.hanging.wait(), PATIENCE)
        async with asyncio.timeout(PATIENCE):
            while await waiting(team) != ["capture"]:  # noqa: ASYNC110 (the store is no event)
                await asyncio.sleep(0.01)
    finally:
        await scheduler.stop(0)


async def test_one_that_is_being_done_is_not_begun_again(team: Team) -> None:
    await asked_for(team, job(team, "capture"))
    work = Work(team, hangs=["capture"])
    jobs = work.jobs("capture")
    first = asyncio.create_task(jobs.tick())
    await asyncio.wait_for(work.hanging.wait(), PATIENCE)
    await jobs.tick()
    work.go_on.set()
    await first
    assert work.begun == work.brought == ["capture"]


async def test_one_that_takes_too_long_is_broken_off_tried_again_and_given_up(team: Team) -> None:
    await asked_for(team, job(team, "capture"), job(team, "packet"))
    work = Work(team, hangs=["capture"])
    jobs = work.jobs("capture", "packet", limit=timedelta(milliseconds=100))
    for _ in range(20):
        await jobs.tick()
        team.clock.now += PERIOD
    assert work.begun.count("capture") == FEW
    assert "longer than" in work.given_up["capture"]
    assert work.brought == ["packet"]
    assert await waiting(team) == []


async def test_what_a_dead_process_left_is_taken_over_at_once_and_brought_once(
    team: Team,
) -> None:
    await asked_for(team, job(team, "packet"))
    dead, heir = Work(team, hangs=["packet"]), Work(team)
    dying = asyncio.create_task(dead.jobs("packet").tick())
    await asyncio.wait_for(dead.hanging.wait(), PATIENCE)
    await heir.jobs("packet").tick()
    assert heir.brought == ["packet"]
    # Should it live after all, it notices that the job is not its own any more.
    dead.go_on.set()
    await dying
    assert dead.brought == []
    assert await waiting(team) == []


@pytest.mark.parametrize("step", [timedelta(), *STEPS], ids=str)
async def test_beside_other_processes_a_claim_holds_until_its_lease_is_over(
    team: Team, step: timedelta
) -> None:
    await asked_for(team, job(team, "packet"))
    dead, heir = Work(team, hangs=["packet"]), Work(team)
    dying = asyncio.create_task(dead.jobs("packet", alone=False).tick())
    await asyncio.wait_for(dead.hanging.wait(), PATIENCE)
    dying.cancel()
    await asyncio.wait([dying])
    heirs = heir.jobs("packet", alone=False)
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
    await asked_for(team, job(team, "capture"))
    begun, looks = 0, 0
    why = ""
    while await waiting(team):
        work = Work(team, hangs=["capture"])
        doing = asyncio.create_task(work.jobs("capture").tick())
        hanging = asyncio.create_task(work.hanging.wait())
        await asyncio.wait({doing, hanging}, return_when=asyncio.FIRST_COMPLETED)
        for task in (doing, hanging):
            task.cancel()
        await asyncio.wait({doing, hanging})
        begun += len(work.begun)
        looks += 1
        why = work.given_up.get("capture", why)
        team.clock.now += PERIOD
    assert "stopped each time" in why
    assert begun <= DEATHS < looks


async def test_however_many_wait_for_later_one_behind_them_is_done(team: Team) -> None:
    later = team.clock.now + PERIOD / 2
    many = [
        Job(kind="delete", ref=f"{number:08}", asked_at=later, due_at=later, tries=1)
        for number in range(2 * AT_ONCE + 1)
    ]
    await asked_for(team, *many, job(team, "delete", "99999999"), job(team, "packet"))
    work = Work(team)
    jobs = work.jobs("delete", "packet")
    await jobs.tick()
    assert sorted(work.brought) == ["delete", "packet"]
    team.clock.now = later
    await jobs.tick()
    assert await waiting(team) == []


@pytest.mark.parametrize("step", STEPS, ids=str)
@pytest.mark.parametrize("restarted", [False, True])
async def test_a_clock_that_is_set_delays_no_second_try(
    team: Team, step: timedelta, *, restarted: bool
) -> None:
    await asked_for(team, job(team, "capture"))
    work = Work(team, fails=["capture"])
    jobs = work.jobs("capture")
    await jobs.tick()
    await jobs.tick()
    assert len(work.begun) == 1
    team.clock.step(seconds=step.total_seconds())
    jobs = work.jobs("capture") if restarted else jobs
    await jobs.tick()
    team.clock.now += PERIOD
    await jobs.tick()
    assert len(work.begun) == 2


async def test_a_full_disk_begins_nothing_and_costs_no_try(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked_for(team, job(team, "capture"), job(team, "packet"))
    work = Work(team)
    jobs = work.jobs("capture", "packet")

    def full() -> NoReturn:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(team.app.store, "transaction", full)
        for kind in ("capture", "packet"):
            with pytest.raises(DiskFull):
                await jobs.tick(kind)
    assert work.begun == []
    await jobs.tick()
    assert sorted(work.brought) == ["capture", "packet"]


async def test_the_stop_cuts_off_one_that_hangs_and_it_is_done_after_the_next_start(
    team: Team,
) -> None:
    await asked_for(team, job(team, "capture"))
    scheduler, work = EmbeddedScheduler(), Work(team, hangs=["capture"])
    scheduler.handle("job", work.jobs("capture").tick)
    scheduler.start()
    scheduler.trigger("job", "capture")
    await asyncio.wait_for(work.hanging.wait(), PATIENCE)
    await asyncio.wait_for(scheduler.stop(0), PATIENCE)
    assert work.brought == []
    heir = Work(team)
    await heir.jobs("capture").tick()
    assert heir.brought == ["capture"]


async def test_one_that_was_asked_for_anew_outlives_the_failure_of_the_old_one(team: Team) -> None:
    old = job(team, "packet")
    await asked_for(team, old)
    work = Work(team)

    async def run(_: Job) -> None:
        team.clock.advance(seconds=1)
        await asked_for(team, job(team, "packet"))
        raise RuntimeError

    await JobRunner(team.app, {"packet": JobHandler(run)}, work.give_up).tick()
    [new] = await team.app.store.page(JOBS)
    assert (new.asked_at, new.tries) == (team.clock.now, 0)
    await work.jobs("packet").tick()
    assert work.brought == ["packet"]


@pytest.mark.ci
async def test_one_that_cannot_even_be_given_up_stops_no_other_and_is_tried_rarely(
    team: Team,
) -> None:
    work = Work(team, fails=["broken", "other"])

    async def give_up(job: Job, why: str) -> None:
        if job.kind == "broken":
            raise LookupError
        await work.give_up(job, why)

    await asked_for(team, job(team, "broken"), job(team, "other"))
    handlers = {"broken": JobHandler(work.run), "other": JobHandler(work.run)}
    jobs = JobRunner(team.app, handlers, give_up)
    for _ in range(360):
        await jobs.tick()
        team.clock.now += PERIOD
    assert work.begun.count("other") == FEW
    assert work.begun.count("broken") < 4 * FEW
    assert await waiting(team) == ["broken"]


async def test_one_of_another_version_is_dropped_and_stops_no_other(team: Team) -> None:
    await team.look(offer(OWN, "20"), offer(THIEF, "18"))
    await asked_for(team, job(team, "augury"), job(team, "pictures", "attacks"))
    for _ in range(FEW):
        await team.work()
        team.clock.advance(hours=1)
    assert await waiting(team) == []
