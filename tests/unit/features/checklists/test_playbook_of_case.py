"""A case about a listing offers its playbook, and a press puts it into the thread, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.findings import FIRST_STEP
from bot.core.interactions import Notice
from bot.core.interface import InterfaceLanguage, speak
from bot.core.listing_status import ListingState
from bot.core.resources import Resources
from bot.core.scanning import each
from bot.features.checklists.collections import RUNS
from bot.features.checklists.resources import CHECKLISTS
from checks.checklists import shipped
from checks.checklists.lint import SIGNALS
from tests.unit.checks.listing_account import selling
from tests.unit.checks.own_listings.listings import FINE, changed, issue
from tests.unit.conftest import VIK, opened_team

DOWN = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED"),))
CASE = "00000001"


def test_each_signal_has_exactly_one_playbook() -> None:
    signals = [signal for checklist in shipped() for signal in checklist.signals]
    assert sorted(signals) == sorted(SIGNALS)


async def test_a_press_puts_the_playbook_into_the_thread_once(tmp_path: Path) -> None:
    resources = Resources().having(CHECKLISTS, shipped())
    async with opened_team(tmp_path, resources) as team:
        looking = await selling(team)
        looking.account.states["PAN-1"] = DOWN
        await looking.look()
        card = team.chat.cards["C-1"]
        labels = [button.label for button in card.pressable]
        assert "Start playbook" in labels
        assert "File a report" not in labels
        for _ in range(2):
            [reply] = await team.press("playbook", CASE)
            assert isinstance(reply, Notice)
            assert reply.text == "In the thread of C-1: Listing suppressed or closed."
        runs = [run async for run in each(team.app.store, RUNS)]
        assert [(run.checklist, run.case) for run in runs] == [("playbook-suppressed", CASE)]


@pytest.mark.parametrize(
    ("state", "playbook"),
    [
        (changed(product_type="PET"), "playbook-listing"),
        (changed(discoverable=False), "playbook-suppressed"),
        (changed(issues=(issue(),)), "playbook-suppressed"),
        (changed(buyable=False), "playbook-suppressed"),
    ],
)
async def test_what_goes_on_decides_which(
    tmp_path: Path, state: ListingState, playbook: str
) -> None:
    resources = Resources().having(CHECKLISTS, shipped())
    async with opened_team(tmp_path, resources) as team:
        looking = await selling(team)
        looking.account.states["PAN-1"] = state
        await looking.look()
        await team.press("playbook", CASE)
        assert [run.checklist async for run in each(team.app.store, RUNS)] == [playbook]


async def test_a_viewer_may_not(tmp_path: Path) -> None:
    resources = Resources().having(CHECKLISTS, shipped())
    async with opened_team(tmp_path, resources) as team:
        looking = await selling(team)
        looking.account.states["PAN-1"] = DOWN
        await looking.look()
        await team.press("playbook", CASE, VIK)
        assert [run async for run in each(team.app.store, RUNS)] == []


async def test_the_card_and_its_thread_speak_chinese(tmp_path: Path) -> None:
    async with opened_team(tmp_path) as team:
        looking = await selling(team)
        looking.account.states["PAN-1"] = DOWN
        with speak(InterfaceLanguage.CHINESE):
            await looking.look()
        card = team.chat.cards["C-1"]
        assert card.title == "被亚马逊禁止显示：Pan 1"
        told = [each.label for each in card.fields]
        assert (told[:4], told[-1]) == (["状态", "负责人", "商品", "亚马逊的说明"], "先做什么")
        assert "打开应对手册" in [button.label for button in card.pressable]


async def test_what_is_over_asks_for_nothing(tmp_path: Path) -> None:
    async with opened_team(tmp_path) as team:
        looking = await selling(team)
        looking.account.states["PAN-1"] = DOWN
        await looking.look()
        assert FIRST_STEP in [each.label for each in team.chat.cards["C-1"].fields]
        looking.account.states["PAN-1"] = FINE
        await looking.look()
        assert FIRST_STEP not in [each.label for each in team.chat.cards["C-1"].fields]
