"""A lesson that comes back to who was wrong, and a quarterly review whose decision comes back.

Every screen is kept as a picture in ``build/pictures/guard``, wide and as a phone shows it. The
team is moved to a zone in which it is at work; at a weekend nobody is asked for a decision, and
that step is left out (``tests/journeys/test_year_of_rounds.py`` has it for every day of a year).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, expect

from bot.cli.serving import DEMO
from bot.features.training.collections import LEARNINGS
from bot.features.training.models import PAUSES
from bot.features.training.texts.reading import read_lessons
from bot.features.training.views.lessons import LETTERS
from tests.browser.conftest import PATIENCE
from tests.browser.demo import demo
from tests.browser.entering import enter
from tests.browser.guard_walk import WIDE, Guard, later, work_zone
from tests.browser.test_journey import WAIT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LESSON = next(lesson for lesson in read_lessons() if lesson.id == "two-doors")
REVIEW = r"Review of \d+ Q\d"
DECIDED = "Go through the users of the account every Monday"


async def test_a_lesson_and_a_review_come_back(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / DEMO
    expect.set_options(timeout=PATIENCE)
    async with demo(tmp_path) as running:
        await page.set_viewport_size(WIDE)
        await enter(page, await running.start())
        walk = Guard(page, "review")
        await _a_lesson_is_answered_wrongly(walk)
        zone = work_zone(datetime.now(UTC))
        if zone:
            await walk.type(f"/settings zone {zone}")
        await _something_happens(walk)
        await _the_quarter_is_reviewed(walk, tmp_path)
        await _a_viewer_decides_nothing(walk)
        await _a_point_is_decided(walk, zone or "UTC")
        await later(walk, running, folder, PAUSES[0], [LEARNINGS])
        await _the_question_comes_back(walk)
        if zone:
            await _the_decision_comes_back(walk)


async def _a_lesson_is_answered_wrongly(walk: Guard) -> None:
    await walk.picture("training", await walk.type("/training"))
    shown = await walk.type(f"/training {LESSON.id}")
    await walk.picture("lesson", shown)
    await walk.picture("lesson", shown, dark=True)
    wrong = next(place for place in LESSON.order if place != LESSON.right)
    await walk.press(shown, _answer(wrong))
    await walk.told("Not quite. Better: ")
    await walk.picture("not-quite")
    waits = await walk.type("/todo")
    await expect(waits).not_to_contain_text("lesson question")


async def _something_happens(walk: Guard) -> None:
    """Log an attack, so that there is a weakness even on the first day of a quarter."""
    await walk.ask("/attack intrusion")
    await walk.press(walk.dialog, "Continue")
    await walk.send("Log it")


async def _the_quarter_is_reviewed(walk: Guard, folder: Path) -> None:
    await walk.ask("/review now")
    review = walk.public(REVIEW)
    await expect(review).to_contain_text("Decide each point in the thread", timeout=WAIT)
    await walk.picture("review", review)
    link = review.get_by_role("link", name=re.compile(r"\.pdf"))
    async with walk.page.expect_download() as download:
        await link.click()
    path = folder / "review.pdf"
    await (await download.value).save_as(path)
    assert path.read_bytes().startswith(b"%PDF")
    await walk.open(REVIEW)
    await walk.picture("points", _point(walk, 1))
    await walk.picture("points", _point(walk, 1), dark=True)


async def _a_viewer_decides_nothing(walk: Guard) -> None:
    await walk.be("Vik")
    await walk.open(REVIEW)
    await walk.may_only_look((_point(walk, 1), "Decide"), (_point(walk, 1), "Dismiss"))
    await walk.ask("/review now")
    await walk.told("Only admins can")
    await walk.be("Ana")
    await walk.open(REVIEW)


async def _a_point_is_decided(walk: Guard, zone: str) -> None:
    await walk.press(_point(walk, 1), "Decide")
    await walk.dialog.get_by_label("What will be done?").fill(DECIDED)
    today = datetime.now(ZoneInfo(zone)).date()
    await walk.dialog.get_by_label("Due date").fill(str(today))
    await walk.picture("decide", walk.dialog)
    await walk.send("Decide")
    await expect(_point(walk, 1)).to_contain_text(f"{DECIDED} (Ana, due")
    await walk.picture("decided", _point(walk, 1))
    await walk.leave()
    await walk.picture("overview", await walk.type("/review"))


async def _the_question_comes_back(walk: Guard) -> None:
    waits = await walk.type("/todo")
    await expect(waits).to_contain_text("1 lesson question for you")
    await walk.picture("todo", waits)
    await walk.press(waits, "Ask me a question")
    asked = walk.private(LESSON.title)
    await expect(asked).not_to_contain_text(LESSON.text[:30])
    await walk.picture("asked-again", asked)
    await walk.press(asked, _answer(LESSON.right))
    learned = walk.private("No questions for you now")
    await expect(learned).to_contain_text("Right. ")
    await walk.picture("right", learned)


async def _the_decision_comes_back(walk: Guard) -> None:
    run = walk.public("Decisions due")
    await expect(run).to_contain_text(DECIDED, timeout=WAIT)
    await walk.picture("comes-back", run)
    await walk.press(run, "Begin")
    item = walk.private(DECIDED[:30])
    await walk.picture("decision", item)
    await walk.press(item, "Done")
    await expect(walk.private("All answered: 1 done")).to_be_visible()
    await expect(walk.public("Decisions due")).to_contain_text("all answered")


def _answer(place: int) -> str:
    return f"Answer {LETTERS[LESSON.order.index(place)]}"


def _point(walk: Guard, number: int) -> Locator:
    return walk.reply(rf": {number}\. ")
