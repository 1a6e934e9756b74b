"""Work that the program does by itself, and that fails: /health says so."""

from __future__ import annotations

from datetime import timedelta

from bot.core.cards import FIELDS, Tone
from bot.core.interactions import Post
from bot.core.scheduler import WorkHealth
from bot.core.views.disk import Disk
from bot.features.overview.views.team import status_card
from tests.pictures import story
from tests.pictures.story import SCENE
from tests.unit.conftest import VIK, Team

FINE = WorkHealth(name="titles", label="Product names")
ONCE = WorkHealth(
    name="job",
    label="Screenshots, packets and other jobs",
    failing=1,
    failures=1,
    failing_for=timedelta(minutes=20),
    why="something went wrong",
)
LONG = WorkHealth(
    name="follow-ups",
    label="Report follow-ups",
    failing=1,
    failures=36,
    failing_for=timedelta(hours=3),
    why="The data could not be read.",
)


async def test_work_that_fails_for_hours_is_told_with_what_to_do(team: Team) -> None:
    team.scheduler.work = (FINE, ONCE, LONG)
    [shown] = await team.type("/health", VIK)
    assert isinstance(shown, Post)
    assert shown.card.title == "Background work failed"
    assert shown.card.tone is Tone.WARNING
    assert shown.card.body.startswith("Restart Brandwarden. If it fails again, look for")
    lines = [(field.label, field.value) for field in shown.card.fields]
    first = lines.index((LONG.label, "Failed 36 times in 3 h: The data could not be read."))
    assert lines[first + 1] == (ONCE.label, "Failed once, 20 min ago: something went wrong")
    assert FINE.label not in dict(lines)


async def test_work_that_is_done_is_not_mentioned(team: Team) -> None:
    before = await team.type("/health")
    team.scheduler.work = (FINE,)
    assert await team.type("/health") == before


def test_of_much_work_that_fails_two_kinds_are_named_and_the_rest_is_counted() -> None:
    shown = status_card(story.FAILING, story.OUT, SCENE, work=(LONG, ONCE, ONCE, ONCE, ONCE))
    values = {field.label: field.value for field in shown.fields}
    assert {LONG.label, ONCE.label} < values.keys()
    assert values["Other failed work"] == "3 more"
    assert len(shown.fields) <= FIELDS


def test_a_chat_that_is_out_is_the_headline_and_a_disk_that_failed_is_all_there_is_to_say() -> None:
    assert "Background" not in status_card(story.FINE, story.OUT, SCENE, work=(LONG,)).title
    broken = status_card(story.FINE, story.HELD, SCENE, Disk(failure="It is broken."), (LONG,))
    assert broken.title.startswith("Nothing can be saved")
    assert "Restart" not in broken.body
    assert LONG.label not in {field.label for field in broken.fields}
