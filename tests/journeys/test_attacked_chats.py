"""An attack, its letters and pictures, and the review that decides what to do, in both chats."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.features.checklists.collections import DECISIONS
from tests.journeys.ageing import Moved, days_pass
from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import (
    a_zone,
    in_discord,
    in_slack,
    is_told_once,
    opened,
    seen_in_both,
)
from tests.journeys.hands import Answers
from tests.journeys.office import SLACK_ALERTS, Office, slack_text

PAN, THIEF = "B0ALDER001", "A1QX7ZP9KD4W2M"
TEXT, SHARE, HELD = "Text", "files.completeUploadExternal", 600.0
REVIEW, PDF = "so far", "so-far.pdf"
"""What the review of a running quarter is known by: another one may come by itself."""
A_WEEK, DECIDED = timedelta(days=7), "Keep our texts every Monday."
BUYER = "zoe.quillf@buyers.example"
WHAT: Answers = {
    "What happened?": "Listing taken over",
    "How often?": "Ongoing",
    "What was the damage?": "Title and pictures are of another brand; 40 sales a day are gone.",
}
WHO: Answers = {"Who did it?": "A seller", "Which products?": PAN}
SELLER: Answers = {"Seller ID or address": THIEF}
STORY: Answers = {
    "What happened?": "Since Tuesday the page shows the title and pictures of another brand.",
    "Other steps": "We have put our text back twice, on 24 and 25 November.",
}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_an_attack_is_answered_and_reviewed(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    zone, busy = a_zone()
    await office.ana.invite_bot(SLACK_ALERTS)
    await ben.types("duties")
    await seen_in_both(office, "Alerts now appear in this channel")
    await ana.types("settings", f"zone {zone}")
    assert "Watching" in await ana.types("watch", PAN)
    await _is_logged(office, ben)
    await _is_not_easy(office, ana)
    await _is_told_to_amazon(office, ana, ben)
    await _is_told_to_a_buyer(office, ben)
    await _is_shown(office, ana)
    await _is_reviewed(office, ana)
    await _is_decided(office, ana, ben, zone, busy=busy)
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0


async def _is_logged(office: Office, ben: Ben) -> None:
    """Two forms, of which the second is not complete at first, and the playbook is there."""
    await ben.command("attack")
    await ben.answer(WHAT)
    assert "Enter it here" in await ben.is_refused(WHO)
    told = await ben.says(SELLER)
    assert "Logged A-1 in C-1. The playbook is in its thread." in told
    await seen_in_both(office, "C-1 ·", "Listing taken over: ", THIEF)
    await seen_in_both(office, "K-1 ·", "for anyone who is free", under="C-1 ·")


async def _is_not_easy(office: Office, ana: Ana) -> None:
    """The playbook's first item meets a problem, which is a case of its own."""
    assert "Save what the page shows now" in await ana.gets("K-1 ·", "Begin")
    told = await ana.taps("Problem", {"What did you find?": "Nobody kept our own text."})
    assert "✗ Save what the page shows now: C-2 is open." in told
    await seen_in_both(office, "C-2 ·", "Nobody kept our own text.")
    await seen_in_both(office, "K-1 ·", "✗ Save what the page shows now: C-2 · Ana", under="C-1 ·")


async def _is_told_to_amazon(office: Office, ana: Ana, ben: Ben) -> None:
    """Nobody is called a counterfeiter on suspicion; then it is sent, and both timelines say so."""
    await ana.press("C-1 ·", "Ask Amazon's support")
    await ana.answer({"Language of the request": "English"}, STORY)
    draft = await ana.typed(TEXT)
    wrong = await ana.is_refused({TEXT: f"{draft}\nThey are counterfeiters."})
    assert "'Counterfeit' needs grounds" in wrong
    assert "Ana wrote L-1 to Amazon's support" in await ana.says({TEXT: draft})
    await seen_in_both(office, "L-1 is ready to send", PAN, under="C-1 ·")
    await ben.press("L-1 is ready to send", "I sent it")
    assert "Ben sent L-1" in await ben.says({"Amazon's case ID": "16884437281"})
    await seen_in_both(office, "L-1 was sent to Amazon's support", "16884437281", under="C-1 ·")
    steps = "Ana wrote L-1 to Amazon's support", "Ben sent L-1. Amazon's case ID: 16884437281."
    for timeline in await office.answers_in_both("case", "1", {"number": "1"}):
        assert all(step in timeline for step in steps), timeline


