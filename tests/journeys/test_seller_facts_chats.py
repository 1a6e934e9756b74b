"""Who a stranger is, read in both chats; and at the page, with its source and day."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from bot.core.resources import Resources
from bot.features.cases.resources import FACTS_SOURCE
from tests.journeys.alone import Ana, Ben
from tests.journeys.at_the_page import invaded_house
from tests.journeys.both_chats import is_told_once, opened, seen_in_both
from tests.journeys.office import SLACK_ALERTS, Office
from tests.unit.features.cases.facts import THIEVES, FakeFacts

PAN, STRANGER = "B0ALDER001", "AALDER001THIEF"
OFFERED = "6 products in US"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(tmp_path, keepa=True) as office:
        yield office


@pytest.mark.ci
async def test_both_chats_say_who_it_is_by_whose_word_and_when(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "No watched products yet" in await ana.types("watches")
    assert "No watched products yet" in await ben.types("watches")
    await seen_in_both(office, "Alerts now appear in this channel")
    await ana.command("watch", "all")
    await seen_in_both(office, OFFERED, "Not watched yet")
    await ben.press(OFFERED, "Watch 6 products")
    await seen_in_both(office, "Unknown seller 'Harbor Goods'")
    await seen_in_both(office, "Who it is", "97% positive of 3,310 ratings", "simulated Keepa")
    assert "Keepa: 300 tokens left" in await ana.types("health")
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0


async def test_the_page_says_it_too(tmp_path: Path) -> None:
    reading = msgspec.structs.replace(THIEVES, seller=STRANGER)
    facts = FakeFacts(sellers={STRANGER: reading}, simulated=True)
    resources = Resources().having(FACTS_SOURCE, facts)
    async with invaded_house(tmp_path, "US", PAN, resources) as (_, person):
        await person.work()
        await person.look()
        shown = "".join(person.seen)
    assert "Who it is" in shown
    assert "Bright Leaf Trading Co., Ltd., Example City, 518000, CN" in shown
    assert "From the simulated Keepa, " in shown
