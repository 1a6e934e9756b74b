"""What the doctor finds of Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord.connection import DiscordAccess
from adapters.discord.diagnostics import examine
from bot.bootstrap.features import COMMANDS
from bot.core.chat_platform import OPEN, Found
from tests.platforms.discord.server import FakeDiscord
from tests.unit.adapters.discord.team import working
from tests.unit.conftest import Team

TOKEN = "fake.bot.token"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """A Discord whose bot token has the form of a real one, and where the bot owns nothing."""
    async with FakeDiscord(token=TOKEN) as fake:
        fake.person("Olga")
        fake.guild.members[fake.guild.bot.id] = fake.guild.members.pop(fake.guild.bot.id)
        yield fake
        assert fake.violations == []


async def found(
    fake: FakeDiscord,
    channel: str = "",
    token: str = "",
    server: str = "",
    roles: frozenset[int] = frozenset(),
) -> list[Found]:
    api = f"{fake.url}/api/v10"
    access = DiscordAccess(token or fake.token, server, api, fake.gateway_url, roles)
    id = str(fake.channel(channel).id) if channel else ""
    return [each async for each in examine(access, id, COMMANDS)]


async def test_all_is_fine(fake: FakeDiscord, team: Team) -> None:
    async with working(team, fake):
        pass
    states = {name: state for name, state, _ in await found(fake, "brand-alerts")}
    names = ("token", "server", "commands", "channel", "members")
    assert states == dict.fromkeys(
        [*(f"Discord {name}" for name in names), "Discord clock"], "fine"
    )


async def test_a_channel_that_everybody_may_view(fake: FakeDiscord) -> None:
    told = {name: (state, says) for name, state, says in await found(fake, "general")}
    assert told["Discord members"][0] == OPEN
    assert "anyone can view #general" in told["Discord members"][1]
    assert "BRANDWARDEN_DISCORD_MEMBER_ROLES" in told["Discord members"][1]
    roles = frozenset({fake.team.id, fake.guild.id, 1})
    told = {n: (state, says) for n, state, says in await found(fake, "general", roles=roles)}
    assert told["Discord members"][0] == "fine"
    assert told[f"Discord role {fake.team.id}"] == (
        "fine",
        "everyone with the role Team is a member",
    )
    assert told[f"Discord role {fake.guild.id}"][0] == "wrong"
    assert told["Discord role 1"][0] == "wrong"


async def test_commands_that_are_not_registered_are_told(fake: FakeDiscord) -> None:
    told = {name: (state, says) for name, state, says in await found(fake)}
    assert told["Discord commands"][0] == "missing"
    assert "Brandwarden registers them when it starts" in told["Discord commands"][1]
    fake.faults.refuse("GET /applications/*/guilds/*/commands", 403, 50001)
    told = {name: (state, says) for name, state, says in await found(fake)}
    assert told["Discord commands"][0] == "wrong"
    assert f"client_id={fake.application_id}" in told["Discord commands"][1]


async def test_a_wrong_token_is_told_and_never_shown(fake: FakeDiscord) -> None:
    [(name, state, says)] = await found(fake, token="an.other.one")
    assert (name, state) == ("Discord token", "wrong")
    assert "BRANDWARDEN_DISCORD_TOKEN" in says
    assert "an.other.one" not in says
    assert "an.other.one" not in repr(DiscordAccess("an.other.one"))


@pytest.mark.parametrize("token", ["client-secret", "xoxb-1", "a.b", "a.b.c\nd", "ä.b.c", "a..c"])
async def test_what_is_no_bot_token_is_not_sent(fake: FakeDiscord, token: str) -> None:
    [(name, state, says)] = await found(fake, token=token)
    assert (name, state) == ("Discord token", "wrong")
    assert "three parts" in says
    assert token not in says
    assert fake.requests == []


async def test_a_clock_that_is_off(fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.diagnostics.SKEW", timedelta(seconds=-1))
    told = {name: (state, says) for name, state, says in await found(fake)}
    assert told["Discord clock"][0] == "wrong"
    assert "turn on automatic time" in told["Discord clock"][1]


async def test_no_discord_at_all() -> None:
    access = DiscordAccess(TOKEN, "", "http://127.0.0.1:1/api/v10", "ws://127.0.0.1:1/")
    [(name, state, says)] = [each async for each in examine(access, "", COMMANDS)]
    assert (name, state) == ("Discord", "wrong")
    assert says.startswith("Discord could not be reached: 127.0.0.1 refused the connection.")


async def test_missing_permissions_are_named(fake: FakeDiscord) -> None:
    *_, (name, state, says), _ = await found(fake, "read-only")
    assert (name, state) == ("Discord channel", "wrong")
    assert "#read-only: send messages" in says


async def test_several_servers_are_named(fake: FakeDiscord) -> None:
    await fake.add_guild("Rivals")
    *_, (_, state, says) = await found(fake, "brand-alerts")
    assert state == "missing"
    assert f"{fake.guild.id} (Our brand)" in says
    *_, (_, state, _) = await found(fake, "brand-alerts", server=str(fake.guild.id))
    assert state == "fine"


async def test_a_server_that_we_are_not_in_comes_with_the_link(fake: FakeDiscord) -> None:
    *_, (_, state, says) = await found(fake, server="1")
    assert state == "missing"
    assert f"client_id={fake.application_id}" in says
