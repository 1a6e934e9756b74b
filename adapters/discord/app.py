"""Discord: connected, and kept so. One listener takes every interaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.answers import Answers
from adapters.discord.chat import DiscordChat, Read
from adapters.discord.commands import payload
from adapters.discord.incoming import CHAT, Incoming
from bot.app.front import Front
from bot.errors import UserError

log = structlog.get_logger(__name__)

PATIENCE = 30.0
"""Seconds that discord.py waits by itself when Discord asks to slow down."""
SHORTEST, LONGEST = 1.0, 60.0
"""Seconds between two connections that broke."""
BROKEN = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    # discord.py lets what it cannot parse of an event out of connect().
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class DiscordAccess:
    """With what, and to which server, we connect."""

    token: str = field(repr=False)
    server: str = ""
    endpoint: str = Route.BASE
    gateway: str = str(DiscordWebSocket.DEFAULT_GATEWAY)


class Discord:
    """The connection to Discord."""

    name = CHAT

    def __init__(self, access: DiscordAccess, read: Read) -> None:
        """Connect with the access; take the bytes of files from ``read``."""
        self._access = access
        self.chat = DiscordChat(read)

    @asynccontextmanager
    async def serve(self, front: Front) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: Discord refuses the token.
        """
        with _pointed(self._access):
            client = _Client()
            incoming = Incoming(front, client, urlsplit(self._access.endpoint).hostname or "")
            client.answer = Answers(front, self.chat, incoming).answer
            client.settle = lambda: self._settle(client, front)
            try:
                await _log_in(client, self._access.token)
                self.chat.connect(client.http, str(client.user.id if client.user else ""))
                staying = asyncio.create_task(_stay(client))
                try:
                    yield
                finally:
                    staying.cancel()
                    await asyncio.wait({staying})
            finally:
                await client.close()

    async def _settle(self, client: discord.Client, front: Front) -> None:
        """Choose the server and register the commands there."""
        joined = {str(guild.id) for guild in client.guilds}
        known = await front.workspace(CHAT)
        chosen = self._access.server or (joined.pop() if len(joined) == 1 else known)
        if not chosen:
            log.warning("no server chosen", hint="set BRANDWARDEN_DISCORD_SERVER")
            return
        await front.connected(CHAT, chosen)
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
        where = {"application_id": client.application_id, "guild_id": chosen}
        await self.chat.call("PUT", path, payload(front.commands), **where)
        log.info("connected", chat=CHAT)


class _Client(discord.Client):
    answer: Callable[[discord.Interaction], Awaitable[None]]
    settle: Callable[[], Awaitable[None]]

    def __init__(self) -> None:
        intents = discord.Intents(guilds=True)
        super().__init__(intents=intents, max_ratelimit_timeout=PATIENCE)

    async def on_ready(self) -> None:
        try:
            await self.settle()
        except discord.HTTPException as error:
            log.warning("commands not registered", status=error.status, code=error.code)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await self.answer(interaction)


async def _log_in(client: discord.Client, token: str) -> None:
    try:
        await client.login(token)
    except discord.LoginFailure as error:
        message = "Discord refuses BRANDWARDEN_DISCORD_TOKEN. Reset it there and paste the new one."
        raise UserError(message) from error
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        message = f"Discord could not be reached ({type(error).__name__}). Try again in a moment."
        raise UserError(message) from error


async def _stay(client: discord.Client) -> None:
    """Connect again whenever the connection ends."""
    loop = asyncio.get_running_loop()
    pause = SHORTEST
    while True:
        began = loop.time()
        try:
            await client.connect(reconnect=True)
        except BROKEN as error:
            log.warning("connection broke", chat=CHAT, error=type(error).__name__)
        with suppress(*BROKEN):
            await client.ws.close(code=4000)
        pause = SHORTEST if loop.time() - began > LONGEST else min(2 * pause, LONGEST)
        await asyncio.sleep(pause)


@contextmanager
def _pointed(access: DiscordAccess) -> Iterator[None]:
    """Have discord.py talk to the addresses of the settings; it knows them as constants."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = access.endpoint, yarl.URL(access.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
