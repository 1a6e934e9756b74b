"""A case for a team that is spoken to in Chinese: its buttons, closing it, and what is stored."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot.core.forms import Choice
from bot.core.interface import InterfaceLanguage, speak
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from tests.unit.conftest import ANA, BEN, OWN, THIEF, Team, asked, notice, offer

CHINESE = InterfaceLanguage.CHINESE
CASE = case_key(1)


@pytest.fixture
async def hit(team: Team) -> AsyncIterator[Team]:
    await team.type("/settings language zh")
    with speak(CHINESE):
        await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
        yield team


async def test_the_buttons_are_called_as_other_texts_call_them(hit: Team) -> None:
    labels = [each.label for each in hit.chat.cards["C-1"].pressable]
    assert [each for each in labels if re.search("[A-Za-z]{2,}", each)] == []
    assert {"收集证据", "提交举报", "关闭", "稍后提醒"} <= set(labels)


async def test_a_step_is_shown_in_chinese_and_stored_in_english(hit: Team) -> None:
    await hit.press("acknowledge", CASE, BEN)
    await hit.press("assign", CASE, ANA)
    await hit.submit(asked(await hit.press("snooze", CASE, BEN)), {"hours": "24"}, who=BEN)
    await hit.dispatcher.deliver()
    titles = [each.card.title for each in hit.chat.messages.values()]
    assert "Ben 已确认收到。" in titles
    assert "Ana 接手了此案件。" in titles
    assert any(re.fullmatch("Ben 将提醒暂停至 .+。", each) for each in titles)
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    told = [each.text for each in entries if each.who]
    assert told[:2] == ["Ben acknowledged it.", "Ana took it."]
    assert all(each.isascii() for each in told)


async def test_a_case_is_closed_for_a_reason_in_chinese(hit: Team) -> None:
    ask = asked(await hit.press("close", CASE, BEN))
    [reason] = [each for each in ask.form.inputs if isinstance(each, Choice)]
    assert "误报" in [each.label for each in reason.options]
    await hit.submit(ask, {"reason": "false-alarm", "note": ""}, who=BEN)
    assert "由 Ben 关闭：误报 ·" in [each.value for each in hit.chat.cards["C-1"].fields]
    again = notice(await hit.press("acknowledge", CASE, ANA))
    assert again == "Ben 已关闭 C-1（误报）。要继续，请重新打开。"


async def test_the_facts_of_an_offer_have_chinese_labels(hit: Team) -> None:
    card = hit.chat.cards["C-1"]
    labels = {each.label for each in card.fields}
    assert not labels & {"Price gap", "Condition", "Fulfillment", "Feedback"}
    assert {"价差", "商品状况", "卖家评价"} <= labels
