"""The channel for alerts, or the app, is lost: noticed at once, told elsewhere; cases go on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from unittest.mock import patch

import pytest

from bot.core.chat_troubles import Topic
from tests.journeys.slack_side import InSlack
from tests.journeys.weather import CHATS, Weather, open_weather
from tests.unit.conftest import Team

WAYS = (
    *(("slack", way) for way in ("removed", "closed", "deleted", "another id")),
    *(("discord", way) for way in ("closed", "deleted")),
)
"""How a channel is lost; closed: Slack's is archived, Discord's takes nothing from us."""
LOST, AGAIN = "Alerts do not reach the channel in", "Alerts reach the channel in"


@pytest.fixture
async def weather(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Weather]:
    """Two cases are open in both chats, and a third one is closed."""
    async with open_weather(team, request.param) as weather:
        await weather.look(1, 2, 3)
        await weather.closes("C-3")
        await weather.passes(12)
        yield weather


@pytest.mark.ci
@pytest.mark.parametrize(("weather", "way"), WAYS, indirect=["weather"])
async def test_a_lost_channel_is_told_and_every_open_case_goes_on_in_another(
    weather: Weather, way: str
) -> None:
    asked = weather.bad.asked().total()
    await weather.bad.loses(way)
    await _is_told_elsewhere(weather)
    assert weather.bad.asked().total() == asked
    await weather.good.presses("C-1 · US", "Acknowledge")
    await weather.passes(30)
    probes = weather.bad.asked().total() - asked
    await weather.bad.types("settings channel here", elsewhere=True)
    await weather.passes(8)
    await _cases_are_there_once(weather)
    await _cases_go_on_there(weather)
    posts = [each.title for each in weather.bad.shown(elsewhere=True)]
    print(
        f"\n{weather.bad.name}, {way}: {probes} requests in half an hour without the channel; "
        f"in the new one {len(posts)} messages: {posts}"
    )
    assert probes <= 15
    assert await weather.trouble(Topic.ROOM) is None
    assert len(weather.good.titled(AGAIN)) == 1
    assert weather.good.titled(LOST) == []
    assert await weather.waiting() == 0


async def _is_told_elsewhere(weather: Weather) -> None:
    """The event alone is enough: nothing has to be posted in vain first."""
    await weather.noticed(Topic.ROOM)
    await weather.sends()
    [told] = weather.good.titled(LOST)
    assert "/settings channel here" in told.text.replace("/brand settings", "/settings")
    health = await weather.good.types("health")
    assert LOST in health
    assert "channel here" in health


async def _cases_are_there_once(weather: Weather) -> None:
    labels = [each.label for each in weather.bad.shown(elsewhere=True)]
    assert sorted(labels) == ["", "C-1", "C-2"]


async def _cases_go_on_there(weather: Weather) -> None:
    """A button of a card there works, and what waited or comes now stands in its thread."""
    await weather.bad.types("note 2 It goes on.", elsewhere=True)
    await weather.passes(2)
    assert any("acknowledged it." in line for line in _lines(weather, "C-1"))
    assert any("It goes on." in line for line in _lines(weather, "C-2"))
    assert any("It goes on." in line for line in weather.good.card("C-2").lines)


def _lines(weather: Weather, label: str) -> tuple[str, ...]:
    return weather.bad.card(label, elsewhere=True).lines


@pytest.mark.ci
@pytest.mark.parametrize("way", ["removed", "closed"])
@pytest.mark.parametrize("weather", CHATS, indirect=True)
async def test_a_channel_that_is_mended_goes_on_at_once_where_it_was(
    weather: Weather, way: str
) -> None:
    await weather.bad.loses(way)
    await weather.noticed(Topic.ROOM)
    await weather.sends()
    assert len(weather.good.titled(LOST)) == 1
    await weather.good.types("note 1 Meanwhile.")
    await weather.passes(60)
    await weather.bad.lets_in(way)
    await weather.noticed(Topic.ROOM, over=True)
    await weather.sends()
    assert any("Meanwhile." in line for line in weather.bad.card("C-1").lines)
    assert [each.label for each in weather.bad.shown()] == ["", "C-1", "C-2", "C-3"]
    assert len(weather.good.titled(AGAIN)) == 1
    assert await weather.waiting() == 0


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_an_app_that_is_removed_from_slack_is_told_in_the_other_chat(
    team: Team, kind: str
) -> None:
    with patch("adapters.slack.connection.PING", 0.05):
        async with open_weather(team, "slack") as weather:
            side = weather.bad
            assert isinstance(side, InSlack)
            side.fake.refuses = "account_inactive"
            await side.fake.happens(kind, tokens={"bot": [side.fake.bot_user]})
            await weather.noticed(Topic.CONNECTION)
            await weather.sends()
            [told] = weather.good.titled("Commands and buttons in Slack do not work")
            assert "Reinstall the app" in told.text
            side.fake.refuses = ""
            await weather.noticed(Topic.CONNECTION, over=True)
            await weather.sends()
            assert weather.good.titled("do not work") == []
            assert len(weather.good.titled("Commands and buttons in Slack work again")) == 1
