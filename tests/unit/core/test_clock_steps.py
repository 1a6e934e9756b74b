"""A wall clock that is set forward or back: nothing is delayed, deleted or told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import structlog.testing

from bot.core.clock_watch import ClockWatch
from bot.core.collections import HANDLED, SESSIONS
from bot.core.sweeping import Sweeping
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.deleting import Retention
from bot.features.overview.service.digest import DailyDigest
from bot.features.watchlist.service.outages import OutageWatch
from tests.clocks import STEPS
from tests.unit.conftest import BEN, OWN, THIEF, Team, asked, confirmed_after, offer
from tests.unit.features.reports.reporting import CASE, photo, start

OURS = offer(OWN, "24.90")
AHEAD = timedelta(days=400)


def set_clock(team: Team, by: timedelta) -> None:
    team.clock.step(seconds=by.total_seconds())


@pytest.fixture
async def closed(team: Team) -> Team:
    """A case that was closed, whose evidence is kept for 30 days."""
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    ask = asked(await team.press("close", CASE))
    await team.submit(ask, {"reason": "false-alarm", "note": ""})
    await team.type("/settings keep 30")
    await confirmed_after(team, minutes=1)
    return team


async def kept(team: Team) -> bool:
    await Retention(team.app).tick()
    await team.work()
    return all(piece.here for piece in await team.app.store.find(EVIDENCE_ITEMS, "case", CASE))


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_clock_that_is_wrong_for_a_tick_deletes_nothing(
    closed: Team, step: timedelta
) -> None:
    watch = ClockWatch(closed.app)
    set_clock(closed, step)
    await watch.tick()
    assert await kept(closed)
    set_clock(closed, -step)
    await watch.tick()
    assert await kept(closed)


@pytest.mark.parametrize("step", STEPS, ids=str)
@pytest.mark.parametrize("restarts", [0, 1, 60])
async def test_a_clock_that_stays_wrong_for_hours_over_restarts_deletes_nothing(
    closed: Team, step: timedelta, restarts: int
) -> None:
    set_clock(closed, step)
    watch = ClockWatch(closed.app)
    for minute in range(0, 3 * 60, 3):
        await watch.tick()
        assert await kept(closed)
        if restarts and minute % (180 // restarts) == 0:
            watch = ClockWatch(closed.app)
        closed.clock.advance(minutes=3)
    set_clock(closed, -step)
    await watch.tick()
    assert await kept(closed)


async def test_with_a_clock_that_is_right_it_is_deleted_on_the_day(closed: Team) -> None:
    watch = ClockWatch(closed.app)
    for _ in range(30 * 24 - 1):
        closed.clock.advance(hours=1)
        await watch.tick()
    assert await kept(closed)
    closed.clock.advance(hours=2)
    await watch.tick()
    assert not await kept(closed)


async def test_a_clock_that_was_set_back_before_the_end_counts_from_when_it_came(
    team: Team,
) -> None:
    """A machine without a battery begins in the past; its case is closed before it was opened."""
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    set_clock(team, -AHEAD)
    ask = asked(await team.press("close", CASE))
    await team.submit(ask, {"reason": "false-alarm", "note": ""})
    await team.type("/settings keep 30")
    set_clock(team, AHEAD)
    await confirmed_after(team, days=20)
    assert await kept(team)
    await confirmed_after(team, days=11)
    assert not await kept(team)


async def test_a_clock_that_is_ahead_forgets_no_form_and_no_interaction(team: Team) -> None:
    await confirmed_after(team, minutes=1)
    await team.look(OURS, offer(THIEF, "18.70"))
    ask = asked(await team.press("close", "000001", BEN))
    await team.press("ack", "000001", BEN, id="pressed")
    forms, done = await team.app.store.count(SESSIONS), await team.app.store.count(HANDLED)
    assert forms
    assert done
    watch = ClockWatch(team.app)
    for days in (3, 10, 400):
        set_clock(team, timedelta(days=days))
        await watch.tick()
        await Sweeping(team.app).tick()
        set_clock(team, -timedelta(days=days))
    assert await team.app.store.count(SESSIONS) == forms
    assert await team.app.store.count(HANDLED) == done
    await team.submit(ask, {"reason": "false-alarm", "note": ""}, BEN)


async def test_a_step_is_logged_once_and_time_that_passes_never(team: Team) -> None:
    watch = ClockWatch(team.app)
    with structlog.testing.capture_logs() as logged:
        for step in STEPS:
            await watch.tick()
            team.clock.advance(hours=3)
            await watch.tick()
            set_clock(team, step)
            await watch.tick()
    assert [each["seconds"] for each in logged] == [step.total_seconds() for step in STEPS]


def digests(team: Team) -> list[str]:
    return [key[:17] for key in team.chat.order if key.startswith("digest")]


async def hours(team: Team, watch: ClockWatch, count: int) -> None:
    daily = DailyDigest(team.app)
    for _ in range(count):
        team.clock.advance(hours=1)
        await watch.tick()
        await daily.tick()
        await team.dispatcher.deliver()


@pytest.mark.parametrize("step", STEPS, ids=str)
@pytest.mark.parametrize("stays", [0, 5])
async def test_every_day_has_one_digest_after_a_jump_that_is_put_right(
    team: Team, step: timedelta, stays: int
) -> None:
    await confirmed_after(team, minutes=1)
    watch = ClockWatch(team.app)
    await DailyDigest(team.app).tick()
    await hours(team, watch, 24)
    assert digests(team) == ["digest-2026-11-24"]
    told = len(team.chat.order)
    set_clock(team, step)
    await DailyDigest(team.app).tick()
    await hours(team, watch, stays)
    set_clock(team, -step)
    await hours(team, watch, 72 - stays)
    real = [key for key in digests(team)[1:] if key[7:] >= "2026-11-24"]
    days = [key for key in real if key < "digest-2026-11-28"]
    assert sorted(set(days)) == [
        "digest-2026-11-25",
        "digest-2026-11-26",
        "digest-2026-11-27",
    ]
    assert len(team.chat.order) - told <= 4
    assert len(set(team.chat.order)) == len(team.chat.order)


async def test_a_clock_that_was_ahead_for_days_silences_no_digest(team: Team) -> None:
    await confirmed_after(team, minutes=1)
    watch = ClockWatch(team.app)
    set_clock(team, AHEAD)
    await DailyDigest(team.app).tick()
    await hours(team, watch, 72)
    set_clock(team, -AHEAD)
    before = len(digests(team))
    await hours(team, watch, 48)
    told = digests(team)[before:]
    assert told == ["digest-2026-11-26", "digest-2026-11-27", "digest-2026-11-28"]


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_failures_are_told_in_their_time_however_the_clock_is_set(
    team: Team, step: timedelta
) -> None:
    outages = OutageWatch(team.app)
    await team.poll()
    await outages.tick()
    team.clock.advance(minutes=10)
    set_clock(team, step)
    await outages.tick()
    await team.dispatcher.deliver()
    assert team.chat.order == []
    team.clock.advance(minutes=5)
    await outages.tick()
    await team.dispatcher.deliver()
    assert len(team.chat.order) == 1


@pytest.mark.parametrize("step", STEPS, ids=str)
async def test_a_jump_alone_is_no_outage(team: Team, step: timedelta) -> None:
    outages = OutageWatch(team.app)
    for _ in range(12):
        await team.look(OURS)
        await team.look(OURS, asin="B0ALDER002")
        team.clock.advance(minutes=10)
        await outages.tick()
    set_clock(team, step)
    await outages.tick()
    await team.look(OURS)
    await team.look(OURS, asin="B0ALDER002")
    await outages.tick()
    await team.dispatcher.deliver()
    assert team.chat.order == []
