"""To keep evidence for less time takes effect after an announced week; for more, at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.team import Team as Settings
from tests.fakes import START
from tests.unit.conftest import Team, card_text, confirmed_after

WEEK = timedelta(days=7)
kept = st.none() | st.integers(30, 400)


def longer(one: int | None, other: int | None) -> bool:
    return one is None or (other is not None and one >= other)


@given(st.lists(st.tuples(kept, st.integers(0, 240)), max_size=8))
def test_nothing_is_kept_for_less_time_before_a_week_has_passed(
    changes: list[tuple[int | None, int]],
) -> None:
    team, now = Settings(), START
    for days, hours in changes:
        now += timedelta(hours=hours)
        before = team.kept_days(now)
        team = team.keeping(days, now, now + WEEK)
        again = team.kept_days(now)
        assert again == days if longer(days, before) else again == before
        assert longer(team.kept_days(now + WEEK - timedelta(seconds=1)), days)
        assert team.kept_days(now + WEEK) == days


async def test_less_time_is_announced_and_more_is_at_once(team: Team) -> None:
    shown = card_text(await team.type("/settings keep 30"))
    assert "is kept; starting 30 Nov, it is deleted after 30 days" in shown
    settings = await team.app.team()
    assert settings.keep_days is None
    assert settings.kept_days(START + WEEK) == 30
    shown = card_text(await team.type("/settings keep 365"))
    assert "starting 30 Nov, it is deleted after 365 days" in shown
    shown = card_text(await team.type("/settings keep always"))
    assert "Evidence of closed cases: is kept\n" in shown
    assert (await team.app.team()).kept_days(START + WEEK) is None


async def test_the_same_typed_again_begins_no_new_week(team: Team) -> None:
    await team.type("/settings keep 30")
    count = len(team.announced())
    team.clock.advance(days=3)
    await team.type("/settings keep 30")
    assert (await team.app.team()).keep_next_from == START + WEEK
    assert len(team.announced()) == count


async def test_it_can_be_undone_for_the_whole_week(team: Team) -> None:
    await team.type("/settings keep 30")
    team.clock.advance(days=6, hours=23)
    await team.undo()
    assert (await team.app.team()).kept_days(START + 2 * WEEK) is None


async def test_a_clock_that_is_behind_makes_it_no_sooner(team: Team) -> None:
    await confirmed_after(team, days=100)
    sure = team.clock.now
    team.clock.step(days=-90)
    await team.type("/settings keep 30")
    begins = (await team.app.team()).keep_next_from
    assert isinstance(begins, datetime)
    assert begins >= sure + WEEK - timedelta(minutes=5)
