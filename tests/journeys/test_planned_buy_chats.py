"""A test buy from its plan to the packet that rests on it, each step in the other chat."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.clocks import utc_now
from tests.journeys.hands import (
    Answers,
    Hands,
    InDiscord,
    InSlack,
    files_in_both,
    picture,
)
from tests.journeys.office import HURRY, SLACK_ALERTS, Office, discord_text, open_office, slack_text

PAN = "B0ALDER001"
SHOP = "BrightLeaf Store 88"
ARRIVED = 14
"""Seconds of the demo's story at which a stranger sells the pan."""
ORDER = "114-1234567-1234567"
RIGHT: tuple[Answers, ...] = (
    {"What is it?": "Trademark", "Trademark text, work or invention": "ALDER & FINCH"},
    {"Country or office": "US", "Registration number": "7123456", "Status": "Registered"},
    {"Registered owner": "Alder & Finch Ltd", "Classes": "21", "Expires on": "2034-05-14"},
)
TOO_EARLY: tuple[Answers, ...] = (
    {"What is it about?": "A product that may not be ours"},
    {"What do you see?": "A copy we did not make", "How do you know?": "We suspect it"},
)
COPY: tuple[Answers, ...] = (
    {"What is it about?": "A product that may not be ours"},
    {
        "What do you see?": "A copy we did not make",
        "How do you know?": "We bought one and inspected it",
    },
    {"What now?": "Draft it"},
)
WHAT = "What do you want to add?"
PLANNED = "Test buy for C-1: "


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, HURRY) as office:
        await office.start()
        yield office


@pytest.mark.ci
async def test_a_test_buy_is_planned_ordered_unpacked_and_reported(office: Office) -> None:
    ana, ben = InSlack(office), InDiscord(office)
    await _meets_a_stranger(office, ana, ben)
    await ben.press("C-1", "File a report")
    await ben.answer(*TOO_EARLY)
    await office.told_in_both("C-1: buy one first")
    await ana.press("C-1: buy one first", "Plan a test buy")
    soon = (utc_now() + timedelta(days=2)).date().isoformat()
    await ana.answer({"Deliver to": "Ana's home", "Budget": "40", "Remind on": soon})
    await office.told_in_both(f"{PLANNED}not ordered yet")
    await _is_bought(office, ben)
    await ana.press(PLANNED, "Record test buy")
    await ana.answer({WHAT: "A test buy"}, *_recorded())
    await office.told_in_both(f"{PLANNED}recorded")
    await ben.press("C-1", "Collect evidence")
    ours = ("ours.png", "image/png", picture("PNG"))
    shown: Answers = {"Photos": [ours], "What do the files show?": "The logo"}
    await ben.answer({WHAT: "Photos of the genuine product"}, shown)
    await office.told_in_both("Photo of the genuine product")
    await ben.press("C-1", "File a report")
    await ben.answer(*COPY)
    await office.told_in_both("R-1 Draft")
    await ana.press("R-1 Draft", "Confirm")
    pdf, _ = await files_in_both(office, "-R-1.pdf", "-R-1.zip")
    assert pdf.startswith(b"%PDF-")
    assert await office.end(signal.SIGTERM) == 0


async def _meets_a_stranger(office: Office, ana: Hands, ben: Hands) -> None:
    await office.ana.invite_bot(SLACK_ALERTS)
    await ana.command("rights", "add")
    await ana.answer(*RIGHT)
    await ben.command("rights")
    await office.in_discord(
        lambda: any("7123456" in discord_text(m) for m in office.ben.ephemerals)
    )
    await ana.command("watch", PAN)
    await office.in_slack(lambda: any("Watching" in told for told in office.ana_is_told()))
    office.world.advance(ARRIVED)
    await office.in_slack(lambda: any(SHOP in slack_text(m) for m in office.slack_alerts()))
    await office.in_discord(lambda: any(SHOP in discord_text(m) for m in office.discord_alerts()))


async def _is_bought(office: Office, ben: Hands) -> None:
    """The order, and photos of what came."""
    today = utc_now().date().isoformat()
    await ben.press(PLANNED, "Ordered")
    await ben.answer({"Order ID": ORDER, "Ordered on": today, "Price of one unit": "34.90"})
    await office.told_in_both(f"{PLANNED}ordered, not here yet")
    await ben.press(PLANNED, "Arrived")
    photo = ("theirs.png", "image/png", picture("PNG"))
    await ben.answer({"Photos": [photo], "What do the files show?": "The box"})
    await office.told_in_both(f"{PLANNED}arrived, not recorded yet")


def _recorded() -> tuple[Answers, ...]:
    """What is not known by then; order, seller, listing, price and days are."""
    return (
        {"Order ID": ORDER},
        {"What arrived?": "Not what it should be"},
        {
            "How does it differ from the genuine product?": "The logo is printed, not embossed.",
            "How did you find out?": "Compared side by side under a lens.",
        },
    )
