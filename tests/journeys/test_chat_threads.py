"""1,000 threads: more than Discord lets be open at once; in Slack they are nothing special."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.core.cards import Card, Tone
from tests.journeys.discord_side import InDiscord
from tests.journeys.slack_side import InSlack
from tests.journeys.weather import Weather, open_weather
from tests.unit.conftest import Team

THREADS, MORE = 1000, 5


@pytest.fixture
async def weather(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Weather]:
    async with open_weather(team, request.param) as weather:
        yield weather


async def write(weather: Weather, first: int, last: int, line: str) -> None:
    """Write a card of each case and a line for its thread."""
    chat = weather.bad.name
    async with weather.team.app.store.transaction() as tx:
        for number in range(first, last + 1):
            post = weather.team.app.outbox.post
            name = f"C-{number}"
            post(tx, name, _card(f"Case {number}"), only=[chat])
            post(tx, f"{name}/{line}", _card(f"{line} of {number}"), thread=name, only=[chat])
    await weather.sends()


def _card(title: str) -> Card:
    return Card(title=title, tone=Tone.CRITICAL)


async def say(weather: Weather, number: int, line: str) -> None:
    async with weather.team.app.store.transaction() as tx:
        post, name = weather.team.app.outbox.post, f"C-{number}"
        card = _card(f"{line} of {number}")
        post(tx, f"{name}/{line}", card, thread=name, only=[weather.bad.name])
    await weather.sends()


def threads(weather: Weather) -> dict[str, list[str]]:
    return {each.title[2:]: _titles(each.lines) for each in weather.bad.shown()}


def _titles(lines: tuple[str, ...]) -> list[str]:
    return [line.partition("\n")[0].rpartition(": ")[2].removeprefix("🚨 ") for line in lines]


@pytest.mark.ci
@pytest.mark.timeout(300)
@pytest.mark.parametrize("weather", ["slack"], indirect=True)
async def test_slack_has_a_thousand_threads_and_more(weather: Weather) -> None:
    assert isinstance(weather.bad, InSlack)
    await write(weather, 1, THREADS + MORE, "one")
    shown = threads(weather)
    found = [shown[f"Case {number}"] for number in range(1, THREADS + MORE + 1)]
    assert found == [[f"one of {number}"] for number in range(1, THREADS + MORE + 1)]
    print(f"\nslack: {len(found)} threads, requests {dict(weather.bad.asked())}")
    assert await weather.waiting() == 0


@pytest.mark.ci
@pytest.mark.timeout(300)
@pytest.mark.parametrize("weather", ["discord"], indirect=True)
async def test_discord_tells_in_the_channel_what_has_no_thread_and_archives_what_is_over(
    weather: Weather,
) -> None:
    assert isinstance(weather.bad, InDiscord)
    await write(weather, 1, THREADS, "one")
    assert len(weather.bad.active_threads()) == THREADS
    await write(weather, THREADS + 1, THREADS + MORE, "one")
    beside = [each for each in weather.bad.shown() if " of " in each.title]
    assert len(beside) == MORE
    numbers = range(THREADS + 1, THREADS + MORE + 1)
    assert weather.bad.referred() == [f"🚨 Case {number}" for number in numbers]
    assert len(weather.bad.active_threads()) == THREADS
    await _close(weather, 1, 3)
    assert len(weather.bad.active_threads()) == THREADS - 3
    for number in (THREADS + 1, THREADS + 2):
        await say(weather, number, "two")
    # A word in an archived thread opens it again, and is the last one for which there is room.
    await say(weather, 1, "two")
    await say(weather, 2, "two")
    shown = threads(weather)
    assert shown[f"Case {THREADS + 1}"] == [f"two of {THREADS + 1}"]
    assert shown["Case 1"] == ["one of 1", "two of 1"]
    assert "two of 2" in [_titles((each.text,))[0] for each in weather.bad.shown()]
    counts = Counter(refusal.rpartition(": ")[2] for refusal in weather.bad.fake.refusals)
    print(
        f"\ndiscord: {len(weather.bad.active_threads())} open threads, {MORE + 1} lines in the "
        f"channel with a link, 3 archived, refused {dict(counts)}, {weather.bad.asked().total()} "
        f"requests {dict(weather.bad.asked())}"
    )
    assert await weather.waiting() == 0


async def _close(weather: Weather, first: int, last: int) -> None:
    async with weather.team.app.store.transaction() as tx:
        for number in range(first, last + 1):
            weather.team.app.outbox.close(tx, f"C-{number}", _card(f"Case {number}"))
    await weather.sends()
