"""/watch all, asked in one chat and confirmed in the other."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import is_told_once, opened, seen_in_both
from tests.journeys.office import SLACK_ALERTS, Office

OFFERED = "6 products in US"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_an_account_is_read_in_one_chat_and_watched_from_the_other(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "No watched products yet" in await ana.types("watches")
    assert "No watched products yet" in await ben.types("watches")
    await seen_in_both(office, "Alerts now appear in this channel")
    await ana.command("watch", "all")
    await seen_in_both(office, OFFERED, "Not watched yet")
    await ben.press(OFFERED, "Watch 6 products")
    await seen_in_both(office, "Now watching 6 more products", "Confirmed by")
    await ana.command("watch", "all")
    await seen_in_both(office, "Already watching 6 products in US")
    await seen_in_both(office, "Unknown seller 'Harbor Goods'")
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0
