"""A stranger of whom Amazon tells: seen at once, in both chats, whatever else is in the queue."""

from __future__ import annotations

import signal
from pathlib import Path
from random import Random

import pytest

from adapters.simulator.notifier import OFFERS, Notifier, Weather
from bot.core.clocks import utc_now
from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import is_told_once, seen_in_both
from tests.journeys.office import HURRY, SLACK_ALERTS, open_office
from tests.queues import KEY, SECRET, left, moto_server, new_queue, send
from tests.unit.adapters.simulator.selling import US

SAUCEPAN = "B0ALDER001"
TWICE = Weather(doubled=1.0, cased=1.0)
HEALTH = "Amazon's notifications"


@pytest.mark.ci
@pytest.mark.queue
async def test_a_stranger_is_seen_as_soon_as_amazon_tells(tmp_path: Path) -> None:
    with moto_server() as base:
        address = await new_queue(base, "brandwarden")
        async with open_office(tmp_path, HURRY) as office:
            office.settings |= {
                # Its turn does not come in this test.
                "CHECK_EVERY": "PT9H",
                "PUSH_QUEUE_URL": address.url,
                "PUSH_ACCESS_KEY_ID": KEY,
                "PUSH_SECRET_ACCESS_KEY": SECRET,
            }
            await office.start()
            ana, ben = Ana(office), Ben(office)
            await office.ana.invite_bot(SLACK_ALERTS)
            await ana.command("watch", SAUCEPAN)
            assert "None yet" in await ben.types("health")
            await seen_in_both(office, "Alerts now appear in this channel")
            office.world.advance(13)
            told = Notifier(Random(1), TWICE).send(OFFERS, SAUCEPAN, US, 0.0, utc_now())
            await send(base, address, "poison", *(each.text for each in told))
            await seen_in_both(office, "Unknown seller")
            for hands in (ana, ben):
                text = await hands.hears("health", "Could not read 1 message in all")
                assert HEALTH in text
            await is_told_once(office)
            assert await office.end(signal.SIGTERM) == 0
        assert await left(base, address) == 0
