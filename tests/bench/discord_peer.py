"""Bots that answer slash commands in Discord: ours, and a bare one on discord.py's command tree."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from unittest.mock import patch

import discord
from discord import app_commands

from adapters.discord.connection import Discord, DiscordAccess, pointed
from tests.bench.fronts import SAID, Behind, names
from tests.bench.slack_peer import no_file


async def _at_once(*_: object, **__: object) -> None:
    """Begin a session without the five seconds that discord.py waits."""


_HURRY = patch.object(discord.Client, "before_identify_hook", _at_once)


@dataclass(frozen=True)
class OurDiscord:
    """The product's adapter."""

    access: DiscordAccess
    behind: Behind

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Be connected as long as the block lasts."""
        with _HURRY:
            async with (
                self.behind.gateway() as gateway,
                Discord(self.access, no_file).serve(gateway),
            ):
                yield


async def _answer(asked: discord.Interaction) -> None:
    await asked.response.send_message(SAID, ephemeral=True)


@dataclass(frozen=True)
class BareDiscord:
    """A command tree of so many commands, as the documentation shows it."""

    access: DiscordAccess
    commands: int = 12

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Be connected as long as the block lasts."""
        client = discord.Client(intents=discord.Intents(guilds=True))
        tree = app_commands.CommandTree(client)
        guild = discord.Object(int(self.access.server))
        for name in names(self.commands):
            tree.command(name=name, description=name, guild=guild)(_answer)
        with _HURRY, pointed(self.access):
            await client.login(self.access.token)
            await tree.sync(guild=guild)
            connected = asyncio.create_task(client.connect())
            try:
                await client.wait_until_ready()
                yield
            finally:
                await client.close()
                await asyncio.wait([connected])
