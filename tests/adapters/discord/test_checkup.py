"""What the doctor finds of Discord."""

from __future__ import annotations

from adapters.discord.app import DiscordAccess
from adapters.discord.checkup import Found, examine
from tests.platforms.discord.server import FakeDiscord


async def found(
    fake: FakeDiscord, channel: str = "", token: str = "", server: str = ""
) -> list[Found]:
    access = DiscordAccess(token or fake.token, server, f"{fake.url}/api/v10", fake.gateway_url)
    id = str(fake.channel(channel).id) if channel else ""
    return [each async for each in examine(access, id)]


async def test_all_is_fine(fake: FakeDiscord) -> None:
    states = {name: state for name, state, _ in await found(fake, "brand-alerts")}
    names = ("Discord token", "Clock", "Discord server", "Discord channel")
    assert states == dict.fromkeys(names, "fine")


async def test_a_wrong_token_is_told_and_never_shown(fake: FakeDiscord) -> None:
    [(name, state, says)] = await found(fake, token="mfa.another")
    assert (name, state) == ("Discord token", "wrong")
    assert "BRANDWARDEN_DISCORD_TOKEN" in says
    assert "another" not in says
    assert "another" not in repr(DiscordAccess("another"))


async def test_missing_permissions_are_named(fake: FakeDiscord) -> None:
    *_, (name, state, says) = await found(fake, "read-only")
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
