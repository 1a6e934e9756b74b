"""The doctor finds what is wrong with a Slack app before anybody waits for an alert."""

from __future__ import annotations

import pytest

from adapters.slack.connection import SlackAccess
from adapters.slack.diagnostics import examine
from adapters.slack.manifest import SCOPES
from bot.core.chat_platform import OPEN, Found
from tests.platforms.slack.server import FakeSlack

BOT, APP = "BRANDWARDEN_SLACK_BOT_TOKEN", "BRANDWARDEN_SLACK_APP_TOKEN"


async def found(
    fake: FakeSlack, channel: str = "", **access: str | frozenset[str]
) -> dict[str, Found]:
    given = {"bot_token": fake.bot_token, "app_token": fake.app_token, "endpoint": fake.base_url}
    asked = SlackAccess(**{**given, **access})  # type: ignore[arg-type] # of the port, which no test sets
    return {each[0]: each async for each in examine(asked, channel)}


async def test_all_is_fine(fake: FakeSlack) -> None:
    fake.scopes = set(SCOPES) | {"connections:write"}
    fake.add_channel("C1", "alerts", private=True)
    told = await found(fake, "C1")
    assert {state for _, state, _ in told.values()} == {"fine"}
    assert told["Slack channel"][2] == "#alerts"
    assert told["Slack members"][2] == "the members of #alerts"
    assert len(told) == 6


async def test_a_channel_that_everybody_may_join(fake: FakeSlack) -> None:
    fake.user_groups = {"S1": {"UANA", "UBEN"}}
    fake.add_channel("C1", "alerts")
    _, state, says = (await found(fake, "C1"))["Slack members"]
    assert state == OPEN
    assert "anyone can join #alerts" in says
    assert "BRANDWARDEN_SLACK_MEMBER_GROUPS" in says
    told = await found(fake, "C1", member_groups=frozenset({"S1", "S2"}))
    assert told["Slack members"][1] == "fine"
    assert told["Slack user group S1"][1:] == ("fine", "2 members")
    assert told["Slack user group S2"][1] == "wrong"
    assert "no_such_subteam" in told["Slack user group S2"][2]


async def test_members_that_cannot_be_asked_for(fake: FakeSlack) -> None:
    fake.add_channel("C1", "alerts", private=True)
    fake.faults.error("conversations.members", "missing_scope")
    _, state, says = (await found(fake, "C1"))["Slack members"]
    assert state == "wrong"
    assert "Slack did not say who is in #alerts" in says
    assert "reinstall the app" in says


@pytest.mark.parametrize(
    ("access", "name", "says"),
    [
        ({"bot_token": "xoxp-1"}, BOT, "starts with xoxb-"),
        ({"bot_token": "xoxb-1\n2"}, BOT, "starts with xoxb-"),
        ({"bot_token": "xoxb-other"}, BOT, "invalid_auth"),
        ({"app_token": "xoxb-1"}, APP, "starts with xapp-"),
        ({"app_token": "xapp-1\n2"}, APP, "starts with xapp-"),
        ({"app_token": "xapp-other"}, APP, "invalid_auth"),
        ({"app_token": ""}, "BRANDWARDEN_SLACK_SIGNING_SECRET", "set it, or"),
    ],
)
async def test_a_wrong_token(fake: FakeSlack, access: dict[str, str], name: str, says: str) -> None:
    told = (await found(fake, **access))[name]
    assert told[1] in ("wrong", "missing")
    assert says in told[2]


async def test_a_missing_permission(fake: FakeSlack) -> None:
    fake.scopes.discard("files:read")
    told = (await found(fake))["Slack permissions"]
    assert told[1] == "missing"
    assert told[2].startswith("reinstall the app")
    assert "files:read" in told[2]


async def test_a_channel_without_us(fake: FakeSlack) -> None:
    fake.add_channel("C1", "alerts", bot=False)
    assert "/invite @Brandwarden in #alerts" in (await found(fake, "C1"))["Slack channel"][2]
    told = (await found(fake, "C404"))["Slack channel"][2]
    assert "channel_not_found" in told
    assert "Type /invite @Brandwarden there" in told
    fake.channel("C1").archived = True
    assert "archived" in (await found(fake, "C1"))["Slack channel"][2]


@pytest.mark.parametrize(
    ("method", "word", "advice", "wrong"),
    [
        ("apps.connections.open", "link_disabled", "Turn Socket Mode on", "connections:write"),
        ("apps.connections.open", "socket_mode_disabled", "Turn Socket Mode on", "connections:w"),
        ("apps.connections.open", "missing_scope", "with connections:write", "/invite"),
        ("apps.connections.open", "internal_error", "Slack had an error", "connections:write"),
        ("apps.connections.open", "forbidden_team", "Ask an admin", "connections:write"),
        ("auth.test", "account_inactive", "Reinstall the app", "/invite"),
        ("auth.test", "token_expired", "Turn token rotation off", "/invite"),
        ("auth.test", "brand_new", "brand_new", "/invite"),
        ("conversations.info", "ratelimited", "is limiting our requests", "/invite"),
        ("conversations.info", "internal_error", "Slack had an error", "/invite"),
        ("conversations.info", "missing_scope", "reinstall the app", "/invite"),
        ("conversations.info", "not_in_channel", "/invite @Brandwarden", "connections:write"),
    ],
)
async def test_the_advice_fits_the_error(
    fake: FakeSlack, method: str, word: str, advice: str, wrong: str
) -> None:
    fake.scopes = set(SCOPES) | {"connections:write"}
    fake.add_channel("C1", "alerts")
    fake.faults.error(method, word)
    told = await found(fake, "C1")
    [said] = [says for _, state, says in told.values() if state == "wrong"]
    assert word in said
    assert advice in said
    assert wrong not in said


async def test_a_clock_that_is_off(fake: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.slack.diagnostics.SKEW", -1)
    assert "NTP" in (await found(fake))["Slack clock"][2]


async def test_no_slack_at_all(fake: FakeSlack) -> None:
    told = await found(fake, endpoint="http://127.0.0.1:1/")
    assert "could not be reached" in told[BOT][2]


def test_nobody_sees_a_secret() -> None:
    assert "xo" not in repr(SlackAccess("xoxb-1", "xoxapp-1", "xosecret"))
