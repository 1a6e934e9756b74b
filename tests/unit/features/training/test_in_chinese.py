"""Lessons for a team that is spoken to in Chinese: in the channel and in private."""

from __future__ import annotations

import pytest

from bot.bootstrap.timetable import schedule
from bot.core.disk_watch import DiskWatch
from bot.core.interface import InterfaceLanguage
from bot.core.scheduler import Work
from bot.features.training.texts.reading import read_lessons
from tests.unit.bootstrap.timetable import Timetable
from tests.unit.conftest import BEN, Team, card_text, notice
from tests.unit.features.training.conftest import FIRST_TUESDAY, teach, text_of

CHINESE = InterfaceLanguage.CHINESE
SHIPPED = read_lessons()
FIRST = SHIPPED[0]


@pytest.fixture
async def school(team: Team) -> Team:
    await team.type("/settings language zh")
    return teach(team, SHIPPED)


async def test_a_lesson_comes_in_chinese_and_counts_in_chinese(school: Team) -> None:
    timetable = Timetable()
    schedule(timetable, school.app, school.monitor, [school.dispatcher], DiskWatch(school.app, {}))
    await timetable.works[Work.LESSONS]("")
    school.clock.now = FIRST_TUESDAY
    await timetable.works[Work.LESSONS]("")
    await school.dispatcher.deliver()
    posted = text_of(school.chat.cards["lesson-1"])
    assert FIRST.translations[CHINESE].text in posted
    assert "已作答: 团队还没有人作答" in posted
    assert notice(await school.press("lesson", f"{FIRST.id}/{FIRST.right}", BEN)).startswith(
        "回答正确。"
    )
    assert "已作答: 2 名团队成员中的 1 名" in text_of(school.chat.cards["lesson-1"])


async def test_a_wrong_answer_names_the_better_one_in_chinese(school: Team) -> None:
    wrong = (FIRST.right + 1) % len(FIRST.options)
    said = notice(await school.press("lesson", f"{FIRST.id}/{wrong}", BEN))
    chinese = FIRST.translations[CHINESE]
    better = chinese.options[chinese.right]
    assert said == f"不太对。更好的答案：「{better}」。{chinese.because}3 天后会再问一次。"


async def test_a_lesson_is_found_by_either_name(school: Team) -> None:
    chinese = FIRST.translations[CHINESE]
    for typed in (FIRST.id, chinese.title):
        assert card_text(await school.type(f"/training {typed}")).startswith(chinese.title)
    assert "没有名为「nothing」的课程。" in notice(await school.type("/training nothing"))
