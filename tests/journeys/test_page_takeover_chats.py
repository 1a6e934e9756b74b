"""A page is taken over: approved in one chat, told in both, and reported from either."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from adapters.simulator import Scenario, demo_scenario
from adapters.simulator.scenario import Title
from tests.journeys.alone import Ana, Ben
from tests.journeys.both_chats import is_told_once, seen_in_both
from tests.journeys.hands import Answers
from tests.journeys.office import HURRY, SLACK_ALERTS, Office, open_office

THEIRS = "Stovetop Kettle 2 Quart Enamel Steel Tea Pot, Compatible with Alder & Finch"
TAKEN_OVER = 841
"""Second of the demo's story."""
REPORT: tuple[Answers, ...] = (
    {"What is it about?": "Our page was changed or duplicated"},
    {"What do you see?": "Our page's text, images or brand changed"},
    {"What have you tried?": "We sent our page again and asked Brand Registry"},
    {"What now?": "Draft it"},
)


def scenario() -> Scenario:
    """Return the demo's story with nothing but what happens to pages."""
    story = demo_scenario()
    events = tuple(each for each in story.events if isinstance(each, Title))
    return msgspec.structs.replace(story, events=events, faults=())


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, HURRY, scenario()) as office:
        await office.start()
        yield office


async def _undone_and_approved_again(office: Office, ana: Ana, ben: Ben) -> None:
    await ana.press("approved 6 product pages", "Undo")
    await seen_in_both(office, "6 product pages read", "Agree with your data")
    assert "6 product pages wait for approval" in await ben.types("todo")
    await ben.touches("Review pages")
    await ben.until(lambda: "Approve all that agree" in ben.buttons(ben.cards[-1]))
    await ben.touches("Approve all that agree")
    await seen_in_both(office, "6 product pages approved")


@pytest.mark.ci
async def test_a_page_is_approved_taken_over_and_reported(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    await ben.types("watches")
    await seen_in_both(office, "Alerts now appear in this channel")
    await ana.command("watch", "all")
    await ben.press("6 products in US", "Watch 6 products")
    await seen_in_both(office, "6 product pages read", "Agree with your data")
    await ben.press("6 product pages read", "Approve all that agree")
    await seen_in_both(office, "6 product pages approved")
    await _undone_and_approved_again(office, ana, ben)
    office.world.advance(TAKEN_OVER)
    await seen_in_both(office, "Before: ", "Now: ", THEIRS)
    await ana.press("Now: ", "Not us")
    assert "Drafted R-1" in await ana.says(*REPORT)
    await seen_in_both(office, "Listing hijacked or taken over", under=THEIRS)
    await seen_in_both(office, "This was not our change", under=THEIRS)
    await seen_in_both(office, "R-1", under=THEIRS)
    await ben.press("Now: ", "It was us")
    await seen_in_both(office, "Closed: the title changed", "It was our own change")
    await seen_in_both(office, "approved a change of a page")
    await ana.press("approved a change of a page", "Undo")
    await seen_in_both(office, "Before: ", "Now: ", THEIRS)
    await seen_in_both(office, "it was not your own change", under=THEIRS)
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0
