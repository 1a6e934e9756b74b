"""What reaches far is asked about and undone, in both chats: take-over, draft, trust, end."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import in_discord, is_told_once, opened, seen_in_both
from tests.journeys.office import SLACK_ALERTS, Office, discord_text
from tests.journeys.test_reporting_chats import COPY, RIGHT
from tests.platforms.discord.seen import seen
from tests.platforms.slack.seen import seen as seen_in_slack

PAN = "B0ALDER001"
THIEF = "A1QX7ZP9KD4W2M"
ARRIVED = 14
"""Seconds of the demo's story at which a stranger sells the pan."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_what_reaches_far_is_asked_about_and_undone(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    for answer in await office.answers_in_both("watch", PAN, {"product": PAN}):
        assert "atching" in answer
    office.world.advance(ARRIVED)
    await seen_in_both(office, "C-1", THIEF)
    await _is_trusted(office, ana)
    await _is_taken_over(office, ana, ben)
    await _is_dropped(office, ana, ben)
    await _is_closed(office, ben)
    await is_told_once(office)
    _who_lost_it_is_called(office)
    assert await office.end(signal.SIGTERM) == 0


def _who_lost_it_is_called(office: Office) -> None:
    """Each is called in their own chat by the other's taking over, and nobody else is."""
    for called, who in (
        (office.slack.mentions, office.ana.id),
        (office.discord.pings, str(office.ben.id)),
    ):
        assert called
        assert all(who in each for each in called), called
        called.clear()


async def _is_taken_over(office: Office, ana: Ana, ben: Ben) -> None:
    """The form says who works on it; either chat undoes what the other one did."""
    await ben.press("C-1", "Assign")
    await ben.answer({"Assign to": str(office.ben.id)})
    await seen_in_both(office, "Ben took it.", under="C-1")
    await ana.press("C-1", "Assign")
    await office.in_slack(lambda: office.ana.modal)
    assert office.ana.modal is not None
    asked = seen_in_slack(office.ana.modal).text
    assert "Ben works on C-1. You can undo this for 10 minutes." in asked
    await ana.answer({"Assign to": office.ana.id})
    await seen_in_both(office, "Ana took it from Ben.", "You can undo this until", under="C-1")
    await ben.press("Ana took it from Ben.", "Undo")
    await seen_in_both(office, "Undone by Ben: Ben has it again.", under="C-1")
    await ana.press("C-1", "Assign")
    await ana.answer({"Assign to": office.ana.id})
    await seen_in_both(office, "Ana took it from Ben.", under="C-1")
    await ben.press("C-1", "Assign")
    await ben.answer({"Assign to": str(office.ben.id)})
    await seen_in_both(office, "Ben took it from Ana.", under="C-1")


async def _is_dropped(office: Office, ana: Ana, ben: Ben) -> None:
    await ana.command("rights", "add")
    await ana.answer(*RIGHT)
    await ben.press("C-1", "File a report")
    await ben.answer(*COPY)
    await seen_in_both(office, "R-1 Draft", under="C-1")
    await ana.press("R-1 Draft", "Discard")
    await office.in_slack(lambda: office.ana.modal)
    assert office.ana.modal is not None
    assert "The draft won't be filed." in seen_in_slack(office.ana.modal).text
    await ana.answer({})
    await seen_in_both(office, "R-1 Discarded", under="C-1")
    await seen_in_both(office, "Ana discarded R-1.", "You can undo this until", under="C-1")
    await ben.press("Ana discarded R-1.", "Undo")
    await seen_in_both(office, "Undone by Ben: R-1 is draft.", under="C-1")
    await seen_in_both(office, "R-1 Draft", under="C-1")


async def _is_trusted(office: Office, ana: Ana) -> None:
    """Who may not is told in private, and who may; the form is the one question."""
    await ana.press("C-1", "Acknowledge")
    await seen_in_both(office, "Ana acknowledged it.", under="C-1")
    cleo = office.discord.person("Cleo")
    [card] = [each for each in in_discord(office) if THIEF in discord_text(each)]
    await office.in_discord(lambda: "Authorize seller" in seen(card).buttons)
    assert (await cleo.press(card, "Authorize seller")).answered
    await office.in_discord(lambda: cleo.ephemerals)
    told = discord_text(cleo.ephemerals[-1])
    assert "Only admins can authorize sellers. Your role is member. Ask " in told
    assert "Ana" in told
    await ana.press("C-1", "Authorize seller")
    await ana.answer({"On which products?": f"Only {PAN}"})
    await seen_in_both(office, f"Ana authorized {THIEF}")
    assert office.ana.confirmed == []
    await seen_in_both(office, "Ana closed it: the seller is authorized.", under="C-1")
    await ana.press(f"Ana authorized {THIEF}", "Undo")
    await seen_in_both(office, "Ana undid this")
    await seen_in_both(office, "Undone by Ana: the seller is not trusted.", under="C-1")


async def _is_closed(office: Office, ben: Ben) -> None:
    await ben.press("C-1", "Close")
    told = await ben.says({"Why are you closing it?": "False alarm"})
    assert "Ben closed C-1: false alarm." in told
    assert "You can undo this until" in told
    await seen_in_both(office, "Ben closed it: false alarm.", under="C-1")
    await ben.touches("Undo")
    await seen_in_both(office, "Undone by Ben: the case is open again.", under="C-1")
    assert "Ben undid this at" in ben.told[-2] or "Ben undid this at" in ben.told[-1]
