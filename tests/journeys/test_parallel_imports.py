"""Genuine goods from outside the EEA on amazon.de: a lawyer's decision, and no packet, anywhere."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from adapters.simulator import demo_scenario
from adapters.simulator.scenario import Scenario
from bot.core.marketplaces import Marketplace
from bot.features.cases.collections import CASES
from bot.features.reports.collections import REPORTS
from tests.journeys.at_the_page import invaded_house
from tests.journeys.hands import Answers, Hands, InDiscord, InSlack
from tests.journeys.office import (
    HURRY,
    SLACK_ALERTS,
    Office,
    discord_text,
    open_office,
    slack_text,
)

PAN = "B0ALDER001"
ARRIVED = 14
"""Seconds of the demo's story at which a stranger sells the pan."""
MARK: tuple[Answers, ...] = (
    {"What is it?": "Trademark", "Trademark text, work or invention": "ALDER & FINCH"},
    {"Country or office": "EU", "Registration number": "018123456", "Status": "Registered"},
    {"Registered owner": "Alder & Finch Ltd", "Classes": "21", "Expires on": "2034-05-14"},
)
IMPORTED: tuple[Answers, ...] = (
    {"What is it about?": "Our product, new and genuine"},
    {
        "What do you see?": "Sold without our permission",
        "How do you know?": "Our own records show it",
    },
    {"Where were the goods first sold?": "Outside the EEA"},
)


def german() -> Scenario:
    """Return the demo's world, moved to amazon.de."""
    scenario, german = demo_scenario(), Marketplace.named("DE").id
    moved = (
        msgspec.structs.replace(each, marketplace=german, currency="EUR")
        for each in scenario.products
    )
    return msgspec.structs.replace(scenario, products=tuple(moved))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, HURRY, german()) as office:
        await office.start()
        yield office


@pytest.mark.ci
async def test_a_parallel_import_in_germany_ends_with_a_lawyer_in_both_chats(
    office: Office,
) -> None:
    ana, ben = InSlack(office), InDiscord(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    await ana.command("rights", "add")
    await ana.answer(*MARK)
    await ben.command("rights")
    await office.in_discord(
        lambda: any("018123456" in discord_text(m) for m in office.ben.ephemerals)
    )
    await ana.command("watch", f"{PAN} DE")
    await office.in_slack(lambda: any("Watching" in told for told in office.ana_is_told()))
    office.world.advance(ARRIVED)
    await office.in_slack(office.slack_alerts)
    await office.in_discord(office.discord_alerts)
    for person in (ana, ben):
        await _is_advised(office, person)
    assert not [text for text in _told(office) if "R-1" in text or "ready to file" in text]
    assert await office.end(signal.SIGTERM) == 0


async def test_a_parallel_import_in_germany_ends_with_a_lawyer_at_the_page(tmp_path: Path) -> None:
    async with invaded_house(tmp_path, "DE", PAN) as (house, person):
        store = house.app.store
        [case] = await store.page(CASES)
        form = await person.press("report", case.key)
        for answers in (
            {"matter": "resold"},
            {"seen": "genuine", "grounds": "records"},
            {"origin": "outside"},
        ):
            form = await person.fill(form, answers)
        await person.look()
        for words in ("Ask a lawyer", "parallel imports", "This is not legal advice."):
            assert words in person.seen[-1]
        assert await store.count(REPORTS) == 0


async def _is_advised(office: Office, person: Hands) -> None:
    before = len(_advice(office))
    await person.press("C-1", "File a report")
    await person.answer(*IMPORTED)
    await office.in_slack(lambda: len(_advice(office)) > before)
    await office.told_in_both("Ask a lawyer")
    said = _advice(office)[-1]
    for words in ("parallel imports", "a lawyer's decision", "This is not legal advice."):
        assert words in said


def _advice(office: Office) -> list[str]:
    return [text for each in office.slack_thread() if "Ask a lawyer" in (text := slack_text(each))]


def _told(office: Office) -> list[str]:
    return [
        *map(slack_text, office.slack_thread()),
        *map(discord_text, office.discord_thread()),
    ]
