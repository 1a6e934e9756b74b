"""Whom we let in, and with what we knock: tokens, signatures, sizes."""

from __future__ import annotations

import io
import time
from collections.abc import AsyncIterator
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.core.gateway import ChatGateway
from bot.errors import StoreError, UserError
from tests.platforms.slack.posting import signed
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, working
from tests.unit.conftest import Team

SECRET = "shh"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("access", "setting"),
    [
        ({"bot_token": "xoxb-1\n2"}, "BOT_TOKEN"),
        ({"bot_token": "xoxp-1"}, "BOT_TOKEN"),
        ({"app_token": "xapp-1\r\n2"}, "APP_TOKEN"),
        ({"app_token": "xoxb-1"}, "APP_TOKEN"),
        ({"app_token": ""}, "SIGNING_SECRET"),
        ({"app_token": "", "signing_secret": " "}, "SIGNING_SECRET"),
    ],
)
async def test_what_can_be_no_token_says_what_to_do_and_goes_nowhere(
    team: Team, fake: FakeSlack, access: dict[str, str], setting: str
) -> None:
    with pytest.raises(UserError, match=f"BRANDWARDEN_SLACK_{setting} is not valid: ") as caught:
        async with working(team, fake, **access):
            pass
    assert fake.requests == []
    assert "-1" not in str(caught.value)


@pytest.fixture
async def url(team: Team, fake: FakeSlack, unused_tcp_port: int) -> AsyncIterator[str]:
    """Where the program waits for calls."""
    async with working(team, fake, app_token="", signing_secret=SECRET, port=unused_tcp_port):
        yield f"http://127.0.0.1:{unused_tcp_port}/slack/events"


async def called(url: str, body: str, headers: dict[str, str]) -> int:
    """Call, and return the status."""
    headers = headers | {"Content-Type": FORM}
    data = io.BytesIO(body.encode())
    async with ClientSession() as session, session.post(url, data=data, headers=headers) as answer:
        return answer.status


def command() -> str:
    told = {"command": "/brand", "text": "help", "user_id": "UANA", "team_id": "T0TEAM"}
    return urlencode(told | {"channel_id": ALERTS, "trigger_id": "1"})


async def test_a_call_counts_only_if_it_is_signed_and_fresh(url: str, fake: FakeSlack) -> None:
    before = len(fake.requests)
    body, now = command(), int(time.time())
    assert await called(url, body, {}) == 401
    assert await called(url, body, signed(body, "guessed")) == 401
    assert await called(url, body, signed(body, SECRET, at=now - 3600)) == 401
    assert await called(url, f"{body}&x=1", signed(body, SECRET)) == 401
    assert len(fake.requests) == before
    assert await called(url, body, signed(body, SECRET)) == 200


async def test_nobody_can_fill_the_memory(url: str) -> None:
    body = "x" * 1_048_577
    assert await called(url, body, signed(body, SECRET)) == 413


async def test_it_connects_when_the_data_can_be_written_again(team: Team, fake: FakeSlack) -> None:
    connected, failing = ChatGateway.connected, [StoreError()]

    async def hindered(gateway: ChatGateway, chat: str, workspace: str) -> None:
        if failing:
            raise failing.pop()
        await connected(gateway, chat, workspace)

    with (
        patch("adapters.slack.connection.PING", 0.05),
        patch.object(ChatGateway, "connected", hindered),
    ):
        async with working(team, fake) as at_work:
            assert (await at_work.ana.command("/brand", "help", ALERTS)).acked


async def test_trouble_is_logged_when_it_begins_and_when_it_is_over(
    team: Team, fake: FakeSlack
) -> None:
    fake.faults.abort_before("auth.test", times=4)
    with patch("adapters.slack.connection.PING", 0.05), capture_logs() as logged:
        async with working(team, fake) as at_work:
            assert (await at_work.ana.command("/brand", "help", ALERTS)).acked
    told = [each["event"] for each in logged if "connected" in each["event"]]
    assert told == ["not connected", "connected again"]


async def test_no_log_has_a_secret_or_what_people_said(
    team: Team, fake: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with working(team, fake) as at_work:
        await at_work.ana.press(await at_work.alert(), "Close")
        await at_work.ana.mention(ALERTS, "note 1 our lawyer's words")
        await at_work.told(2)
        fake.faults.error("users.info", "user_not_found")
        await fake.person("UBEN", "Ben").command("/brand", "our lawyer's words", ALERTS)
    secrets = (fake.bot_token, fake.app_token, "/respond/", "ticket=", "lawyer")
    logged = [each for each in caplog.records if not each.name.startswith("aiohttp")]
    told = [str(each.getMessage()) for each in logged]
    assert [line for line in told for secret in secrets if secret in line] == []
