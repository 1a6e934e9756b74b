"""A product's price history: read in each chat, and posted to both as the same picture."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import AGAIN, Ana, Ben
from tests.journeys.both_chats import in_discord, opened, seen_in_both
from tests.journeys.office import ALERTS, SLACK_ALERTS, Office
from tests.patience import PATIENCE

SAUCEPAN = "B0ALDER001"
TITLE = "Price history"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_a_price_history_is_read_and_posted(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    for somebody in (ana, ben):
        assert "No watched products yet" in await somebody.types("watches")
    await seen_in_both(office, "Alerts now appear in this channel")
    assert "is not watched" in await _read(office, ben)
    await ana.command("watch", SAUCEPAN)
    async with asyncio.timeout(PATIENCE):
        while "Our price" not in (read := await _read(office, ben)):  # noqa: ASYNC110 - no event
            await asyncio.sleep(AGAIN)
    assert TITLE in read
    assert "Post chart to channel" in ben.buttons(ben.cards[-1])
    assert TITLE in await ana.types("history", SAUCEPAN)
    await ana.touches("Post chart to channel")
    await _stands_in_both(office)
    assert await office.end(signal.SIGTERM) == 0


async def _read(office: Office, ben: Ben) -> str:
    """Let Ben type the command, whose product is an option of its own at Discord."""
    before = len(ben.cards)
    assert (await office.ben.command("history", {"product": SAUCEPAN}, ALERTS)).answered
    await ben.until(lambda: len(ben.cards) > before)
    return ben.text(ben.cards[-1])


async def _stands_in_both(office: Office) -> None:
    await office.in_either(lambda: _in_slack(office) and _in_slack(office) == _in_discord(office))
    [(name, (alt, picture))] = _in_slack(office).items()
    assert SAUCEPAN in name
    assert "Our price: " in alt
    assert picture.startswith(b"\x89PNG")


def _in_slack(office: Office) -> dict[str, tuple[str, bytes]]:
    files = [file for told in office.slack.channel(SLACK_ALERTS).history for file in told.files]
    return {file.name: (file.alt, file.data or b"") for file in files if file.name.endswith(".png")}


def _in_discord(office: Office) -> dict[str, tuple[str, bytes]]:
    files = [file for told in in_discord(office) for file in told.attachments]
    return {
        file.name: (file.description, file.content) for file in files if file.name.endswith(".png")
    }
