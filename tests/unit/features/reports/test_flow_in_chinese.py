"""Reporting for a team that is spoken to in Chinese: forms, answers, cards, and what is stored."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from bot.core.cards import Card
from bot.core.forms import Answers, Choice, Choices, Form
from bot.core.interactions import Ask, Notice, Reply
from bot.core.interface import InterfaceLanguage, speak
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.capture import REFUSALS, PageKind
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.service.follow_ups import FollowUps
from tests.unit.conftest import ANA, BEN, Team, asked, card_text, notice, opened_team
from tests.unit.features.reports.reporting import (
    CASE,
    COPY,
    OURS,
    REPORT,
    TEST_BUY,
    capture,
    draft,
    everything,
    photo,
    report,
    start,
)

CHINESE = InterfaceLanguage.CHINESE
_NAMES = re.compile(
    r"[A-Z]{2,}[A-Z0-9_-]*|\b[CRE]-\d+|[0-9a-f]{64}|\S+\.(?:csv|png|zip)|https?:\S+|/[a-z]+|\[[^]]*\]"
    r"|'?\.venv/bin/python -m bot verify FILE\.zip --seal SEAL'?|123-1234567-1234567\S*"
    r"|\b(?:Ana|Ben|Brandwarden|Report a Violation|Report Abuse|Sold by|Project Zero|ASINs"
    r"|Reports > Fulfillment > All Orders|All Orders|BrightLeaf Store 88)\b"
)
"""What keeps its name: IDs, commands, people, forms of Amazon's, names of files, and blanks."""


def english_in(text: str, *names: str) -> list[str]:
    """Return the English words of the text that are no names."""
    for name in names:
        text = text.replace(name, "")
    return re.findall("[A-Za-z]{2,}", _NAMES.sub("", text))


def words_of(form: Form) -> Iterator[str]:
    """Return what a person reads of a form."""
    yield from (form.title, form.intro, form.submit)
    for each in form.inputs:
        yield from (each.label, each.hint)
        if isinstance(each, Choice | Choices):
            yield from (option.label for option in each.options)


def words_on(card: Card) -> str:
    """Return what a person reads of a card, but for the texts that go to Amazon."""
    parts = [card.title, card.body, *(f"{each.label}: {each.value}" for each in card.fields)]
    parts += [each.label for each in card.snippets]
    parts += [each.label for each in card.buttons]
    return "\n".join((*parts, card.footer))


async def walked(team: Team, ask: Ask, *steps: Answers) -> str:
    """Fill in a flow, and return all that was read on the way."""
    replies: Sequence[Reply] = [ask]
    read: list[str] = []
    for answers in steps:
        form = asked(list(replies))
        read += words_of(form.form)
        replies = await team.submit(form, answers, who=BEN)
    read += [each.text for each in replies if isinstance(each, Notice)]
    return "\n".join(filter(None, read))


CASE_TITLE = re.compile(r"^C-1：.*$", re.MULTILINE)
"""How the case is called, which a form quotes."""


@pytest.fixture
async def hit(team: Team) -> AsyncIterator[Team]:
    await team.type("/settings language zh")
    with speak(CHINESE):
        await start(team)
        yield team


async def test_a_report_is_drafted_by_questions_in_chinese(hit: Team) -> None:
    await everything(hit)
    read = await walked(hit, asked(await hit.press("report", CASE, BEN)), *COPY)
    assert english_in(CASE_TITLE.sub("", read)) == []
    assert "已起草 R-1。见 C-1 的讨论串。" in read
    assert "举报类型：假货" in read
    card = words_on(hit.chat.cards["R-1"])
    assert english_in(card, "ALDER & FINCH") == []
    assert card.startswith("R-1 草稿：假货\n未发现问题。")
    assert "Please remove this offer." in (await report(hit)).text


async def test_what_is_missing_is_told_in_chinese(hit: Team) -> None:
    await draft(hit)
    card = words_on(hit.chat.cards["R-1"])
    assert "✗ 你说已经买了一件。请添加这次测试购买及其订单编号。" in card
    assert "✗ 报价页面截图" in card
    assert english_in(card, "ALDER & FINCH") == []
    assert "R-1 还不能提交。" in notice(await hit.press("confirm-report", REPORT, ANA))


