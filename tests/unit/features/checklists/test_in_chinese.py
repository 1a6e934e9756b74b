"""Checklists for a team that is spoken to in Chinese; what is stored stays English."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.cards import Card
from bot.core.files import Upload
from bot.core.interface import InterfaceLanguage, speak
from bot.core.team import Team as Chosen
from bot.features.checklists.models.definitions import ProofKind
from bot.features.checklists.models.runs import Proof, Run
from bot.features.checklists.rules.calendar import period
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.rules.proof_diff import as_told, proof_diff
from bot.features.checklists.rules.proofs import read_entries
from bot.features.checklists.views.diffs import diff_words
from checks.checklists import shipped
from tests.unit.conftest import ANA, BEN, Team, asked, card_text, notice
from tests.unit.features.checklists.guarding import (
    MONDAY,
    SECURITY,
    card,
    checklist_run,
    guarded,
    monday,
    press,
    run,
    tick,
)
from tests.unit.features.checklists.samples import BERLIN, users

CHINESE = InterfaceLanguage.CHINESE
WEEKLY = next(each for each in shipped() if each.id == "account-security")
CHOSEN = Chosen(language=CHINESE, duties={"account": ANA[0]})


@pytest.fixture
async def weekly(team: Team) -> Team:
    """The first Monday of a team that reads Chinese."""
    team = guarded(team, WEEKLY)
    with speak(CHINESE):
        await monday(team, CHOSEN)
    return team


async def test_a_run_is_posted_in_chinese_and_kept_in_english(weekly: Team) -> None:
    posted = weekly.chat.cards["K-1"]
    assert posted.title == "账户安全（第 48 周）"
    assert "由 Ana 负责" in posted.body
    assert [each.label for each in posted.buttons] == ["开始"]
    kept = await run(weekly, 1)
    assert (kept.title, kept.tasks[0].item) == ("Account security, week 48", WEEKLY.items[1])


async def test_one_goes_through_the_items_in_chinese(weekly: Team) -> None:
    shown = card(await weekly.press("begin", "000001"))
    assert shown.title == "每个登录账户的两步验证都在我们手里"
    shown = card(await press(weekly, shown, "完成"))
    assert "✓ 每个登录账户的两步验证都在我们手里：完成" in shown.body
    said = card(await press(weekly, shown, "不适用"))
    assert " 清楚每个用户和他们的权限：不适用" in said.body
    assert "6 个检查项还剩 4 个" in weekly.chat.cards["K-1"].body


async def test_a_changed_list_is_explained_in_chinese(weekly: Team) -> None:
    await enters(weekly, "000001/users", "ana", "ben")
    weekly.clock.advance(days=7)
    with speak(CHINESE):
        await tick(weekly)
    shown = await enters(weekly, "000002/users", "ana", "temp-va")
    assert "与上次相比新增 1 个用户：temp-va。与上次相比少了 1 个用户：ben。" in shown.body
    [alarm] = [each for key, each in weekly.chat.cards.items() if key.startswith("changed-")]
    assert alarm.title == "1 个未知用户，少了 1 个用户"
    kept = (await run(weekly, 2)).task("users")
    assert kept
    assert kept.diff
    assert kept.diff.says.startswith("1 user new since the last review: temp-va.")
    ask = asked(await weekly.press("item-change", "000002/users", BEN))
    said = notice(await weekly.submit(ask, {"ours": ("0",), "removed": ("0",)}, BEN))
    assert said == "清楚每个用户和他们的权限：已完成，所有变化均已说明。"


async def enters(team: Team, ref: str, *names: str) -> Card:
    ask = asked(await team.press("item-done", ref))
    return card(await team.submit(ask, {"proof": "\n".join(names)}))


async def test_an_empty_list_may_say_so_in_chinese(weekly: Team) -> None:
    with speak(CHINESE):
        for word in ("无", "none"):
            assert read_entries(ProofKind.USERS, word).entries == ()
    assert read_entries(ProofKind.USERS, "无").entries == ("无",)


async def test_the_score_says_why_in_chinese(weekly: Team) -> None:
    shown = card_text(await weekly.type("/security"))
    assert "失分最多的：" in shown
    assert "（从未回答）" in shown
    assert card_text(await weekly.type("/security 账户安全")).startswith("账户安全：0 / ")
    assert "没有名为「夜里」的部分。" in notice(await weekly.type("/security 夜里"))
    assert "账户与访问权限: Ana" in card_text(await weekly.type("/duties"))


async def test_what_waits_is_told_in_chinese(weekly: Team) -> None:
    assert "账户安全（第 48 周）：还剩 6 个检查项，其中 6 个归你" in card_text(
        await weekly.type("/todo")
    )


async def test_a_checklist_of_the_teams_own_keeps_its_words(team: Team) -> None:
    own = msgspec.structs.replace(SECURITY, title="Our own, twice checked")
    team = guarded(team, own)
    with speak(CHINESE):
        await monday(team, CHOSEN)
    posted = team.chat.cards["K-1"]
    assert posted.title == "Our own, twice checked（第 48 周）"
    assert "Users and permissions" in posted.body


@pytest.mark.parametrize(
    ("cadence", "name"),
    [
        ("0 9 * * mon", "账户安全（第 47 周）"),
        ("30 2 * * *", "账户安全（11 月 22 日）"),
        ("0 9 1-7 * mon", "账户安全（11 月）"),
        ("0 9 1-7 */2 mon", "账户安全（2027 年 11 月）"),
        ("0 9 1 */3 *", "账户安全（2027 年第 4 季度）"),
        ("0 9 29 2 *", "账户安全（2027）"),
    ],
)
def test_a_run_is_called_by_its_time(cadence: str, name: str) -> None:
    when = period(cadence, BERLIN.local(MONDAY.replace(year=2027, day=22)))
    called = msgspec.structs.replace(checklist_run(MONDAY), title=f"Account security, {when}")
    with speak(CHINESE):
        assert run_name(called) == name
    assert run_name(called) == called.title


def test_a_playbook_has_no_time() -> None:
    titled = "Listing hijacked, or page changed"
    playbook: Run = msgspec.structs.replace(checklist_run(MONDAY), title=titled, case="000001")
    assert run_name(playbook) == titled


NAMES = st.lists(st.sampled_from("abcdefghij"), max_size=9, unique=True)


@given(before=NAMES, now=NAMES, kind=st.sampled_from((ProofKind.USERS, ProofKind.APPS)))
def test_in_english_a_difference_is_said_as_it_is_kept(
    before: list[str], now: list[str], kind: ProofKind
) -> None:
    had, has = (Proof(kind=kind, entries=tuple(each)) for each in (before, now))
    diff = proof_diff(had, has)
    assert diff_words(kind, diff) == diff.says
    assert diff_words(kind, as_told(diff)) == diff.says


FILE = Upload(name="a.png", kind="image/png", content="a" * 64, size=1)


@pytest.mark.parametrize(
    ("kind", "before", "now", "says"),
    [
        (
            ProofKind.DATE,
            date(2026, 11, 2),
            date(2026, 11, 2),
            "日期与上次相比没有变化：",
        ),
        (ProofKind.DATE, date(2026, 11, 2), date(2026, 11, 1), "日期早于上次：2026-11-01，上次为"),
        (ProofKind.COUNT, 3, 12, "数量与上次相比变化很大：12，上次为 3。"),
        (ProofKind.FILE, FILE, FILE, "与上次提交的是同一个文件。"),
    ],
)
def test_any_difference_is_said_in_chinese(
    kind: ProofKind, before: object, now: object, says: str
) -> None:
    field = {ProofKind.DATE: "day", ProofKind.COUNT: "number", ProofKind.FILE: "file"}[kind]
    had, has = (
        msgspec.structs.replace(Proof(kind=kind), **{field: each}) for each in (before, now)
    )
    diff = proof_diff(had, has)
    assert diff_words(kind, diff) == diff.says
    with speak(CHINESE):
        assert diff_words(kind, diff).startswith(says)


def test_of_many_the_first_few_are_named() -> None:
    diff = proof_diff(users("ana"), users("ana", *(f"user{place}" for place in range(9))))
    with speak(CHINESE):
        said = diff_words(ProofKind.USERS, as_told(diff))
    assert said.startswith("与上次相比新增 9 个用户：user0，user1")
    assert said.endswith("另有 4 个。")
