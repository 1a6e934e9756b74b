"""The real discord.py takes the fake for Discord: what goes wrong on the gateway."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.patience import PATIENCE
from tests.platforms.discord.echo import Echo, running
from tests.platforms.discord.server import FakeDiscord

PING = {"name": "ping", "description": "Answer"}


async def defer(client: Echo, interaction: discord.Interaction) -> None:
    """Promise an answer."""
    await client.respond(interaction, 5)


async def test_op_7_resumes_and_misses_nothing(fake: FakeDiscord) -> None:
    client, ana = Echo(defer), fake.person("Ana")
    async with running(fake, client):
        await client.register(fake, PING)
        await fake.faults.reconnect()
        act = await ana.command("ping")
        assert act.answered
        await fake.until(lambda: fake.gateway.resumed)
        assert fake.gateway.identified == 1
    assert fake.injected == {"op 7": 1}


async def test_interaction_is_told_again_after_a_cut(fake: FakeDiscord) -> None:
    client, ana = Echo(defer), fake.person("Ana")
    async with running(fake, client):
        await client.register(fake, PING)
        act = await ana.command("ping")
        fake.faults.replay_on_resume()
        await fake.faults.reconnect()
        await fake.until(lambda: len(client.heard) == 2)
        assert {interaction.id for interaction in client.heard} == {act.id}
        assert fake.injected["replay"] == 1


@pytest.mark.parametrize(("resumable", "identified", "resumed"), [(True, 1, 1), (False, 2, 0)])
async def test_op_9_resumes_or_begins_anew(
    fake: FakeDiscord, resumable: bool, identified: int, resumed: int
) -> None:
    client, ana = Echo(defer), fake.person("Ana")
    async with running(fake, client):
        await client.register(fake, PING)
        await fake.faults.invalidate(resumable=resumable)
        await fake.until(lambda: fake.gateway.resumed + fake.gateway.identified == 2)
        assert (fake.gateway.identified, fake.gateway.resumed) == (identified, resumed)
        assert (await ana.command("ping")).answered


async def test_client_comes_back_after_a_cut(fake: FakeDiscord) -> None:
    client, ana = Echo(defer), fake.person("Ana")
    async with running(fake, client):
        await client.register(fake, PING)
        fake.faults.cut_gateway()
        await fake.until(lambda: fake.gateway.resumed == 1)
        assert (await ana.command("ping")).answered


async def test_malformed_interaction_ends_the_connection(fake: FakeDiscord) -> None:
    client, ana = Echo(defer), fake.person("Ana")
    async with running(fake, client) as connection:
        await client.register(fake, PING)
        await fake.faults.malformed_interaction()
        await asyncio.wait([connection], timeout=PATIENCE)
        assert isinstance(connection.exception(), ValueError)
        # The client forgets this socket, and its heart would go on beating.
        await client.ws.close()
        again = asyncio.create_task(client.connect())
        await fake.until(lambda: fake.gateway.identified == 2)
        assert (await ana.command("ping")).answered
        await client.close()
        await asyncio.wait([again])


async def test_another_guild_is_told_apart(fake: FakeDiscord) -> None:
    client = Echo(defer)
    async with running(fake, client):
        other = await fake.add_guild("Other brand", "alerts")
        ben = fake.person("Ben", guild=other)
        path = f"/applications/{fake.application_id}/commands"
        await client.call("PUT", path, [PING])
        act = await ben.command("ping")
        assert act.answered
        assert client.heard[0].guild_id == other.id
        assert fake.channel("alerts", other).messages == [act.reply]
