"""A chat that takes nothing is asked by one message at a time, and delays nothing elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from itertools import pairwise
from unittest.mock import patch

import aiohttp
import pytest

from bot.core.chat_troubles import Topic
from bot.core.dispatch.breaker import SLOWEST_PROBE
from tests.journeys.slack_side import InSlack
from tests.journeys.weather import CHATS, Weather, open_weather
from tests.unit.conftest import Team

HOUR, STEP = 60, 1 / 30
"""Minutes; the timetable serves each chat every two seconds."""
SILENCE = 0.2
"""Seconds after which an answer is not waited for any more."""


@pytest.fixture(params=CHATS)
async def weather(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Weather]:
    async with open_weather(team, request.param) as weather:
        yield weather


@pytest.mark.ci
async def test_one_probe_at_a_time_with_growing_pauses(weather: Weather) -> None:
    await weather.look(1, 2, 3)
    weather.bad.fails("refused")
    for number in range(1, 31):
        await weather.good.types(f"note {number % 3 + 1} No. {number}")
    at, costs = [], []
    for _ in range(round(HOUR / STEP)):
        before = weather.bad.asked().total()
        await weather.passes(STEP, STEP)
        if cost := weather.bad.asked().total() - before:
            at.append(weather.team.clock.monotonic())
            costs.append(cost)
    pauses = [round(later - earlier) for earlier, later in pairwise(at)]
    print(f"\n{weather.bad.name}: {sum(costs)} requests in an hour, {costs}; pauses {pauses} s")
    # A thread that is still to be opened is asked about once.
    assert max(costs) <= 2
    assert sum(costs) <= len(costs) + 3
    assert pauses == sorted(pauses)
    assert SLOWEST_PROBE <= pauses[-1] <= SLOWEST_PROBE + 2
    weather.bad.works()
    await weather.passes(7)
    said = "\n".join(line for each in weather.bad.shown() for line in each.lines)
    assert [said.count(f"No. {number}\n") for number in range(1, 31)] == [1] * 30


@pytest.mark.ci
async def test_the_other_chat_goes_on_without_delay_and_hears_once_what_to_do(
    weather: Weather,
) -> None:
    weather.bad.fails("refused")
    for number in range(1, 6):
        before = weather.team.clock.now
        await weather.look(*range(1, number + 1))
        await weather.good.types(f"note {number} Seen.")
        await weather.good.dispatcher.deliver()
        card = weather.good.card(f"C-{number}")
        assert any("Seen." in line for line in card.lines)
        assert (weather.team.clock.now - before).total_seconds() <= 120
        await weather.passes(20)
    [told] = weather.good.titled("does not accept messages")
    known = await weather.trouble(Topic.DELIVERY)
    assert known is not None
    assert known.remedy
    assert known.cause in told.text
    assert known.remedy in told.text
    health = await weather.good.types("health")
    assert known.remedy in health
    weather.bad.works()
    await weather.passes(7)
    assert weather.good.titled("does not accept messages") == []
    assert len(weather.good.titled("accepts messages again")) == 1
    print(f"\n{weather.bad.name}: told once: {told.text.splitlines()}")


@pytest.mark.ci
async def test_a_silent_chat_is_waited_for_by_one_message_and_loses_nothing(
    weather: Weather,
) -> None:
    await weather.look(1)
    before = weather.bad.asked().total()
    with _impatient(weather):
        weather.bad.fails("silent")
        await weather.good.types("note 1 Once.")
        await weather.passes(HOUR)
        asked = weather.bad.asked().total() - before
        weather.bad.works()
    await weather.passes(7)
    print(f"\n{weather.bad.name}: {asked} requests in an hour without an answer")
    assert asked <= 25
    assert "".join(weather.bad.card("C-1").lines).count("Once.") == 1
    assert await weather.waiting() == 0


def _impatient(weather: Weather) -> AbstractContextManager[object]:
    if isinstance(weather.bad, InSlack):
        session = weather.bad.session
        return patch.object(session, "_timeout", aiohttp.ClientTimeout(total=SILENCE))
    return patch("adapters.discord.calls.PATIENCE", SILENCE)
