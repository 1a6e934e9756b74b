"""A connection is lost, refused for good, or comes back: people are told once what to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from itertools import count
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from adapters.slack.connection import REFUSED
from adapters.slack.reconnecting import LONGEST_PAUSE, PASSING, growing
from adapters.slack.refusals import Act, meaning
from bot.core.chat_troubles import Topic, Trouble, trouble_key
from bot.core.collections import TROUBLES
from bot.errors import UserError
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working
from tests.unit.conftest import Team

OPEN, AUTH = "apps.connections.open", "auth.test"


@pytest.fixture
async def at_work(team: Team, fake: FakeSlack) -> AsyncIterator[SlackTeam]:
    """A team whose program looks after its connection all the time."""
    with patch("adapters.slack.connection.PING", 0.02):
        async with working(team, fake) as at_work:
            yield at_work


async def trouble(team: Team, word: str = "") -> Trouble:
    """Wait until a trouble of the connection is noted, of which the cause has the word."""
    async with asyncio.timeout(60):
        for _ in count():
            known = await team.app.store.get(TROUBLES, trouble_key("slack", Topic.CONNECTION))
            if known is not None and word in known.cause:
                return known
            await asyncio.sleep(0.01)
    raise AssertionError


async def over(team: Team) -> None:
    """Wait until it is noted that the trouble is over."""
    async with asyncio.timeout(60):
        for _ in count():
            if await team.app.store.count(TROUBLES) == 0:
                return
            await asyncio.sleep(0.01)


async def heard(at_work: SlackTeam) -> None:
    """Type until it is heard: with so short a ping, a pause of the machine cuts a socket too."""
    async with asyncio.timeout(60):
        while not (await at_work.ana.command("/brand", "help", ALERTS)).acked:
            await at_work.fake.until(lambda: at_work.fake.connected)


def told(logged: Sequence[Mapping[str, object]]) -> list[object]:
    return [each["event"] for each in logged if "connected" in str(each["event"])]


@pytest.mark.parametrize(
    "word",
    [
        *("link_disabled", "socket_mode_disabled", "account_inactive", "token_revoked"),
        *("forbidden_team", "team_added_to_org", "missing_scope"),
    ],
)
async def test_a_way_back_that_is_refused_for_good_says_once_what_to_do(
    at_work: SlackTeam, word: str
) -> None:
    with capture_logs() as logged:
        at_work.fake.refuses_sockets = word
        at_work.fake.abort_sockets()
        known = await trouble(at_work.team, word)
        said = meaning(Act.LISTEN, word)
        assert said is not None
        assert known.remedy == said.remedy != ""
        asked = len(at_work.fake.calls(OPEN))
        await at_work.fake.until(lambda: len(at_work.fake.calls(OPEN)) > asked + 1)
        at_work.fake.refuses_sockets = ""
        await at_work.fake.until(lambda: at_work.fake.connected)
        await over(at_work.team)
    warned = [each for each in logged if each["event"] == "not connected"]
    assert [each["remedy"] for each in warned if each["remedy"]] == [said.remedy]
    assert told(logged)[-1] == "connected again"
    await heard(at_work)


def test_the_pauses_between_two_tries_grow_up_to_minutes() -> None:
    pauses = [growing(5, failures) for failures in range(100_000)]
    assert pauses[:4] == [5, 5, 10, 20]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert growing(5, 100_000, passing=True) == PASSING < LONGEST_PAUSE
    # So a day without a way in costs less than 160 tries.
    assert sum(pauses[1:160]) > 86_400


async def test_what_passes_by_itself_is_over_soon(at_work: SlackTeam) -> None:
    at_work.fake.faults.error(OPEN, "internal_error", times=2)
    at_work.fake.faults.answer(OPEN, 200, "hello", "text/plain")
    at_work.fake.faults.answer(OPEN, 429, "<h1>1015</h1>", headers={"Retry-After": "0.01"})
    at_work.fake.abort_sockets()
    await at_work.fake.until(lambda: not at_work.fake.faults.waiting)
    await at_work.fake.until(lambda: at_work.fake.connected)
    await over(at_work.team)
    await heard(at_work)


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_an_app_that_is_removed_says_how_to_bring_it_back(
    at_work: SlackTeam, kind: str
) -> None:
    asked = len(at_work.fake.calls(AUTH))
    await at_work.fake.happens("tokens_revoked", tokens={"oauth": ["UANA"], "bot": None})
    at_work.fake.refuses = "account_inactive"
    assert (await at_work.fake.happens(kind, tokens={"bot": [at_work.fake.bot_user]})).acked
    known = await trouble(at_work.team)
    assert "Reinstall the app" in known.remedy
    assert len(at_work.fake.calls(AUTH)) > asked
    at_work.fake.refuses = ""
    await over(at_work.team)


@pytest.mark.parametrize("word", ["link_disabled", "forbidden_team", "internal_error"])
async def test_at_the_start_alerts_go_out_though_nothing_comes_in(
    team: Team, fake: FakeSlack, word: str
) -> None:
    fake.refuses_sockets = word
    with patch("adapters.slack.connection.PING", 0.02), capture_logs() as logged:
        async with working(team, fake, app_token=fake.app_token, port=1) as at_work:
            await trouble(team, word)
            await at_work.slack.chat.find([])
            fake.refuses_sockets = ""
            await fake.until(lambda: fake.connected)
            await over(team)
    assert told(logged) == ["not connected", "connected again"]


@pytest.mark.parametrize("word", sorted(REFUSED))
async def test_a_token_that_is_refused_at_the_start_says_what_to_do(
    team: Team, fake: FakeSlack, word: str
) -> None:
    for refuses, setting in (("refuses", "BOT_TOKEN"), ("refuses_sockets", "APP_TOKEN")):
        fake.refuses = fake.refuses_sockets = ""
        setattr(fake, refuses, word)
        with pytest.raises(UserError) as caught:
            async with working(team, fake):
                pass
        assert f"Slack rejected BRANDWARDEN_SLACK_{setting}." in str(caught.value)
        said = meaning(Act.LISTEN, word)
        assert said is not None
        assert str(caught.value).endswith(said.remedy)
