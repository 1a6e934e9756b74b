"""What a clock that was ahead has put off comes in its time once the clock is put right."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.core.collections import JOBS, Job
from bot.core.findings import Severity
from bot.core.history import History
from bot.core.job_handlers import JobHandler
from bot.core.jobs import JobRunner
from bot.core.listing import Offer, Snapshot
from bot.core.permissions import Person
from bot.core.team import Team as Settings
from bot.features.cases.collections import CASES
from bot.features.cases.models.alert_groups import ALONE, CALM, AlertGroup
from bot.features.cases.service.waking import Waking
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.service.rounds import ChecklistJob
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report
from bot.features.reports.service.follow_ups import FollowUps
from bot.features.training.models import learned
from bot.features.training.service import Lessons
from tests.clocks import STEPS
from tests.fakes import START
from tests.unit.conftest import ANA, ASIN, BEN, OWN, THIEF, Team, asked, offer
from tests.unit.features.checklists.guarding import (
    MONDAY,
    SECURITY,
    choose,
    decision,
    guarded,
    monday,
)
from tests.unit.features.letters.test_support import sent
from tests.unit.features.letters.writing import letter, requested
from tests.unit.features.reports.reporting import REPORT, answer, draft, everything, start
from tests.unit.features.training.conftest import FIRST_TUESDAY, TAUGHT, lesson, teach

DAY = timedelta(days=1)
AHEAD = timedelta(days=400)
DAILY = "0 9 * * *"


def set_clock(team: Team, by: timedelta) -> None:
    team.clock.step(seconds=by.total_seconds())


async def weeks(team: Team, count: int) -> list[str]:
    """Let weeks pass, hour by hour; return the Mondays of the runs that came meanwhile."""
    before = await team.app.store.count(RUNS)
    for _ in range(count * 7 * 24):
        await ChecklistJob(team.app).tick()
        team.clock.advance(hours=1)
    found = await team.app.store.page(RUNS, limit=1000)
    return [f"{run.planned_at:%a %d %b}" for run in found[before:]]


@pytest.mark.parametrize("step", STEPS, ids=str)
@pytest.mark.parametrize("hours_after", [1, 100, 164])
async def test_a_checklist_comes_each_week_and_never_twice(
    team: Team, step: timedelta, hours_after: int
) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    team.clock.advance(hours=hours_after)
    await ChecklistJob(team.app).tick()
    set_clock(team, step)
    await ChecklistJob(team.app).tick()
    set_clock(team, -step)
    came = await weeks(team, 3)
    true = [day for day in came if day.endswith(("Nov", "Dec"))]
    assert sorted(set(true)) == sorted(true)
    # The run of the false day is there as well; the one of the next Monday may have come early.
    early = [run.planned_at for run in await team.app.store.page(RUNS, limit=1000)]
    assert {MONDAY + 7 * week * DAY for week in range(4)} <= set(early)
    assert len(early) == len(set(early))


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_lesson_comes_each_month_and_never_twice(team: Team, step: timedelta) -> None:
    team = teach(team, TAUGHT)
    lessons = Lessons(team.app)
    await lessons.tick()
    team.clock.now = FIRST_TUESDAY
    await lessons.tick()
    set_clock(team, step)
    await lessons.tick()
    set_clock(team, -step)
    before = await _posted(team)
    for _ in range(40):
        await lessons.tick()
        team.clock.advance(days=1)
    assert len(await _posted(team)) == len(before) + 1


async def _posted(team: Team) -> list[str]:
    await team.dispatcher.deliver()
    return [key for key in team.chat.order if key.startswith("lesson-")]


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_run_of_a_clock_that_was_ahead_is_reminded_of(team: Team, step: timedelta) -> None:
    team = guarded(team, SECURITY)
    await choose(team, Settings())
    team.clock.now = MONDAY.replace(hour=6)
    await ChecklistJob(team.app).tick()
    set_clock(team, step)
    team.clock.advance(hours=7 * 24)
    await ChecklistJob(team.app).tick()
    set_clock(team, -step)
    for _ in range(6 * 24):
        await ChecklistJob(team.app).tick()
        team.clock.advance(hours=1)
    runs = [run for run in await team.app.store.page(RUNS) if run.open]
    assert runs
    assert all(run.reminded for run in runs)


async def test_a_decision_that_was_asked_for_ahead_of_time_is_asked_for_again(team: Team) -> None:
    team = guarded(team)
    team.clock.now = MONDAY
    async with team.app.store.transaction() as tx:
        tx.put(DECISIONS, decision(MONDAY.date()))
    set_clock(team, AHEAD + 2 * DAY)
    await ChecklistJob(team.app).tick()
    set_clock(team, -AHEAD - 2 * DAY)
    assert await team.app.store.count(RUNS) == 1
    await ChecklistJob(team.app).tick()
    assert await team.app.store.count(RUNS) == 2
    await ChecklistJob(team.app).tick()
    assert await team.app.store.count(RUNS) == 2


@pytest.mark.ci
@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_job_is_done_within_its_pause(team: Team, step: timedelta) -> None:
    done: list[str] = []

    async def fail(job: Job) -> None:
        done.append(job.kind)
        raise RuntimeError

    async def give_up(job: Job, why: str) -> None:
        async with team.app.store.transaction() as tx:
            tx.delete(JOBS, job.key)

    at = team.clock.now
    async with team.app.store.transaction() as tx:
        tx.put(JOBS, Job(kind="work", ref="1", asked_at=at, due_at=at))
    jobs = JobRunner(team.app, {"work": JobHandler(fail)}, give_up)
    set_clock(team, step)
    await jobs.tick()
    assert done == ["work"]
    set_clock(team, -step)
    for _ in range(20):
        team.clock.advance(seconds=20)
        await jobs.tick()
    assert done == ["work"] * 3


async def filed(team: Team) -> Report:
    found = await team.app.store.get(REPORTS, REPORT)
    assert found is not None
    return found


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_report_is_followed_up_in_its_time(team: Team, step: timedelta) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    set_clock(team, step)
    await answer(team, asked(await team.press("report-filed", REPORT, BEN)), {"complaint": "C1"})
    set_clock(team, -step)
    for _ in range(4 * 24):
        await FollowUps(team.app).tick()
        team.clock.advance(hours=1)
    assert (await filed(team)).reminded == 1


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_letter_is_followed_up_in_its_time(team: Team, step: timedelta) -> None:
    await requested(team)
    set_clock(team, step)
    await sent(team)
    set_clock(team, -step)
    for _ in range(4 * 24):
        await FollowUps(team.app).tick()
        team.clock.advance(hours=1)
    assert (await letter(team)).reminded == 1


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_lesson_question_comes_back(step: timedelta) -> None:
    known = learned(None, Person("ana", "Ana"), lesson("a").id, START + step, right=False)
    assert known.due(START + timedelta(days=4))


async def test_a_snooze_of_a_clock_that_was_ahead_ends(team: Team) -> None:
    await team.look(offer(OWN, "24.90"), offer(THIEF, "18.70"))
    set_clock(team, AHEAD)
    ask = asked(await team.press("snooze", "00000001", BEN))
    await team.submit(ask, {"hours": "4"}, BEN)
    set_clock(team, -AHEAD)
    await Waking(team.app).tick()
    case = await team.app.store.get(CASES, "00000001")
    assert case is not None
    assert case.snoozed_until is None


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_seller_who_comes_back_is_told_however_the_clock_was_set(
    team: Team, step: timedelta
) -> None:
    """A person closed the case; then the clock is set, the seller leaves and comes back."""
    await team.look(offer(OWN, "24.90"), offer(THIEF, "18.70"))
    ask = asked(await team.press("close", "00000001", BEN))
    await team.submit(ask, {"reason": "false-alarm", "note": ""}, BEN)
    set_clock(team, step)
    for _ in range(3):
        team.clock.advance(minutes=20)
        await team.look(offer(OWN, "24.90"))
    team.clock.advance(minutes=20)
    await team.look(offer(OWN, "24.90"), offer(THIEF, "18.70"))
    cases = await team.app.store.page(CASES)
    assert any(case.open for case in cases)


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_doubt_is_confirmed_by_the_next_reading(step: timedelta) -> None:
    def seen(at: datetime, *offers: Offer) -> Snapshot:
        held = (OWN,)
        return Snapshot(
            asin=ASIN, marketplace="US", at=at, offers=offers, total=len(offers), holders=held
        )

    ours, apart = offer(OWN, "24.90"), timedelta(seconds=30)
    history = History(key="US").apply(seen(START, ours, offer(THIEF, "18.70")))
    at = START + timedelta(minutes=10)
    history = history.apply(seen(at, ours), apart=apart)
    assert history.unsure
    history = history.apply(seen(at + step + timedelta(minutes=1), ours), apart=apart)
    assert not history.present(THIEF)


@pytest.mark.parametrize("back", [DAY, 2 * CALM])
def test_a_wave_is_over_when_it_was_calm_though_the_clock_was_set_back(back: timedelta) -> None:
    wave, at = AlertGroup(), START
    for _ in range(ALONE + 2):
        wave = wave.add(at, Severity.WARNING)
    assert wave.message
    after = wave.add(at - back, Severity.WARNING)
    assert not after.message