async def test_evidence_is_collected_by_questions_in_chinese(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    read = await walked(hit, ask, {"what": "test-buy"}, *[TEST_BUY] * 3)
    assert "✗ 测试购买。订单编号是最有力的证据。" in read
    assert english_in(read, "TEST") == []
    await capture(hit)
    await photo(hit, EvidenceKind.RECEIVED)
    listed = card_text(await hit.type("/evidence 1"))
    assert english_in(listed, "The logo", "Chromium", "simulated") == []
    for button in ("collect", "plan-test-buy"):
        form = asked(await hit.press(button, CASE, BEN)).form
        assert english_in("\n".join(words_of(form))) == []


async def test_a_report_is_filed_and_answered_in_chinese(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    assert notice(await hit.press("confirm-report", REPORT, ANA)).startswith("已确认 R-1。")
    await hit.work()
    for name, sent in hit.chat.messages.items():
        if name.startswith("C-1/"):
            assert english_in(words_on(sent.card), "ALDER & FINCH", "The logo") == [], name
    read = await walked(
        hit, asked(await hit.press("report-filed", REPORT, BEN)), {"complaint": "13579-2468"}
    )
    ask = asked(await hit.press("report-answer", REPORT, BEN))
    read += await walked(
        hit, ask, {"outcome": "not-accepted", "words": ""}, {"refusal": "evidence"}
    )
    assert english_in(read) == []
    card = words_on(hit.chat.cards["R-1"])
    assert "请给差异编号，并在文本中写明各由哪张照片显示。然后点击「重新提交」。" in card
    assert english_in(card, "ALDER & FINCH") == []
    listed = card_text(await hit.type("/reports"))
    assert english_in(listed) == []
    assert "1 份未通过" in listed


async def test_a_screenshot_that_failed_says_why_in_chinese(hit: Team) -> None:
    hit.camera.trouble = REFUSALS[PageKind.CAPTCHA]
    await capture(hit)
    for _ in range(5):
        hit.clock.advance(minutes=5)
        await hit.work()
    told = [words_on(each.card) for each in hit.chat.messages.values()]
    [failed] = [each for each in told if "未能截取报价页面：站点要求输入验证码" in each]
    assert english_in(failed) == []


async def test_reminders_come_in_chinese(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    await hit.press("confirm-report", REPORT, ANA)
    await hit.work()
    hit.clock.advance(days=2)
    await FollowUps(hit.app).tick()
    await hit.dispatcher.deliver()
    card = next(each.card for key, each in hit.chat.messages.items() if "reminder" in key)
    assert card.title == "R-1 需要处理：已确认，尚未提交"
    assert english_in(words_on(card)) == []


@pytest.mark.parametrize(
    "steps",
    [
        [{"matter": "doubt"}, {"seen": "unsure", "grounds": "suspicion"}],
        [{"matter": "resold"}, {"seen": "genuine", "grounds": "records"}, {"origin": "inside"}],
        [{"matter": "page"}, {"seen": "takeover"}, {"tried": "no"}],
        [{"matter": "words"}, {"seen": "ads"}],
    ],
)
async def test_advice_comes_in_chinese(hit: Team, steps: list[Answers]) -> None:
    before = set(hit.chat.messages)
    read = await walked(hit, asked(await hit.press("report", CASE, BEN)), *steps)
    assert english_in(CASE_TITLE.sub("", read)) == []
    await hit.dispatcher.deliver()
    cards = [each.card for key, each in hit.chat.messages.items() if key not in before]
    told = "\n".join(map(words_on, cards))
    assert "现在不适合提交举报。" in told
    assert "依据: " in told
    assert english_in(told, "Detailed Seller Information", "Ask a question") == []


async def test_what_is_stored_is_the_same_in_any_language(tmp_path: Path) -> None:
    kept = []
    for language in InterfaceLanguage:
        async with opened_team(tmp_path / language) as team:
            await team.type(f"/settings language {language.value}")
            with speak(language):
                await start(team)
                await everything(team)
                await draft(team)
                await team.press("confirm-report", REPORT, ANA)
                await team.work()
                for _ in range(2):
                    team.clock.advance(minutes=10)
                    await team.look(OURS)
            store = team.app.store
            entries = await store.find(ENTRIES, "case", CASE)
            items = await store.find(EVIDENCE_ITEMS, "case", CASE)
            custody = await store.find(CUSTODY, "case", CASE)
            kept.append(
                (
                    [(each.text, each.facts) for each in entries],
                    [each.caption for each in items],
                    [each.detail for each in custody],
                    (await report(team)).reasons,
                )
            )
    english, chinese = kept
    assert english == chinese
