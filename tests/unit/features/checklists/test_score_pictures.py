from __future__ import annotations

from datetime import date, timedelta

from bot.core.charts import Bars, Course
from bot.features.checklists.collections import SCORES
from bot.features.checklists.models.score_points import ScorePoint
from bot.features.checklists.service.charts import score_pictures
from tests.unit.conftest import Team
from tests.unit.features.checklists.guarding import MONDAY, SECURITY, guarded


async def course(team: Team, *points: tuple[str, float]) -> Course:
    """Draw the course of these scores, of a hundred each."""
    team.clock.now = MONDAY
    async with team.app.store.transaction() as tx:
        for day, got in points:
            tx.put(SCORES, ScorePoint(day=day, got=got, of=100))
    _, (drawn, _) = await score_pictures(guarded(team, SECURITY).app)
    assert isinstance(drawn, Course)
    return drawn


async def test_the_score_is_compared_with_a_month_ago_however_often_it_was_noted(
    team: Team,
) -> None:
    drawn = await course(team, ("2026-10-12", 20), ("2026-10-24", 50), ("2026-11-23", 0))
    assert drawn.says.startswith("The score is 0 of 100, down 50 since 24 Oct.")


async def test_an_alarm_of_that_day_caps_its_point(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(SCORES, ScorePoint(day="2026-11-01", got=90, of=100, alarmed=True))
    drawn = await course(team, ("2026-11-23", 0))
    assert [point.value for point in drawn.points] == [60, 0]


async def test_a_young_score_is_compared_with_nothing(team: Team) -> None:
    drawn = await course(team, ("2026-11-01", 50), ("2026-11-23", 0))
    assert drawn.says.startswith("The score is 0 of 100. Start with 'Users and permissions'")


async def test_the_first_day_of_each_month_has_its_label(team: Team) -> None:
    days = [date(2026, 9, 17) + timedelta(weeks=week) for week in range(10)]
    drawn = await course(team, *((day.isoformat(), 50) for day in days))
    labels = [point.label for point in drawn.points if point.label]
    assert labels == ["17 Sep", "1 Oct", "5 Nov", "19 Nov"]


async def test_without_a_checklist_nothing_is_drawn(team: Team) -> None:
    card, charts = await score_pictures(team.app)
    assert charts == ()
    assert card.title == "No security score yet: answer a checklist first"


async def test_the_weakest_area_stands_out(team: Team) -> None:
    _, (_, areas) = await score_pictures(guarded(team, SECURITY).app)
    assert isinstance(areas, Bars)
    [only] = areas.bars
    assert (only.label, only.note, only.strong) == ("Account security", "0 of 9", True)
