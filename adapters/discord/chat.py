"""Discord as a chat: a message once, in its thread, and found again."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord import render
from adapters.discord.attachments import Read, attached, parts, request
from adapters.discord.commands import missing
from adapters.discord.render import Json
from bot.errors import ChatError, MessageGone
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from bot.ui.text import one_line

PATIENCE = 90.0
"""Seconds for one message, with discord.py's own retries and pauses."""

GONE, FORBIDDEN, BEGUN = (10003, 10008), (50001, 50013), 160004
"""Discord's codes: no such channel or message; no access or permission; has a thread already."""

FOLDED, LOCKED = 50083, 160005
"""And: the thread is archived, or locked as well."""

CLOSED = "The thread is locked. Somebody who may manage threads has to unlock it."

WEEK = 10080
"""Minutes without a word until Discord folds a thread away; the next word unfolds it."""

SILENT = 4096
PAGE, PAGES = 100, 5
"""Messages in a page of the history, and pages that are looked through."""

_CHANNEL = "/channels/{channel_id}"
_MESSAGES = f"{_CHANNEL}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"


@dataclass
class DiscordChat:
    """Posts, edits and finds."""

    read: Read
    client: discord.Client | None = None
    """What it speaks through, once that is connected."""

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, and what it has no room for after it; ``find`` makes up for the rest.

        Within minutes Discord itself takes none twice, by the nonce.
        """
        first, *rest = parts(message)
        if message.thread:
            await self._open_thread(message.thread)
        ref = await self._post(first)
        for part in rest:
            await self._post(part)
        return ref

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:  # noqa: ARG002
        """Show another card in the message's place; a thread that was folded away opens."""
        body = render.message(card)
        try:
            await self._ask("PATCH", _MESSAGE, ref.channel, ref.id, json=body)
        except ChatError as error:
            if _code(error) != FOLDED:
                raise
            await self._unfold(ref.channel)
            await self._ask("PATCH", _MESSAGE, ref.channel, ref.id, json=body)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Look for each of the messages."""
        found = {message.key: await self._find_one(message) for message in messages}
        return {key: ref for key, ref in found.items() if ref is not None}

    async def close_thread(self, head: MessageRef) -> None:
        """Do nothing yet."""

    async def _find_one(self, message: Outgoing) -> MessageRef | None:
        """Look for the message in the history; what should follow it is posted now if it is not.

        They are known by the mark in their footers: Discord tells the nonce only when they are
        posted.
        """
        first, *rest = parts(message)
        ref = await self._find(first)
        if ref is not None:
            for part in rest:
                if await self._find(part) is None:
                    await self._post(part)
        return ref

    async def _post(self, message: Outgoing) -> MessageRef:
        place, (nonce, mark) = _place(message), _marks(message.key)
        body = render.message(message.card, mark)
        flags = 0 if message.ping else SILENT
        body |= {"nonce": nonce, "enforce_nonce": True, "flags": flags}
        files, missed = await attached(self.read, message)
        body["content"] = "\n".join((body["content"], *missed))
        posted = await self._ask("POST", _MESSAGES, place, **request(body, files))
        return MessageRef(place, posted["id"])

    async def _find(self, message: Outgoing) -> MessageRef | None:
        place, (_, mark) = _place(message), _marks(message.key)
        query: Json = {"limit": PAGE}
        for _ in range(PAGES):
            try:
                page = await self._ask("GET", _MESSAGES, place, params=query)
            except MessageGone:
                return None
            for each in page:
                if self._is_own(each) and _footer(each).endswith(mark):
                    return MessageRef(place, each["id"])
            if len(page) < PAGE:
                return None
            query["before"] = page[-1]["id"]
        return None

    async def _unfold(self, thread: str) -> None:
        try:
            await self._ask("PATCH", _CHANNEL, thread, json={"archived": False})
        except ChatError as error:
            if _code(error) in FORBIDDEN:
                raise ChatError(CLOSED) from error
            raise

    async def _open_thread(self, head: MessageRef) -> None:
        """Open a thread on a message, unless it has one; the thread gets the message's id."""
        if self.client and self.client.get_channel(int(head.id)):
            return
        first = await self._ask("GET", _MESSAGE, head.channel, head.id)
        if "thread" in first:
            return
        heading = first["content"].partition("\n")[0]
        name = one_line(re.sub(r"\*\*|\\(.)", r"\1", heading), 100)
        body = {"name": name, "auto_archive_duration": WEEK}
        try:
            await self._ask("POST", f"{_MESSAGE}/threads", head.channel, head.id, json=body)
        except ChatError as error:
            if _code(error) != BEGUN:
                raise

    def _is_own(self, message: Json) -> bool:
        own = self.client.user if self.client else None
        return own is not None and message["author"]["id"] == str(own.id)

    async def _ask(
        self, method: str, path: str, channel: str, message: str = "", **sent: Any
    ) -> Any:
        if self.client is None or self.client.is_closed():
            raise ChatError("Discord is not connected yet.")
        route = Route(method, path, channel_id=channel, message_id=message)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.client.http.request(route, **sent)
        except discord.RateLimited as error:
            raise ChatError("Discord asks us to slow down.", error.retry_after) from error
        except discord.HTTPException as error:
            raise self._translated(error, channel) from error
        except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
            raise ChatError(f"Discord could not be reached ({type(error).__name__}).") from error

    def _translated(self, error: discord.HTTPException, id: str) -> ChatError:
        if error.code in GONE:
            return MessageGone()
        if error.code in (FOLDED, LOCKED):
            return ChatError(CLOSED)
        if error.code not in FORBIDDEN:
            return ChatError(f"Discord refused it ({error.status}, code {error.code}).")
        place = self.client.get_channel(int(id)) if self.client else None
        lacks = "view channel"
        if isinstance(place, discord.abc.GuildChannel | discord.Thread):
            lacks = missing(place.permissions_for(place.guild.me))
        return ChatError(
            f"The bot may not write there. Permit it in that channel: {lacks or 'all'}."
        )


def _place(message: Outgoing) -> str:
    return message.thread.id if message.thread else message.channel


def _code(error: ChatError) -> int:
    """Return Discord's code; 0 if it was not Discord who refused."""
    cause = error.__cause__
    return cause.code if isinstance(cause, discord.HTTPException) else 0


def _marks(key: str) -> tuple[str, str]:
    """Return the nonce of a message, and the mark with which its footer ends."""
    nonce = hashlib.sha256(key.encode()).hexdigest()[:25]
    return nonce, f"ref {nonce[:8]}"


def _footer(message: Json) -> str:
    return "".join(embed.get("footer", {}).get("text", "") for embed in message["embeds"])
