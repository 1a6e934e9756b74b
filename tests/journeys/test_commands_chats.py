"""One command with everything below it, and the settings as a form, in both chats."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import is_told_once, opened, seen_in_both
from tests.journeys.office import ALERTS, SLACK_ALERTS, Office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_a_command_is_typed_behind_the_one_and_named_so(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "No watched products yet" in await ana.types("brand", "watches")
    # An app that was made with all commands goes on having them.
    assert "No watched products yet" in await ana.types("watches")
    assert "No watched products yet" in await ben.types("brand watches")
    for card in (await ana.types("brand", "settings"), await ben.types("brand settings")):
        assert "\n/brand settings zone Europe/Berlin" in card
    # The same command stands in a group in one chat, and may be typed so in the other.
    asks = "Which case? Add its number"
    assert asks in await ben.types("brand report evidence")
    assert asks in await ana.types("brand", "evidence")
    assert asks in await ana.types("brand", "report evidence")
    await office.ben.command("brand help", {"words": "commands"}, ALERTS)
    assert "\nreport evidence · " in ben.told[-1]
    assert "\nevidence · " in await ana.types("brand", "help commands")
    assert "Did you mean '/brand watch'?" in await ana.types("brand", "wtach")
    assert await office.end(signal.SIGTERM) == 0


@pytest.mark.ci
async def test_settings_are_changed_in_a_form_that_says_what_changes(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    await ben.types("brand settings")
    await ana.types("brand", "settings")
    await ana.touches("Change settings")
    pages = [{"Time zone": "Europe/Berlin"}, {"Profit margin": "30%"}]
    last = [{"Mentions a night": "at most 5"}, {"What to save": "Save"}]
    assert "Changed 3 settings." in await ana.says(*pages, *last)
    await seen_in_both(office, "Time zone: Europe/Berlin")
    await seen_in_both(office, "Mentions a night: at most 5")
    assert "Europe/Berlin" in await ben.types("brand settings")
    await ben.touches("Change settings")
    shorter = [{"Daily digest": "08:00"}, {"Evidence of closed cases": "is deleted after 90 days"}]
    last = [
        {"Mentions a night": "at most 5"},
        {"What to save": "Save, but keep evidence as before"},
    ]
    assert "Changed 1 setting." in await ben.says(*shorter, *last)
    await seen_in_both(office, "Daily digest: 08:00")
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0
