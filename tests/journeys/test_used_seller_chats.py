"""A stranger who sells used goods, in both chats: from the card to the choice to leave it out."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import in_discord, in_slack, opened, seen_in_both
from tests.journeys.office import SLACK_ALERTS, Office, discord_text, slack_text

KNIFE, BOWLS, SHELF = "B0ALDER005", "B0ALDER003", "A3SECONDSHELF1"
BEFORE, ARRIVED, LEFT = 300, 335, 1505
"""Seconds of the demo's story."""
OFFER = "offer by an unknown seller"
USED = f"Used {OFFER}"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_a_used_offer_is_told_explained_limited_and_undone(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    office.world.advance(BEFORE)
    await office.ana.invite_bot(SLACK_ALERTS)
    for answer in await office.answers_in_both("watch", KNIFE, {"product": BOWLS}):
        assert "Watching" in answer
    office.world.advance(ARRIVED - BEFORE)
    await seen_in_both(office, USED, SHELF, "like new", "below new", "lawful in general")
    assert f"{SHELF} · used (like new)" in await ana.types("check", KNIFE)
    assert "all conditions" in await ana.types("watches")

    assert "Changed" in await ana.types("conditions", f"{KNIFE} new")
    await seen_in_both(office, "Ana limited", "no longer raise alerts")
    await seen_in_both(office, "Over for now: used offer")
    assert "new offers only" in await ben.types("watches")
    await ana.press("Ana limited", "Undo")
    await seen_in_both(office, "Ana undid this")
    await seen_in_both(office, f"{KNIFE} is checked in all conditions again", under=OFFER)

    office.world.advance(LEFT - ARRIVED)
    await seen_in_both(office, f"Seller {SHELF} no longer offers", under=OFFER)
    await seen_in_both(office, "Over for now: used offer")
    for told in (map(slack_text, in_slack(office)), map(discord_text, in_discord(office))):
        assert sum(OFFER in each for each in told) == 1
    assert await office.end(signal.SIGTERM) == 0
