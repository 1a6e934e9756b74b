"""Discord: connected, and kept so. One listener takes every interaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.answers import Talk
from adapters.discord.chat import DiscordChat, Read
from adapters.discord.commands import is_same, payload
from adapters.discord.incoming import CHAT, Reader
from adapters.discord.render import Json
from bot.app.front import Front
from bot.errors import BrandwardenError, UserError
from bot.ui.cards import Tone
from bot.ui.interactions import Notice, Reply

log = structlog.get_logger(__name__)

SLOW_DOWN = 30.0
"""Seconds that discord.py waits by itself when Discord asks for it."""

FIRST = 10.0
"""Seconds in which the first connection should stand; after that we go on without."""

SHORTEST, LONGEST = 0.2, 60.0
"""Seconds between a connection that ended and the next one."""

UNHEARD = (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError)
"""Discord refused, or could not be reached; RuntimeError: the connection was just closed."""

MALFORMED = (AttributeError, LookupError, TypeError, ValueError)
"""discord.py could not read an event: it lets these out of connect(), which has then ended."""

NO_SERVER = "This bot is in several servers: set BRANDWARDEN_DISCORD_SERVER to the id of yours."
REFUSED = "Discord refuses BRANDWARDEN_DISCORD_TOKEN. Reset it there and set the new one."


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
        with pointed(self._access):
            client = await self._log_in(front)
            staying = asyncio.create_task(self._stay(client, front))
            try:
                with suppress(TimeoutError):
                    await asyncio.wait_for(client.settled.wait(), FIRST)
                yield
            finally:
                staying.cancel()
                await asyncio.wait([staying])

    async def _log_in(self, front: Front) -> Listener:
        client = Listener(front, self._access.server)
        try:
            await client.login(self._access.token)
        except UNHEARD as error:
            await client.close()
            refused = isinstance(error, discord.LoginFailure)
            unheard = f"Discord could not be reached ({type(error).__name__}). Try again later."
            raise UserError(REFUSED if refused else unheard) from error
        self.chat.client = client
        return client

    async def _stay(self, client: Listener, front: Front) -> None:
        """Connect again whenever the connection ends."""
        clock, pause = asyncio.get_running_loop().time, SHORTEST
        try:
            while True:
                began = clock()
                try:
                    if client.is_closed():
                        client = await self._log_in(front)
                    await client.connect()
                except (UserError, *UNHEARD, *MALFORMED) as error:
                    log.warning("connection ended", chat=CHAT, error=repr(error)[:200])
                with suppress(*UNHEARD, *MALFORMED):
                    await client.ws.close()
                pause = SHORTEST if clock() - began > LONGEST else min(2 * pause, LONGEST)
                await asyncio.sleep(pause)
        finally:
            await client.close()


class Listener(discord.Client):
    """Hears what people do in the team's server."""

    def __init__(self, front: Front, server: str) -> None:
        """Listen to that server; without one, to the only one or the one that was known."""
        super().__init__(intents=discord.Intents(guilds=True), max_ratelimit_timeout=SLOW_DOWN)
        self.settled = asyncio.Event()
        self._front = front
        self._server = server
        self._reader = Reader(front, self)

    async def on_connect(self) -> None:
        """Choose the server, and register the commands there."""
        joined = [str(guild.id) for guild in self.guilds]
        known = [await self._front.workspace(CHAT)]
        chosen = self._server or "".join(joined if len(joined) == 1 else {*joined} & {*known})
        self._server = chosen
        if chosen:
            await self._front.connected(CHAT, chosen)
            await self._register()
        self.settled.set()

    async def on_guild_join(self, _: discord.Guild) -> None:
        """Settle, if that was not possible before."""
        await self.on_connect()

    async def on_interaction(self, asked: discord.Interaction) -> None:
        """Pass on what somebody did, and show what came of it."""
        talk = Talk(self, asked)
        try:
            if asked.type is discord.InteractionType.autocomplete:
                await talk.respond(8, {"choices": await self._choices(asked)})
            else:
                await talk.answer(self._replies(asked))
        except UNHEARD as error:
            # What was written is written: the person waited in vain, or sees it in the thread.
            log.info("answer not shown", chat=CHAT, error=str(error)[:200])

    async def _replies(self, asked: discord.Interaction) -> Sequence[Reply] | None:
        await self.settled.wait()
        try:
            if not self._server:
                raise UserError(NO_SERVER)
            return await self._front.handle(await self._reader.read(asked))
        except BrandwardenError as error:
            return [Notice(str(error), Tone.WARNING)]

    async def _choices(self, asked: discord.Interaction) -> list[dict[str, str]]:
        data: Json = dict(asked.data or {})
        options: list[Json] = data.get("options", [])
        typed = {each["name"]: each["value"] for each in options if each.get("focused")}
        if str(asked.guild_id) != self._server:
            return []
        params = [
            p for spec in self._front.commands for p in spec.params if spec.name == data["name"]
        ]
        asked_for = [(param.suggest, typed[param.name]) for param in params if param.name in typed]
        # A command that was registered long ago may ask for what is there no more.
        found = await self._front.suggest(*asked_for[0]) if asked_for else []
        return [{"name": option.label, "value": option.value} for option in found]

    async def _register(self) -> None:
        ids: Json = {"application_id": self.application_id, "guild_id": self._server}
        path = "/applications/{application_id}/guilds/{guild_id}/commands"
        wanted = payload(self._front.commands)
        try:
            if not is_same(wanted, await self.http.request(Route("GET", path, **ids))):
                await self.http.request(Route("PUT", path, **ids), json=wanted)
        except UNHEARD as error:
            log.warning("commands not registered", chat=CHAT, error=str(error)[:200])


@contextmanager
def pointed(access: DiscordAccess) -> Iterator[None]:
    """Let discord.py talk to the addresses of the access: it knows them as constants."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = access.endpoint, yarl.URL(access.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
