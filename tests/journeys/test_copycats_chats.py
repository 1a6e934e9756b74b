"""Copycats: searched for in one chat, compared in the other, and a case that both see."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import is_told_once, opened, seen_in_both
from tests.journeys.office import SLACK_ALERTS, Office

ACCOUNT = "6 products in US"
LIST = "2 products look like yours"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path) as office:
        yield office


@pytest.mark.ci
async def test_a_copycat_is_found_compared_and_becomes_a_case(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "No watched products yet" in await ana.types("watches")
    assert "No watched products yet" in await ben.types("watches")
    await seen_in_both(office, "Alerts now appear in this channel")
    await _watches_the_account(office, ana, ben)
    await ana.command("copycats")
    await seen_in_both(office, LIST, "YIMEI STAR")
    await _is_compared(office, ana, ben)
    await _is_not_lost(office, ana)
    await _offers_the_brands_others(office, ana, ben)
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0


async def _watches_the_account(office: Office, ana: Ana, ben: Ben) -> None:
    await ana.command("watch", "all")
    await seen_in_both(office, ACCOUNT, "Not watched yet")
    await ben.press(ACCOUNT, "Watch 6 products")
    await seen_in_both(office, "Now watching 6 more products")


async def _is_compared(office: Office, ana: Ana, ben: Ben) -> None:
    """Ben says what it is; Ana sees the case, and what is left on the same list."""
    card = await ben.gets(LIST, "Compare 1")
    assert "Compare with Alder & Finch Cast Iron Saucepan" in card
    assert "brand name 100%, words 100%" in card
    said = await ben.taps("Copy")
    assert "is open: A1der&Finch Cast Iron Saucepan" in said
    await seen_in_both(office, "Copycat listing", "B0LOOKS001")
    await seen_in_both(office, "1 product looks like yours", "YIMEI STAR")
    assert "YIMEI STAR" in await ana.gets("1 product looks like yours", "Compare 1")


async def _is_not_lost(office: Office, ana: Ana) -> None:
    """What stood on the screen before the program died can be pressed after it, and undone."""
    await office.die()
    await office.start()
    assert "Set aside: YIMEI STAR Cutting Board" in await ana.taps("Other")
    await seen_in_both(office, "Nothing left to compare")
    assert "Compare with Alder & Finch Cutting Board" in await ana.taps("Undo")
    await seen_in_both(office, "1 product looks like yours")
    assert "Set aside" in await ana.taps("Other")


async def _offers_the_brands_others(office: Office, ana: Ana, ben: Ben) -> None:
    await ana.command("watch", "brand")
    await seen_in_both(office, "1 product of Alder & Finch not in your account", "B0ALDER007")
    await ben.press("not in your account", "Watch 1 product")
    await seen_in_both(office, "Now watching 1 more product")
