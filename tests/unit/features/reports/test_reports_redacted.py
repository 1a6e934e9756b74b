"""The words of a report are removed by its label; what is still to be filed is edited instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.collections import OUTBOX
from bot.core.forms import Answers
from bot.errors import ChatError, Refusal
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import CUSTODY
from bot.features.evidence.models.custody import CustodyAction, broken
from bot.features.evidence.models.items import EvidenceKind
from tests.unit.conftest import ANA, BEN, Team, asked, card_text
from tests.unit.features.reports.reporting import (
    CASE,
    REPORT,
    answer,
    collect,
    draft,
    everything,
    report,
    shown,
    start,
)
from tests.unit.redacted import TRACE, WHY, WORDS, assert_gone, on_disk, redact, refused


@pytest.fixture
async def drafted(team: Team) -> Team:
    await start(team)
    await everything(team)
    await draft(team)
    return team


async def edit(team: Team, *lines: str) -> None:
    ask = asked(await team.press("edit-report", REPORT, BEN))
    [text, *_] = ask.form.inputs
    kept = [line for line in getattr(text, "initial", "").splitlines() if TRACE not in line]
    answers = {each.name: getattr(each, "initial", "") for each in ask.form.inputs}
    await answer(team, ask, {**answers, "text": "\n".join([*kept, *lines])})


async def filed(team: Team) -> None:
    await edit(team, f"{WORDS} about the pan.")
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    await answer(team, asked(await team.press("report-filed", REPORT, BEN)), {"complaint": ""})


async def refuse(team: Team, words: str) -> None:
    """Note that Amazon did not accept it, in these words."""
    ask = asked(await team.press("report-answer", REPORT, BEN))
    said: Answers = {"outcome": "not-accepted", "words": words}
    await answer(team, ask, said, {"refusal": "vague"})


async def test_a_filed_report_loses_its_texts_and_its_packet_and_keeps_its_seal(
    drafted: Team, tmp_path: Path
) -> None:
    await filed(drafted)
    await refuse(drafted, f"{WORDS}, said Amazon")
    packet = (await report(drafted)).packet
    assert packet is not None
    assert on_disk(tmp_path)
    assert TRACE in repr(drafted.chat.cards)
    ask = asked(await drafted.type("/redact R-1"))
    assert "Keeps the packet's seal" in ask.form.intro
    await drafted.submit(ask, {"why": WHY})
    await drafted.work()
    await assert_gone(drafted, tmp_path)
    redacted = await report(drafted)
    assert {version.text for version in redacted.versions} == {"[removed]"}
    assert (redacted.packet, redacted.seal) == (None, packet.seal)
    assert await drafted.app.evidence.kept_at(packet.pdf.content) == 0
    [handed] = [card for card in drafted.chat.cards.values() if "text removed" in card.title]
    assert packet.seal in shown(handed)
    assert packet.seal in shown(drafted.chat.cards["R-1"])
    assert f"Ana removed the text of R-1: {WHY}" in card_text(await drafted.type("/case 1"))
    log = await drafted.app.store.find(CUSTODY, "case", CASE)
    deeds = [entry.deed for entry in log]
    assert CustodyAction.REDACTED in deeds
    assert any(packet.seal in entry.detail for entry in log)
    assert broken(log) == []
    assert "has no text" in await refused(drafted, "R-1")


async def test_why_it_was_discarded_goes_with_its_words(drafted: Team, tmp_path: Path) -> None:
    await drafted.press("confirm-report", REPORT, ANA)
    ask = asked(await drafted.press("retract-report", REPORT, BEN))
    await answer(drafted, ask, {"reason": WORDS})
    assert on_disk(tmp_path)
    await redact(drafted, "R-1")
    await drafted.work()
    await assert_gone(drafted, tmp_path)


async def test_of_a_report_that_is_still_to_be_filed_the_older_texts_go(
    drafted: Team, tmp_path: Path
) -> None:
    says = await refused(drafted, "R-1")
    assert says.startswith("The text of R-1 has not been filed yet. Press 'Edit text'")
    await edit(drafted, f"{WORDS} about the pan.")
    await edit(drafted, "A buyer called about the pan.")
    assert on_disk(tmp_path)
    ask = asked(await drafted.type("/redact R-1"))
    assert "The newest version has not been filed yet" in ask.form.intro
    await drafted.submit(ask, {"why": WHY})
    await assert_gone(drafted, tmp_path)
    redacted = await report(drafted)
    assert [version.text for version in redacted.versions[:-1]] == ["[removed]", "[removed]"]
    assert "A buyer called about the pan." in redacted.text
    entries = await drafted.app.store.find(ENTRIES, "case", CASE)
    assert sum("removed the text of R-1" in entry.text for entry in entries) == 1


async def test_what_waits_to_be_sent_is_changed_too(drafted: Team, tmp_path: Path) -> None:
    drafted.chat.out = ChatError("It is out.", refusal=Refusal.CHAT)
    await filed(drafted)
    waiting = repr(await drafted.app.store.page(OUTBOX))
    assert TRACE in waiting
    await redact(drafted, "R-1")
    await drafted.work()
    assert TRACE not in repr(await drafted.app.store.page(OUTBOX))
    drafted.chat.out = None
    drafted.clock.advance(minutes=30)
    await drafted.dispatcher.deliver()
    await assert_gone(drafted, tmp_path)


async def test_what_stood_before_is_not_said_again_when_it_is_tried_again(drafted: Team) -> None:
    await filed(drafted)
    await refuse(drafted, WORDS)
    await redact(drafted, "R-1")
    await drafted.press("refile", REPORT, BEN)
    assert "[removed]" not in (await report(drafted, "000002")).text


async def first_line(team: Team, key: str, line: str) -> None:
    """Replace the first line of a report's text."""
    ask = asked(await team.press("edit-report", key, BEN))
    answers = {each.name: getattr(each, "initial", "") for each in ask.form.inputs}
    _, *rest = answers["text"].splitlines()
    await answer(team, ask, {**answers, "text": "\n".join([line, *rest])})


