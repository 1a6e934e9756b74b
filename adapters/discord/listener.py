"""What people do in the team's server, heard and answered. One listener takes everything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord import CHAT, render
from adapters.discord.answers import UNREADABLE, Talk, answer_unread
from adapters.discord.channel_access import trouble_with
from adapters.discord.inbound import Reader, elsewhere, is_dropped, is_sign
from adapters.discord.manifest import innermost
from adapters.discord.membership import Membership
from adapters.discord.once import trace_once
from adapters.discord.reconnecting import Sessions
from adapters.discord.registration import HOUR, register
from adapters.discord.render import Json
from adapters.discord.troubles import Trouble
from adapters.discord.unreadable_events import MALFORMED, UNHEARD, tolerate
from bot.core.cards import Tone
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.core.intake import Intake
from bot.core.interactions import AnyInteraction, Notice, Reply
from bot.core.interface import speak, tr_data
from bot.core.permissions import Permission
from bot.errors import BrandwardenError, UserError

log = structlog.get_logger(__name__)

SLOW_DOWN = 30.0
"""Seconds that discord.py waits by itself when Discord asks for it."""

NOBODY = discord.AllowedMentions.none()

Asked = discord.Interaction | discord.Message

NO_SERVER = "I do not know your team's server. Set BRANDWARDEN_DISCORD_SERVER to its ID."


class Listener(discord.Client):
    """Hears what people do in the team's server."""

    def __init__(
        self,
        gateway: ChatGateway,
        server: str,
        link: Trouble,
        sessions: Sessions,
        member_roles: frozenset[int] = frozenset(),
    ) -> None:
        """Listen to that server; without one, to the one that was known, else to the only one.

        ``member_roles`` are the ids of roles whose people are members.
        """
        intents = discord.Intents(guilds=True, guild_messages=True, guild_reactions=True)
        trace = aiohttp.TraceConfig()
        trace_once(trace)
        sessions.trace(self, trace)
        super().__init__(
            intents=intents,
            max_messages=None,
            max_ratelimit_timeout=SLOW_DOWN,
            http_trace=trace,
            enable_debug_events=True,
        )
        tolerate(self, lambda event, data: self.dispatch("unread", event, data))
        self.settled = asyncio.Event()
        self._gateway = gateway
        self._server = server
        self._reader = Reader(gateway, Membership(member_roles))
        self._link, self._sessions = link, sessions
        self._room = Trouble(gateway, Topic.ROOM)
        self._commands = Trouble(gateway, Topic.COMMANDS)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Let nothing begin in a client that is closed: its tasks may outlive it for seconds."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Note that a session is begun."""
        self._sessions.identify()
        await super().before_identify_hook(shard_id, initial=initial)

    async def on_socket_raw_receive(self, said: str) -> None:
        """Note when Discord ends the session."""
        self._sessions.hear(said)

    async def on_disconnect(self) -> None:
        """Note that commands and buttons do not reach us."""
        await self._link.begin("The connection to Discord was lost.")

    async def on_resumed(self) -> None:
        """Note that people are heard again."""
        self._sessions.stands()
        await self._link.over()

    async def on_connect(self) -> None:
        """Choose the server, and register the commands there."""
        self._sessions.stands()
        await self._link.over()
        self._server = self._server or await self._choose()
        if self._server:
            await self._gateway.connected(CHAT, self._server)
            await self.on_register()
        else:
            log.warning("no server", chat=CHAT, advice=NO_SERVER)
        self.settled.set()

    async def on_register(self) -> None:
        """Register the commands, and try again later if Discord refuses."""
        registered = await register(self, self._commands, self._gateway.commands, self._server)
        if not registered and not self.is_closed():
            self.loop.call_later(HOUR, self.dispatch, "register")

    async def on_guild_join(self, _: discord.Guild) -> None:
        """Settle, if that was not possible before."""
        await self.on_connect()
        await self.on_ready()

    async def on_ready(self, *_: object) -> None:
        """See whether alerts can come to their channel."""
        channel = await self._gateway.channel(CHAT)
        if not (self.is_ready() and self._server and channel):
            return
        found = trouble_with(self, self._server, channel)
        if found == ("", ""):
            await self._room.over()
        elif found:
            await self._room.begin(*found)

    on_guild_remove = on_guild_available = on_ready
    on_guild_channel_create = on_guild_channel_update = on_guild_channel_delete = on_ready
    on_guild_role_update = on_guild_role_delete = on_member_update = on_ready

    async def on_unread(self, event: str, data: object) -> None:
        """Answer what discord.py cannot read, so that the person is not left waiting."""
        try:
            if event == "INTERACTION_CREATE":
                await answer_unread(self, data)
        except UNHEARD as error:
            log.info("answer not shown", chat=CHAT, error=str(error)[:200])

    async def on_interaction(self, asked: discord.Interaction) -> None:
        """Pass on what somebody did, and show what came of it."""
        talk = Talk(self, asked)
        try:
            with speak(await self._gateway.language()):
                if asked.type is discord.InteractionType.autocomplete:
                    await talk.respond(8, {"choices": await self._choices(asked)})
                else:
                    await talk.answer(self._replies(asked))
        except UNHEARD as error:
            # What was written is written: the person waited in vain, or sees it in the thread.
            log.info("answer not shown", chat=CHAT, error=str(error)[:200])

    async def on_message(self, said: discord.Message) -> None:
        """Take over the files with which somebody calls us in a case's thread.

        The thread hears of what was added. What was not is said in an answer to the message,
        because a message can have no answer that one person sees.
        """
        if not is_dropped(said, self.user):
            return
        told = [each for each in await self._replies(said) or () if isinstance(each, Notice)]
        wrong = [each for each in told if each.tone is Tone.WARNING]
        try:
            for each in wrong:
                text = render.notice(each.text, each.tone)["content"]
                to = said.to_reference(fail_if_not_exists=False)
                await said.channel.send(text, reference=to, allowed_mentions=NOBODY)
        except UNHEARD as error:
            log.info("answer not shown", chat=CHAT, error=str(error)[:200])

    async def on_raw_reaction_add(self, put: discord.RawReactionActionEvent) -> None:
        """Take the reaction that says that its sender is looking at the alert.

        What is refused stays unsaid: no message could be for that person alone.
        """
        await self.settled.wait()
        if not is_sign(put, self.user, self._server):
            return
        try:
            with speak(await self._gateway.language()):
                await self._gateway.handle(await self._reader.read_sign(put, self._server))
        except (BrandwardenError, *MALFORMED) as error:
            log.info("reaction not taken", chat=CHAT, error=str(error)[:200])

    async def _replies(self, asked: Asked) -> Sequence[Reply] | None:
        await self.settled.wait()
        try:
            if isinstance(asked, discord.Interaction) and (words := elsewhere(asked)):
                raise UserError(words)
            if not self._server:
                raise UserError(NO_SERVER)
            files = self._gateway.intake()
            response = await self._gateway.handle(await self._read(asked, files), files=files)
            return None if response.repeated else response.replies
        except BrandwardenError as error:
            return [Notice(tr_data(str(error)), Tone.WARNING)]

    async def _read(self, asked: Asked, files: Intake) -> AnyInteraction:
        try:
            if isinstance(asked, discord.Message):
                return await self._reader.read_message(asked, self._server, files)
            return await self._reader.read(asked, self._server, files)
        except MALFORMED as error:
            log.exception("interaction not understood", chat=CHAT)
            raise UserError(UNREADABLE) from error

    async def _choose(self) -> str:
        """Return the server that is ours; empty if nobody can tell.

        Whoever knows a public bot can let it into a server of his own: that never becomes ours as
        long as another one is known.
        """
        joined = [str(guild.id) for guild in self.guilds]
        known = await self._gateway.workspace(CHAT)
        possible = [id for id in joined if id == known or not known]
        return possible[0] if len(possible) == 1 else ""

    async def _choices(self, asked: discord.Interaction) -> list[dict[str, str]]:
        data: Json = dict(asked.data or {})
        name, options = innermost(data["name"], data.get("options", []))
        focused = [each for each in options if each.get("focused")]
        # Discord leaves out what is still empty.
        typed = {each["name"]: str(each.get("value", "")) for each in focused}
        access = await self._reader.access(asked.user, str(asked.guild_id or ""), self._server)
        if not access.role.can(Permission.READ):
            return []
        params = [p for spec in self._gateway.commands for p in spec.params if spec.name == name]
        asked_for = [(param.suggest, typed[param.name]) for param in params if param.name in typed]
        # A command that was registered long ago may ask for what is there no more.
        found = await self._gateway.suggest(access.role, *asked_for[0]) if asked_for else []
        return [{"name": option.label, "value": option.value} for option in found]
