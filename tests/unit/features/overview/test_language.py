"""/settings language: what the team is spoken to in, from the answer to the change on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.core.collections import AUDIT, TEAMS
from bot.core.interactions import Reply
from bot.core.interface import InterfaceLanguage, speaking
from bot.core.team import Team as Settings
from bot.errors import StoreError
from tests.unit.conftest import ASIN, BEN, Team, card_text, notice, opened_team

ENGLISH, CHINESE = InterfaceLanguage.ENGLISH, InterfaceLanguage.CHINESE


@pytest.mark.parametrize("typed", ["zh", "中文", "chinese", "Chinese", "简体中文", "语言"])
async def test_a_language_is_chosen_by_its_code_or_name(team: Team, typed: str) -> None:
    name = "语言 zh" if typed == "语言" else f"language {typed}"
    if typed == "语言":
        await team.type("/settings language zh")
    shown = card_text(await team.type(f"/settings {name}"))
    assert shown.startswith("设置\n")
    assert "语言: 简体中文" in shown
    assert (await team.app.team()).language is CHINESE
    for back in ("en", "English"):
        assert "Language: English" in card_text(await team.type(f"/settings language {back}"))


async def test_a_language_that_is_not_spoken_is_refused(team: Team) -> None:
    said = notice(await team.type("/settings language fr"))
    assert said == "Unknown language 'fr'. Type en or zh."
    assert (await team.app.team()).language is ENGLISH


async def test_the_settings_name_the_language_and_how_to_change_it(team: Team) -> None:
    shown = card_text(await team.type("/settings"))
    assert "Language: English" in shown
    assert "/settings language zh" in shown
    assert notice(await team.type("/settings language")) == (
        "Add the new value, like /settings language zh"
    )


async def test_the_change_is_announced_in_the_new_language_and_can_be_undone(team: Team) -> None:
    await team.type("/settings language zh")
    assert team.announced() == ["Ana 修改了设置。语言：简体中文。"]
    [entry] = await team.app.store.page(AUDIT)
    assert (entry.act, entry.who) == ("settings", "ana")
    assert notice(await team.undo()) == "已撤销，一切恢复原状。"
    assert (await team.app.team()).language is ENGLISH


async def test_refusals_and_unknown_commands_are_said_in_it(team: Team) -> None:
    await team.type("/settings language zh")
    assert notice(await team.type(f"/unwatch {ASIN}", BEN)) == (
        "只有管理员可以停止监控商品。你的角色是成员。请联系 Ana。"
    )
    assert notice(await team.type("/helpp")) == "没有「/helpp」这个命令。是不是想输入「/help」？"
    assert "没有名为「colour」的设置。" in notice(await team.type("/settings colour red"))


async def test_what_goes_wrong_is_said_in_it(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    await team.type("/settings language zh")
    assert notice(await team.press("undo", "none")) == "此操作已无法撤销。"

    async def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(team.router, "_once", fail)
    assert (
        notice(await team.type("/settings")) == "出现错误，未做任何更改。请重试，或查看 /health。"
    )


async def test_a_language_does_not_outlast_its_interaction(team: Team) -> None:
    await team.type("/settings language zh")
    assert speaking() is ENGLISH
    await team.type("/nonsense")
    assert speaking() is ENGLISH


async def test_teams_that_ask_at_once_are_each_spoken_to_in_their_own(
    team: Team, tmp_path: Path
) -> None:
    async with opened_team(tmp_path / "other") as other:
        await other.type("/settings language zh")

        async def ask(asked: Team) -> list[Reply]:
            return await asked.type("/helpp")

        said = await asyncio.gather(*(ask(each) for each in (team, other, team, other)))
    assert [notice(each).startswith("没有") for each in said] == [False, True, False, True]
    assert speaking() is ENGLISH


async def test_english_is_spoken_while_the_settings_cannot_be_read(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> Settings:
        raise StoreError

    await team.type("/settings language zh")
    monkeypatch.setattr(team.app.store, "get", refuse)
    assert await team.app.language() is ENGLISH


async def test_a_store_of_before_is_spoken_to_in_english(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(zone="Asia/Shanghai"))
    assert await team.app.language() is ENGLISH