@pytest.mark.parametrize("by_entry", [False, True])
async def test_another_report_with_the_same_sentences_keeps_them(
    drafted: Team, *, by_entry: bool
) -> None:
    await first_line(drafted, REPORT, f"{WORDS} about the pan.")
    await filed(drafted)
    await refuse(drafted, "Too vague.")
    await drafted.press("refile", REPORT, BEN)
    await first_line(drafted, "000002", f"{WORDS} about the pan.")
    await first_line(drafted, "000002", "A buyer called.")
    again = await report(drafted, "000002")
    known = await drafted.app.store.find(ENTRIES, "case", CASE)
    telling = [each for each in known if each.text.endswith("changed the text of R-2.")]
    changed = [each for each in known if each.text.endswith("changed the text of R-1.")]
    await redact(drafted, f"1 {changed[0].place}" if by_entry else "R-1")
    assert (await report(drafted)).versions[0].text == "[removed]"
    assert (await report(drafted, "000002")).versions == again.versions
    left = [await drafted.app.store.get(ENTRIES, each.key) for each in telling]
    assert left == telling


@pytest.mark.parametrize("note", ["Sold out", "It is Sold out again.", "Sold outside of Amazon"])
async def test_why_there_are_no_orders_stays_though_a_note_says_the_same(
    drafted: Team, note: str
) -> None:
    await collect(drafted, EvidenceKind.ORDERS, {"files": (), "typed": "", "none": "Sold out"})
    await drafted.type(f"/note 1 {note}", BEN)
    entry = (await drafted.app.store.find(ENTRIES, "case", CASE))[-1]
    await redact(drafted, f"1 {entry.place}")
    assert (await report(drafted)).no_orders == "Sold out"
    await redact(drafted, f"1 {entry.place - 1}")
    assert (await report(drafted)).no_orders == "[removed]"


async def test_an_unknown_report_is_told(team: Team) -> None:
    assert "There is no report 'R-7'." in await refused(team, "R-7")
