"""Discarding reports: a confirmed one asks first, and can be taken back."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.collections import UNDOABLES
from bot.core.undo.models import Undoable
from bot.features.cases.collections import ENTRIES
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import ReportState
from tests.unit.conftest import ANA, BEN, Team, asked, notice, undo_offers
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


async def test_a_draft_is_discarded_when_that_was_confirmed(team: Team) -> None:
    await start(team)
    await draft(team)
    ask = asked(await team.press("retract-report", REPORT, BEN, yes=False))
    assert (ask.form.title, ask.form.submit) == ("Discard R-1?", "Discard")
    assert (await report(team)).state is ReportState.DRAFT
    said, offer = await team.submit(ask, {}, BEN)
    assert notice([said]) == "Discarded R-1."
    assert [offer] == undo_offers([offer])
    assert team.chat.cards["R-1"].title.startswith("R-1 Discarded")


async def test_a_discarded_draft_comes_back_with_its_text(team: Team) -> None:
    await start(team)
    await draft(team)
    before = await report(team)
    await team.press("retract-report", REPORT, BEN)
    assert before.text not in repr(await team.app.store.page(UNDOABLES))
    await team.undo_last(ANA)
    assert await report(team) == before
    assert team.chat.cards["R-1"].title.startswith("R-1 Draft")
    entries = await team.app.store.find(ENTRIES, "case", CASE)
    assert entries[-1].text == "Undone by Ana: R-1 is draft."


async def filed(team: Team) -> None:
    ask = asked(await team.press("report-filed", REPORT, BEN))
    await team.submit(ask, {"complaint": "C1"}, BEN)


async def test_who_says_that_they_retracted_it_is_asked_whether_that_was_at_amazon(
    confirmed: Team,
) -> None:
    await filed(confirmed)
    ask = asked(await confirmed.press("retract-report", REPORT, BEN, yes=False))
    assert "only if you retracted it at Amazon" in ask.form.intro
    before = await report(confirmed)
    await confirmed.submit(ask, {}, BEN)
    assert (await report(confirmed)).state is ReportState.RETRACTED
    await confirmed.undo_last(ANA)
    assert await report(confirmed) == before


async def test_a_report_is_closed_at_once_only_if_its_offer_is_gone(confirmed: Team) -> None:
    await filed(confirmed)
    answer = asked(await confirmed.press("report-answer", REPORT, BEN))
    await confirmed.submit(answer, {"outcome": "accepted", "words": ""}, BEN)
    before = await report(confirmed)
    assert before.state is ReportState.ACCEPTED
    ask = asked(await confirmed.press("close-report", REPORT, BEN, yes=False))
    assert "is not gone" in ask.form.intro
    await confirmed.submit(ask, {}, BEN)
    await confirmed.undo_last(ANA)
    assert await report(confirmed) == before
    async with confirmed.app.store.transaction() as tx:
        gone = msgspec.structs.replace(before, removed_at=confirmed.clock.now)
        tx.put(REPORTS, gone)
    await confirmed.press("close-report", REPORT, BEN, yes=False)
    assert (await report(confirmed)).state is ReportState.CLOSED
    await confirmed.undo_last(ANA)
    assert await report(confirmed) == gone


async def test_what_became_of_it_since_is_named_where_it_is_not_undone(confirmed: Team) -> None:
    await filed(confirmed)
    await confirmed.press("retract-report", REPORT, BEN)
    async with confirmed.app.store.transaction() as tx:
        tx.put(
            REPORTS, msgspec.structs.replace(await report(confirmed), due_at=confirmed.clock.now)
        )
    assert "This has since changed" in notice(await confirmed.undo_last(ANA))
    assert (await report(confirmed)).state is ReportState.RETRACTED


async def test_a_confirmed_report_asks_one_question_only(confirmed: Team) -> None:
    await confirmed.work()
    shown = [each for card in confirmed.chat.cards.values() for each in card.pressable]
    [discarding] = {each.confirm for each in shown if each.action == "retract-report"}
    assert discarding is None


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


async def handed_over(team: Team) -> Card:
    """Return the message that handed the packet over, as the chat shows it now."""
    await team.work()
    [name] = (await report(team)).handed_over
    return team.chat.cards[name]


async def test_the_message_with_its_packet_says_that_it_was_withdrawn(confirmed: Team) -> None:
    await confirmed.work()
    assert "I filed it" in labels(await handed_over(confirmed))
    text = (await report(confirmed)).text
    await discard(confirmed)
    withdrawn = await handed_over(confirmed)
    assert withdrawn.title == "R-1 was withdrawn"
    assert withdrawn.buttons == ()
    assert text not in shown(withdrawn)


async def test_the_message_offers_the_packet_again_when_that_is_undone(confirmed: Team) -> None:
    await confirmed.work()
    before = await handed_over(confirmed)
    await discard(confirmed)
    await confirmed.work()
    await undo(confirmed)
    assert await handed_over(confirmed) == before


async def test_the_message_hides_a_text_that_was_changed(confirmed: Team) -> None:
    await confirmed.work()
    edit = asked(await confirmed.press("edit-report", REPORT, BEN))
    answers = {each.name: getattr(each, "initial", "") for each in edit.form.inputs}
    await confirmed.submit(edit, {**answers, "text": "Another text."}, BEN)
    replaced = await handed_over(confirmed)
    assert replaced.title == "R-1 is a draft again"
    assert replaced.buttons == ()


async def test_the_message_offers_nothing_to_file_once_it_was_filed(confirmed: Team) -> None:
    await confirmed.work()
    filed = asked(await confirmed.press("report-filed", REPORT, BEN))
    await confirmed.submit(filed, {"complaint": ""}, BEN)
    after = await handed_over(confirmed)
    assert after.title == "R-1 was filed"
    assert "I filed it" not in labels(after)
    assert (await report(confirmed)).text in shown(after)


def labels(card: Card) -> list[str]:
    return [button.label for button in card.pressable]
