"""A very small bot on the real discord.py, to show that the fake is like Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord.http import Route

from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.wire import Json

NOBODY: Json = {"parse": []}
Answering = Callable[["Echo", discord.Interaction], Awaitable[None]]


class Echo(discord.Client):
    """Answers each interaction with what the test says."""

    def __init__(self, answering: Answering) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
        self.heard: list[discord.Interaction] = []
        self.errors: list[discord.HTTPException] = []
        self._answering = answering

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin another session at once; discord.py waits five seconds."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.heard.append(interaction)
        try:
            await self._answering(self, interaction)
        except discord.HTTPException as error:
            self.errors.append(error)

    async def call(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        body = {} if json is None else {"json": json}
        return await self.http.request(Route(method, path), **body, **more)

    async def say(self, channel: int, text: str, **more: Any) -> Json:
        body = {"content": text, "allowed_mentions": NOBODY} | more
        said: Json = await self.call("POST", f"/channels/{channel}/messages", body)
        return said

    async def respond(self, interaction: discord.Interaction, kind: int, data: Any = None) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await self.call("POST", path, {"type": kind} | ({} if data is None else {"data": data}))

    async def register(self, fake: FakeDiscord, *commands: Json) -> None:
        path = f"/applications/{fake.application_id}/guilds/{fake.guild.id}/commands"
        await self.call("PUT", path, list(commands))


@asynccontextmanager
async def running(fake: FakeDiscord, client: Echo) -> AsyncIterator[asyncio.Task[None]]:
    """Keep the bot connected; the task is its connection, which a test may see end."""
    await client.login(fake.token)
    task = asyncio.create_task(client.connect())
    try:
        await fake.until(lambda: fake.connected)
        await client.wait_until_ready()
        yield task
    finally:
        await client.close()
        await asyncio.wait([task])
