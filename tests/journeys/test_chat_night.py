"""Quiet hours in both chats at once: what may wait waits, and nothing else does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.journeys.weather import CHATS, OURS, Weather, open_weather, stranger
from tests.unit.conftest import Team, offer

SECOND = "B0ALDER002"
CALM = "24.90"
ENDS = ("off", "earlier", "later", "send now", "morning")
"""How the night ends: quiet hours are switched off, changed, or over; or a person has had enough.
"""


@pytest.fixture(params=CHATS)
async def weather(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Weather]:
    """Both chats have the same weather here; who types the commands sits in the one."""
    async with open_weather(team, request.param) as weather:
        yield weather


@pytest.mark.parametrize("end", ENDS)
async def test_a_night_holds_what_may_wait_and_wakes_for_what_may_not(
    weather: Weather, end: str
) -> None:
    await weather.bad.types("settings quiet 9-12")
    await weather.team.look(OURS, offer(stranger(1), CALM), asin=SECOND)
    await weather.look(2)
    await _a_critical_case_is_there_at_once(weather)
    await _its_calm_news_is_held(weather)
    await _what_a_person_does_goes_at_once(weather)
    await _the_night_ends(weather, end)
    await _all_is_told_once_and_in_order(weather, end)


def _labels(weather: Weather) -> list[list[str]]:
    return [[each.label for each in side.shown() if each.label] for side in weather.sides]


def _lines(weather: Weather, label: str) -> list[list[str]]:
    """Return the titles of the lines of a case's thread, in both chats."""
    return [[line.partition("\n")[0] for line in side.card(label).lines] for side in weather.sides]


async def _a_critical_case_is_there_at_once(weather: Weather) -> None:
    """The calm one of another product waits."""
    assert _labels(weather) == [["C-2"], ["C-2"]]


async def _its_calm_news_is_held(weather: Weather) -> None:
    await weather.passes(11)
    await weather.look(2, price="18.60")
    assert await weather.waiting() == 4
    assert [len(lines) for lines in _lines(weather, "C-2")] == [0, 0]


async def _what_a_person_does_goes_at_once(weather: Weather) -> None:
    await weather.bad.types("note 2 I know them.")
    await weather.sends()
    for lines in _lines(weather, "C-2"):
        [line] = lines
        assert "I know them." in line
    health = await weather.bad.types("health")
    assert "Held: 4 messages until 12:00" in health.replace("\n", ": ")
    assert _labels(weather) == [["C-2"], ["C-2"]]


async def _the_night_ends(weather: Weather, end: str) -> None:
    match end:
        case "off":
            await weather.bad.types("settings quiet off")
        case "earlier":
            await weather.bad.types("settings quiet 9-11")
            await _still_held_before(weather, 11)
        case "later":
            await weather.bad.types("settings quiet 9-13")
            await _still_held_before(weather, 13)
        case "send now":
            await weather.bad.presses("Held", "Send now")
        case _:
            await _still_held_before(weather, 12)
    await weather.sends()


async def _still_held_before(weather: Weather, hour: int) -> None:
    """Let time pass to a moment before that hour, and then to it."""
    now = weather.team.clock.now
    await weather.passes((hour - now.hour) * 60 - now.minute - 2)
    assert await weather.waiting() == 4
    await weather.passes(3)


async def _all_is_told_once_and_in_order(weather: Weather, end: str) -> None:
    assert await weather.waiting() == 0
    labels, lines = _labels(weather), _lines(weather, "C-2")
    assert labels == [["C-2", "C-1"], ["C-2", "C-1"]]
    assert [len(each) for each in lines] == [2, 2]
    pings = {side.name: sum(each.pings for each in side.shown()) for side in weather.sides}
    posted = {side.name: side.asked().total() for side in weather.sides}
    print(
        f"\nnight ended by {end}: {labels[0]}, lines {lines[0]}, requests {posted}, calls {pings}"
    )
    # Discord says who is called; in Slack a line that is told in the channel too.
    assert pings == {"discord": 1, "slack": 0}
