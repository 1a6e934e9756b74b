"""Discord: connected, and kept so."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.attachments import Read
from adapters.discord.chat import DiscordChat
from adapters.discord.events import MALFORMED
from adapters.discord.incoming import CHAT
from adapters.discord.listener import UNHEARD, Listener
from bot.app.front import Front
from bot.errors import UserError

log = structlog.get_logger(__name__)

# Its warnings name the address, and that of an answer holds the key to speak in our name.
logging.getLogger("discord.http").setLevel(logging.ERROR)
# We never speak aloud, so nobody misses what that takes.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

FIRST = 10.0
"""Seconds in which the first login, and then the first connection, should stand."""

SHORTEST, LONGEST = 0.2, 60.0
"""Seconds between a connection that ended and the next one."""

TROUBLE = (*UNHEARD, *MALFORMED)
"""What comes of connecting: Discord is not to be reached, or answers what is no answer."""

FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
"""Of a bot's token. What has another is never sent: it is some other secret."""

REFUSED = "Discord refuses BRANDWARDEN_DISCORD_TOKEN. Reset it there and set the new one."
OTHER = "a bot token has three parts with dots between: Reset Token under Bot gives a new one"


@dataclass(frozen=True)
class DiscordAccess:
    """What we connect with, and where."""

    token: str = field(repr=False)
    server: str = ""
    endpoint: str = Route.BASE
    gateway: str = str(DiscordWebSocket.DEFAULT_GATEWAY)


class Discord:
    """The connection to Discord."""

    name = CHAT

    def __init__(self, access: DiscordAccess, read: Read) -> None:
        """Take the bytes of the files that are sent from ``read``."""
        self._access = access
        self.chat = DiscordChat(read)

    @asynccontextmanager
    async def serve(self, front: Front) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: Discord refuses us; it says what to do.
        """
        if not FORM.fullmatch(self._access.token):
            message = f"BRANDWARDEN_DISCORD_TOKEN is none: {OTHER}."
            raise UserError(message)
        with pointed(self._access):
            client = await self._begin(front)
            staying = asyncio.create_task(self._stay(client, front))
            try:
                if client:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(client.settled.wait(), FIRST)
                yield
            finally:
                staying.cancel()
                await asyncio.wait([staying])

    async def _begin(self, front: Front) -> Listener | None:
        """Log in for the first time; None if Discord is not to be reached now."""
        try:
            async with asyncio.timeout(FIRST):
                return await self._log_in(front)
        except discord.LoginFailure as error:
            raise UserError(REFUSED) from error
        except TROUBLE as error:
            log.warning("not connected", chat=CHAT, error=repr(error)[:200])
            return None

    async def _log_in(self, front: Front) -> Listener:
        client = Listener(front, self._access.server)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(client.close)
            await client.login(self._access.token)
            stack.pop_all()
        self.chat.client = client
        return client

    async def _stay(self, client: Listener | None, front: Front) -> None:
        """Connect again whenever the connection ends."""
        clock, pause = asyncio.get_running_loop().time, SHORTEST
        try:
            while True:
                began = clock()
                try:
                    if client is None or client.is_closed():
                        client = await self._log_in(front)
                    await client.connect()
                except TROUBLE as error:
                    log.warning("connection ended", chat=CHAT, error=repr(error)[:200])
                if client:
                    with suppress(*TROUBLE):
                        await client.ws.close()
                pause = SHORTEST if clock() - began > LONGEST else min(2 * pause, LONGEST)
                await asyncio.sleep(pause)
        finally:
            if client:
                await client.close()


@contextmanager
def pointed(access: DiscordAccess) -> Iterator[None]:
    """Let discord.py talk to the addresses of the access: it knows them as constants."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = access.endpoint, yarl.URL(access.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
