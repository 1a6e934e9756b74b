"""Discarding reports: a confirmed one asks first, and can be taken back."""

from __future__ import annotations

import pytest

from bot.core.collections import UNDOABLES
from bot.core.undo.models import Undoable
from bot.features.cases.collections import ENTRIES
from bot.features.reports.models.reports import ReportState
from tests.unit.conftest import ANA, BEN, Team, asked, notice
from tests.unit.features.reports.reporting import (
    CASE,
    REPORT,
    draft,
    everything,
    report,
    shown,
    start,
)


@pytest.fixture
async def confirmed(team: Team) -> Team:
    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    return team


async def discard(team: Team, reason: str = "") -> str:
    ask = asked(await team.press("retract-report", REPORT, BEN))
    assert "Ana confirmed this report" in ask.form.intro
    assert "packet" in ask.form.intro
    return notice(await team.submit(ask, {"reason": reason}, BEN))


async def act_of(team: Team) -> Undoable:
    known = await team.app.store.find(UNDOABLES, "open", True)
    [act] = [each for each in known if "R-1" in each.title]
    return act


async def undo(team: Team) -> str:
    return notice(await team.press("undo", (await act_of(team)).key, BEN))


async def test_a_draft_is_discarded_at_once(team: Team) -> None:
    await start(team)
    await draft(team)
    assert notice(await team.press("retract-report", REPORT, BEN)) == "Discarded R-1."
    assert team.chat.cards["R-1"].title.startswith("R-1 Discarded")


async def test_a_confirmed_report_asks_first_and_the_channel_hears_of_it(confirmed: Team) -> None:
    await confirmed.work()
    assert await discard(confirmed, "The wrong mark.") == "Discarded R-1."
    await confirmed.work()
    assert (await report(confirmed)).state is ReportState.DISCARDED
    entries = await confirmed.app.store.find(ENTRIES, "case", CASE)
    assert entries[-1].text == "Ben discarded R-1."
    assert [fact.value for fact in entries[-1].facts] == ["The wrong mark."]
    assert any(card.title == "Ben discarded R-1." for card in confirmed.chat.cards.values())
    assert "Retracted" not in repr(confirmed.chat.cards)


async def test_it_can_be_undone_and_keeps_its_packet(confirmed: Team) -> None:
    await confirmed.work()
    before = await report(confirmed)
    await discard(confirmed)
    assert "Undone" in await undo(confirmed)
    await confirmed.work()
    assert await report(confirmed) == before
    assert "Confirmed, not filed yet" in confirmed.chat.cards["R-1"].title


async def test_a_packet_that_was_not_made_yet_is_made_when_it_is_undone(confirmed: Team) -> None:
    await discard(confirmed)
    await confirmed.work()
    assert (await report(confirmed)).packet is None
    await undo(confirmed)
    await confirmed.work()
    assert (await report(confirmed)).packet is not None


async def test_no_text_of_it_is_kept_to_undo_it(confirmed: Team) -> None:
    await discard(confirmed)
    assert (await report(confirmed)).text not in repr(await act_of(confirmed))


async def test_a_report_that_was_filed_meanwhile_is_not_discarded(confirmed: Team) -> None:
    ask = asked(await confirmed.press("retract-report", REPORT, BEN))
    filed = asked(await confirmed.press("report-filed", REPORT, BEN))
    await confirmed.submit(filed, {"complaint": "C1"}, BEN)
    assert "can't be discarded now" in notice(await confirmed.submit(ask, {"reason": ""}, BEN))
    assert "Filed" in shown(confirmed.chat.cards["R-1"])
