"""A chat is out for a day: few requests, few messages afterwards, and the other chat goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.core.chat_troubles import Topic
from bot.features.cases.collections import CASES
from tests.journeys.sides import Side
from tests.journeys.weather import CHATS, Weather, open_weather
from tests.unit.conftest import Team

KINDS = (
    *("refused", "forbidden", "banned for a while", "answers are lost", "asked to wait"),
    "posts are refused",
)
"""A login that is refused, a block, Cloudflare's page, a network that loses answers, a limit; and
a chat that can be read, and takes changes of what is there.
"""
MENDABLE = ("refused", "posts are refused")
REQUESTS, MESSAGES = 300, 60
"""Requests in a day without the chat, and messages in the channel when it is back, at most."""
FOLD = "came and went while"


@pytest.fixture
async def weather(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Weather]:
    async with open_weather(team, request.param) as weather:
        yield weather


@pytest.mark.ci
@pytest.mark.timeout(300)
@pytest.mark.parametrize("weather", CHATS, indirect=True)
async def test_200_cases_of_a_day_are_a_few_messages(weather: Weather) -> None:
    await _a_day_and_back(weather, "refused", cases=200, over=150)


@pytest.mark.ci
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weather", CHATS, indirect=True)
async def test_a_day_costs_few_requests_however_the_chat_is_out(
    weather: Weather, kind: str
) -> None:
    await _a_day_and_back(weather, kind, cases=12, over=9)


async def _a_day_and_back(weather: Weather, kind: str, cases: int, over: int) -> None:
    await weather.look(1)
    called = sum(each.pings for each in weather.bad.shown())
    before = weather.bad.asked()
    at = weather.team.clock.now
    weather.bad.fails(kind)
    await _live_through_a_day(weather, cases, over)
    asked = weather.bad.asked() - before
    _the_other_chat_goes_on(weather, cases)
    _it_is_told_once(weather, kind)
    assert (weather.team.clock.now - at).total_seconds() >= 23.5 * 3600
    assert sum(asked.values()) <= REQUESTS, asked
    weather.bad.works()
    await weather.passes(15)
    lines, pings = _what_is_there(weather.bad, cases - over)
    assert await weather.trouble(Topic.DELIVERY) is None
    assert weather.good.titled("accepts messages again")
    assert await weather.waiting() == 0
    live = await _open_cases(weather)
    top = weather.bad.shown()
    print(
        f"\n{weather.bad.name}, {kind}, {cases} cases of which {over} are over: in the day "
        f"{sum(asked.values())} requests {dict(asked)}; then {len(top)} messages in the channel, "
        f"at most {lines} lines in a thread, {pings - called} calls for {len(live)} open cases"
    )
    assert len(top) <= MESSAGES
    # The case that was known before hears of all its news at once; its first line was there if only
    # the answer was lost.
    assert lines == len(weather.bad.card("C-1").lines) <= 1 + (kind == "answers are lost")
    # One that called people before its answer was lost is there all the same.
    assert pings - called <= len(live) + 1 + (kind == "answers are lost")
    labels = [each.label for each in top if each.label]
    assert set(live) <= set(labels)
    assert labels == sorted(labels, key=lambda label: int(label.removeprefix("C-")))


async def _live_through_a_day(weather: Weather, cases: int, over: int) -> None:
    """Open so many cases, of which so many end again, and let the rest of the day pass."""
    end = weather.team.clock.now.timestamp() + 24 * 3600
    gone: list[int] = []
    for number in range(1, cases + 1):
        await weather.look(*(each for each in range(1, number + 1) if each not in gone))
        if number <= over:
            gone.append(number)
        await weather.good.types(f"note 1 No. {number}")
        await weather.passes(5, step=0.5)
    await weather.look(*(each for each in range(1, cases + 1) if each not in gone))
    await weather.passes((end - weather.team.clock.now.timestamp()) / 60, step=0.5)


def _the_other_chat_goes_on(weather: Weather, cases: int) -> None:
    told = [each.label for each in weather.good.shown() if each.label]
    assert told == [f"C-{number}" for number in range(1, cases + 1)]


def _it_is_told_once(weather: Weather, kind: str) -> None:
    """With the cause, and with what a person can do where she can do something."""
    assert weather.good.titled("accepts messages again") == []
    [told] = weather.good.titled(f"{weather.bad.name.capitalize()} does not accept messages")
    assert "Since " in told.text
    assert (len(told.text.splitlines()) > 4) or kind not in MENDABLE


def _what_is_there(side: Side, live: int) -> tuple[int, int]:
    """Return the most lines in a thread, and how often people were called."""
    shown = side.shown()
    folds = [each for each in shown if FOLD in each.title]
    assert len(folds) == 1
    counts = Counter({each.label or each.title: len(each.lines) for each in shown})
    assert len([each for each in shown if each.label]) <= live + 2
    return max(counts.values()), sum(each.pings for each in shown)


async def _open_cases(weather: Weather) -> list[str]:
    every = await weather.team.app.store.page(CASES, limit=1000)
    return [case.label for case in every if case.open and case.going_on]