async def _is_told_to_a_buyer(office: Office, ben: Ben) -> None:
    """An address that was typed is refused, and kept nowhere."""
    ordered = datetime.now(UTC) - timedelta(days=5)
    await ben.command("buyer")
    matter: Answers = {
        "What happened?": "They received the wrong item",
        "Did the buyer write first?": "Yes, this is our reply",
        "Who ships the order?": "We ship it ourselves",
        "What do you offer?": "A replacement",
    }
    order: Answers = {"Order ID": BUYER, "When was it ordered?": f"{ordered:%Y-%m-%d}"}
    await ben.answer(matter)
    assert "Enter an order ID like" in await ben.is_refused(order)
    await ben.answer({**order, "Order ID": "114-1234567-1234567"})
    draft = await ben.typed(TEXT)
    assert "No contact details" in await ben.is_refused({TEXT: f"{draft}\nMail: {BUYER}"})
    assert "L-2 is ready to send" in await ben.says({TEXT: draft})
    assert "L-2 was sent to the buyer" in await ben.taps("I sent it")
    kept = [path for path in office.folder.rglob("*") if path.is_file()]
    assert [path for path in kept if b"quillf" in path.read_bytes().lower()] == []


async def _is_shown(office: Office, ana: Ana) -> None:
    """The pictures of the attacks stand in both channels, and say what they show."""
    assert "Listing taken over" in await ana.types("attacks")
    await ana.touches("Post charts to channel")
    await office.in_either(
        lambda: (
            len(_in_slack(office, ".png")) > 1
            and _in_slack(office, ".png") == _in_discord(office, ".png")
        )
    )
    slack = _in_slack(office, ".png")
    assert len(slack) == len({alt for alt, _ in slack.values()}) > 1
    assert all(len(alt) > 40 and picture.startswith(b"\x89PNG") for alt, picture in slack.values())


async def _is_reviewed(office: Office, ana: Ana) -> None:
    """It dies when Slack has taken the PDF and nobody wrote that down: there is one of each."""
    office.slack.faults.slow(SHARE, HELD)
    assert "will appear in the channel" in await ana.types("review", "now")
    await office.in_slack(lambda: _in_slack(office, PDF))
    assert office.slack.injected[f"{SHARE} slow"] == 1
    await office.die()
    await office.start()
    await seen_in_both(office, "1 unsolved problem", "so far, point 1 of", under=REVIEW)
    [(_, slack)] = _in_slack(office, PDF).values()
    [(_, discord)] = (await office.in_discord(lambda: _in_discord(office, PDF))).values()
    assert slack == discord
    assert slack.startswith(b"%PDF-")


async def _is_decided(office: Office, ana: Ana, ben: Ben, zone: str, *, busy: bool) -> None:
    """What Ben decides in Discord comes back when it is due, and Ana does it in Slack."""
    due = datetime.now(ZoneInfo(zone)) + A_WEEK
    await ben.press("so far, point 1 of", "Decide")
    told = await ben.says({"What will be done?": DECIDED, "Due date": f"{due:%Y-%m-%d}"})
    assert "Decision saved: Ben, due" in told
    await seen_in_both(office, "so far, point 1 of", "Decision", DECIDED, under=REVIEW)
    await days_pass(office, Moved(DECISIONS, A_WEEK))
    if not busy:
        assert "1 decision due" in await ana.types("todo")
        assert not [each for each in in_slack(office) if "K-2 ·" in slack_text(each)]
        return
    await seen_in_both(office, "K-2 ·", "Decisions due", f"☐ {DECIDED} · Ben")
    assert f"Ben: {DECIDED}" in await ana.gets("K-2 ·", "Begin")
    assert "Ben decided this on" in await ana.taps(f"Do: {DECIDED}")
    assert "All answered: 1 done." in await ana.taps("Done")
    await seen_in_both(office, "K-2 ·", "all answered", f"✓ {DECIDED} · Ana")
    assert DECIDED not in await ben.types("review")


Files = dict[str, tuple[str, bytes]]
"""What stands for each, and its bytes, by name."""


def _in_slack(office: Office, ending: str) -> Files:
    files = [file for told in office.slack.channel(SLACK_ALERTS).history for file in told.files]
    found = [file for file in files if file.name.endswith(ending)]
    assert len(found) == len({file.name for file in found}), "a file came twice"
    return {file.name: (file.alt, file.data or b"") for file in found}


def _in_discord(office: Office, ending: str) -> Files:
    files = [file for told in in_discord(office) for file in told.attachments]
    found = [file for file in files if file.name.endswith(ending)]
    assert len(found) == len({file.name for file in found}), "a file came twice"
    return {file.name: (file.description, file.content) for file in found}
