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

from adapters.discord import CHAT
from adapters.discord.attachments import Read
from adapters.discord.calls import unheard
from adapters.discord.listener import Listener
from adapters.discord.manifest import spelling
from adapters.discord.outbound import DiscordChat
from adapters.discord.reconnecting import SessionOver, Sessions, fatal
from adapters.discord.refusals import NO_LOGIN, RESET
from adapters.discord.troubles import Trouble
from adapters.discord.unreadable_events import MALFORMED, UNHEARD
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.errors import NotConnected, UserError

log = structlog.get_logger(__name__)

# Its warnings name the address, and that of an answer holds the key to speak in our name.
logging.getLogger("discord.http").setLevel(logging.ERROR)
# We never speak aloud, so nobody misses what that takes.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

FIRST = 10.0
"""Seconds in which the first login, and then the first connection, should stand."""

TROUBLE = (SessionOver, *UNHEARD, *MALFORMED)
"""What comes of connecting: Discord is not to be reached, or answers what is no answer."""

HOUR = 3600.0
"""Seconds between two logins where Discord takes no connection of ours."""

FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
"""Of a bot's token. What has another is never sent: it is some other secret."""

REFUSED = f"{NO_LOGIN} {RESET}"
OTHER = "a bot token has three parts separated by dots; press Reset Token under Bot for a new one"


@dataclass(frozen=True)
class DiscordAccess:
    """What we connect with, and where."""

    token: str = field(repr=False)
    server: str = ""
    endpoint: str = Route.BASE
    gateway: str = str(DiscordWebSocket.DEFAULT_GATEWAY)
    member_roles: frozenset[int] = frozenset()
    """The ids of roles whose people are members here."""


class Discord:
    """The connection to Discord."""

    name = CHAT

    def __init__(self, access: DiscordAccess, read: Read) -> None:
        """Take the bytes of the files that are sent from ``read``."""
        self._access = access
        self.chat = DiscordChat(read)

    @asynccontextmanager
    async def serve(self, gateway: ChatGateway) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: Discord refuses us; it says what to do.
        """
        if not FORM.fullmatch(self._access.token):
            message = f"BRANDWARDEN_DISCORD_TOKEN is not a valid bot token: {OTHER}."
            raise UserError(message)
        gateway.spell(CHAT, spelling(gateway.commands))
        link = Trouble(gateway, Topic.CONNECTION)
        sessions = Sessions(link, asyncio.get_running_loop().time)
        connecting = Connecting(self._access, self.chat, gateway, link, sessions)
        with pointed(self._access):
            client = await connecting.begin()
            staying = asyncio.create_task(connecting.stay(client))
            try:
                if client:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(client.settled.wait(), FIRST)
                yield
            finally:
                staying.cancel()
                await asyncio.wait([staying])


@dataclass
class Connecting:
    """Logs in, connects, and connects again as long as that is of use."""

    access: DiscordAccess
    chat: DiscordChat
    gateway: ChatGateway
    link: Trouble
    sessions: Sessions

    async def begin(self) -> Listener | None:
        """Log in for the first time; None if Discord is not to be reached now."""
        try:
            async with asyncio.timeout(FIRST):
                return await self._log_in()
        except discord.LoginFailure as error:
            raise NotConnected(NO_LOGIN, RESET) from error
        except TROUBLE as error:
            log.warning("not connected", chat=CHAT, error=repr(error)[:200])
            return None

    async def stay(self, client: Listener | None) -> None:
        """Connect again whenever the connection ends, unless Discord never takes another one."""
        try:
            while True:
                try:
                    if client is None or client.is_closed():
                        client = await self._log_in()
                    await self.sessions.permit(client)
                    await client.connect()
                except TROUBLE as error:
                    if advice := fatal(error):
                        log.warning("connection refused", chat=CHAT, error=repr(error)[:200])
                        await self.link.begin(*advice)
                        break
                    log.warning("connection ended", chat=CHAT, error=repr(error)[:200])
                    await self.link.begin(
                        f"The connection to Discord keeps dropping. {unheard(error)}"
                    )
                if client:
                    with suppress(*TROUBLE):
                        await client.ws.close()
                await asyncio.sleep(self.sessions.pause())
            while client is None or client.is_closed():
                client = await self._speak()
            await asyncio.Event().wait()
        finally:
            if client is not None:
                await client.close()

    async def _speak(self) -> Listener | None:
        """Log in where nothing comes in: alerts may go out all the same."""
        try:
            return await self._log_in()
        except TROUBLE as error:
            log.warning("not logged in", chat=CHAT, error=repr(error)[:200])
            await asyncio.sleep(HOUR)
            return None

    async def _log_in(self) -> Listener:
        access = self.access
        client = Listener(
            self.gateway, access.server, self.link, self.sessions, access.member_roles
        )
        async with AsyncExitStack() as stack:
            stack.push_async_callback(client.close)
            await client.login(self.access.token)
            stack.pop_all()
        self.chat.client = client
        return client


@contextmanager
def pointed(access: DiscordAccess) -> Iterator[None]:
    """Let discord.py talk to the addresses of the access: it knows them as constants."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = access.endpoint, yarl.URL(access.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
