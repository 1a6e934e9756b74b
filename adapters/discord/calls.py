"""What the outbox asks of Discord: once, and with what a refusal means."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord.manifest import titled
from adapters.discord.once import ONCE, Unrepeated, retry_after
from adapters.discord.refusals import ELSEWHERE, Act, meaning
from bot.core.network import unreached
from bot.errors import ChatError, MessageGone, Refusal

PATIENCE = 90.0
"""Seconds for one request, with the pauses that discord.py makes before Discord asks for them."""

FORBIDDEN = (50001, 50013)
"""Discord's codes: no access, no permission."""

POSTING = (Act.POST, Act.REPLY, Act.OPEN)
CLOSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
"""With these Discord does nothing of what it is asked."""

GuildPlace = discord.abc.GuildChannel | discord.Thread


def unheard(error: BaseException) -> str:
    """Say why Discord gave no answer, or none that helps, and what to do."""
    if isinstance(error, discord.HTTPException):
        return f"Discord answered with an error (HTTP {error.status}). Try again later."
    host = str(getattr(error, "host", None) or "")
    gone = isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientPayloadError)
    return unreached("Discord", error, host, cut_off=gone)


@dataclass
class Asking:
    """Asks, through the client that is connected."""

    client: discord.Client | None = field(default=None, kw_only=True)

    async def ask(
        self, act: Act, method: str, path: str, channel: str, message: str = "", **sent: Any
    ) -> Any:
        """Return what Discord answers; ``path`` has the names of what is put into it.

        Raises:
            MessageGone: the message is not there.
            ChatError: Discord refused, or it is unknown whether it was done.
        """
        if self.client is None or self.client.is_closed():
            raise ChatError("I am not connected to Discord yet.", refusal=Refusal.CHAT)
        route = Route(method, path, channel_id=channel, message_id=message)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.client.http.request(route, trace_request_ctx=ONCE, **sent)
        except discord.RateLimited as error:
            raise ChatError("Discord is limiting our requests.", error.retry_after) from error
        except discord.HTTPException as error:
            raise self._explained(error, act, channel, files="files" in sent) from error
        except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
            raise ChatError(unheard(error), refusal=Refusal.CHAT) from error

    def _explained(
        self, error: discord.HTTPException, act: Act, id: str, *, files: bool
    ) -> ChatError:
        everywhere = isinstance(error, Unrepeated) and error.everywhere
        found = meaning(error.status, error.code, act, everywhere=everywhere)
        refusal, remedy = found.of(act), found.remedy
        if refusal is Refusal.GONE:
            return MessageGone(found.says)
        place = self._known(id) if error.code in FORBIDDEN else None
        if place is None and error.code in FORBIDDEN and self._listening:
            # Discord does not tell of it any more: it is not only about a thread or an edit.
            refusal = Refusal.ROOM
        if place is not None:
            granted = place.permissions_for(place.guild.me)
            channel = place.parent if isinstance(place, discord.Thread) else place
            remedy = f"{permit(granted, channel.name if channel else '')} {ELSEWHERE}"
            if not is_writable(channel.permissions_for(place.guild.me) if channel else granted):
                refusal = Refusal.ROOM
            if files and granted.send_messages and not granted.attach_files:
                refusal = Refusal.FILE
        if refusal is Refusal.FILE and not files:
            # Then it is about the message itself.
            refusal = Refusal.FORM
        certain = act in POSTING and error.status in CLOSED
        return ChatError(
            found.says, retry_after(error), refusal=refusal, remedy=remedy, certain=certain
        )

    @property
    def _listening(self) -> bool:
        return self.client is not None and self.client.is_ready()

    def _known(self, channel: str) -> GuildPlace | None:
        """Return a channel or thread, if Discord told of it."""
        place = self.client.get_channel(int(channel)) if self.client else None
        return place if isinstance(place, GuildPlace) else None


def is_writable(granted: discord.Permissions) -> bool:
    """Tell whether an alert can be posted at all."""
    return granted.view_channel and granted.send_messages


def permit(granted: discord.Permissions, name: str = "") -> str:
    """Say which permissions we need in the channel of that name, or in this one."""
    where = f"in #{name}" if name else "here"
    return f"Give me {titled(granted) or 'my permissions'} {where}."


def code_of(error: ChatError) -> int:
    """Return Discord's code; 0 if it was not Discord who refused."""
    cause = error.__cause__
    return cause.code if isinstance(cause, discord.HTTPException) else 0
