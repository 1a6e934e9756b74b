"""Discord as a chat: a message once, in its thread, and found again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
from discord.http import Route

from adapters.discord import render
from adapters.discord.commands import missing
from adapters.discord.render import Json
from bot.errors import ChatError, MessageGone
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from bot.ui.text import one_line

Read = Callable[[str], Awaitable[bytes]]

PATIENCE = 90.0
"""Seconds for one message, with discord.py's own retries and pauses."""

GONE, FORBIDDEN, BEGUN = (10003, 10008), (50001, 50013), 160004
"""Discord's codes: no such channel or message; no access or permission; has a thread already."""

WEEK = 10080
"""Minutes without a word until Discord folds a thread away; the next word unfolds it."""

SILENT = 4096
PAGE, PAGES = 100, 5
"""Messages in a page of the history, and pages that are looked through."""

_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"


class DiscordChat:
    """Posts, edits and finds; ``client`` is what it speaks through, once that is connected."""

    def __init__(self, read: Read) -> None:
        """Take the bytes of files from ``read``."""
        self.client: discord.Client | None = None
        self._read = read

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message. Within minutes Discord itself takes none twice, by the nonce."""
        nonce, place = _nonce(message.key), message.channel
        if message.thread:
            await self._open_thread(message.thread)
            place = message.thread.id
        flags = 0 if message.ping else SILENT
        body = render.message(message.card, _mark(nonce))
        body |= {"nonce": nonce, "enforce_nonce": True, "flags": flags}
        sent: Json = {"json": body}
        if message.files:
            sent = {"form": [{"name": "payload_json", "value": json.dumps(body)}]}
        for number, file in enumerate(message.files):
            content = await self._read(file.content)
            part = {"name": f"files[{number}]", "filename": one_line(file.name, 150) or "file"}
            sent["form"].append(part | {"value": content})
        posted = await self._ask("POST", _MESSAGES, place, **sent)
        return MessageRef(place, posted["id"])

    async def edit(self, ref: MessageRef, card: Card) -> None:
        """Show another card in the message's place."""
        await self._ask("PATCH", _MESSAGE, ref.channel, ref.id, json=render.message(card))

    async def find(self, message: Outgoing) -> MessageRef | None:
        """Look for the message in the history, by the mark in its footer.

        The nonce is of no use there: Discord tells it only when the message is posted.
        """
        place = message.thread.id if message.thread else message.channel
        query: Json = {"limit": PAGE}
        for _ in range(PAGES):
            try:
                page = await self._ask("GET", _MESSAGES, place, params=query)
            except MessageGone:
                return None
            for each in page:
                if self._is_own(each) and _mark(_nonce(message.key)) in _footer(each):
                    return MessageRef(place, each["id"])
            if len(page) < PAGE:
                return None
            query["before"] = page[-1]["id"]
        return None

    async def _open_thread(self, head: MessageRef) -> None:
        """Open a thread on a message, unless it has one; the thread gets the message's id."""
        if self.client and self.client.get_channel(int(head.id)):
            return
        first = await self._ask("GET", _MESSAGE, head.channel, head.id)
        if "thread" in first:
            return
        name = one_line(re.sub(r"\*\*|\\(.)", r"\1", first["content"]), 100)
        body = {"name": name, "auto_archive_duration": WEEK}
        try:
            await self._ask("POST", f"{_MESSAGE}/threads", head.channel, head.id, json=body)
        except ChatError as error:
            if getattr(error.__cause__, "code", 0) != BEGUN:
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
        if error.code not in FORBIDDEN:
            return ChatError(f"Discord refused it ({error.status}, code {error.code}).")
        place = self.client.get_channel(int(id)) if self.client else None
        lacks = "view channel"
        if isinstance(place, discord.abc.GuildChannel | discord.Thread):
            lacks = missing(place.permissions_for(place.guild.me))
        return ChatError(
            f"The bot may not write there. Permit it in that channel: {lacks or 'all'}."
        )


def _nonce(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:25]


def _mark(nonce: str) -> str:
    return f"ref {nonce[:8]}"


def _footer(message: Json) -> str:
    return "".join(embed.get("footer", {}).get("text", "") for embed in message["embeds"])
