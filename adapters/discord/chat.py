"""Discord as a chat: posting once, in the right thread, and finding what was posted."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from adapters.discord import render
from adapters.discord.render import Json
from bot.domain.files import Upload
from bot.errors import ChatError, MessageGone
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card

Read = Callable[[str], Awaitable[bytes]]

GONE = (10003, 10008)
"""Unknown Channel, Unknown Message."""
FORBIDDEN = (50001, 50013)
BEGUN = 160004
"""A thread was opened on the message already."""
WEEK = 10080
"""Minutes without a word after which Discord folds a thread away; a new word unfolds it."""
SILENT = 4096
"""Flag of a message that rings nobody's phone."""
PAGE = 100
PAGES = 3
"""Messages in one reading of the history, and readings in a search."""
NAME = 100
NONCE = 25


class DiscordChat:
    """Posts, edits and finds messages. It says nothing until it is connected."""

    def __init__(self, read: Read) -> None:
        """Take the bytes of files from ``read``."""
        self._read = read
        self._http: HTTPClient | None = None
        self._own = ""

    def connect(self, http: HTTPClient, own: str) -> None:
        """Speak through ``http`` from now on, as the user with that id."""
        self._http, self._own = http, own

    async def call(self, method: str, path: str, body: object = None, **more: Any) -> Any:
        """Ask Discord something. Raises what discord.py raises, and ChatError when not connected.

        The path's parts stand in ``more``, so that limits are counted by path and no token is
        written to a log.
        """
        if self._http is None:
            message = "Discord is not connected yet."
            raise ChatError(message)
        route = Route(method, path, **more)
        sent: Json = {} if body is None else {"json": body}
        return await self._http.request(route, **sent)

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message; Discord itself posts none twice within minutes."""
        nonce = _nonce(message.key)
        body: Json = {
            **render.message(message.card, _ref(nonce)),
            "nonce": nonce,
            "enforce_nonce": True,
            "flags": 0 if message.ping else SILENT,
        }
        files = [(file, await self._read(file.content)) for file in message.files]
        with _translated():
            if message.thread is None:
                return MessageRef(message.channel, await self._send(message.channel, body, files))
            try:
                return await self._reply(message.thread, body, files)
            except discord.NotFound:
                await self._open_thread(message.thread)
            return await self._reply(message.thread, body, files)

    async def edit(self, ref: MessageRef, card: Card) -> None:
        """Show another card in the message's place; one in a thread is edited there."""
        path = "/channels/{channel_id}/messages/{message_id}"
        where = {"channel_id": ref.channel, "message_id": ref.id}
        with _translated():
            await self.call("PATCH", path, render.message(card), **where)

    async def find(self, message: Outgoing) -> MessageRef | None:
        """Look for the message in the history, by its nonce or by the reference in its footer.

        Discord refuses a nonce that it saw a few minutes ago, but a process may be away for longer.
        """
        nonce = _nonce(message.key)
        channel = message.thread.id if message.thread else message.channel
        before: dict[str, str] = {}
        with _translated():
            for _ in range(PAGES):
                try:
                    found = await self._history(channel, before)
                except discord.NotFound:
                    return None
                for each in found:
                    if each["author"]["id"] == self._own and _is(each, nonce):
                        return MessageRef(channel, each["id"])
                if len(found) < PAGE:
                    return None
                before = {"before": found[-1]["id"]}
        return None

    async def _history(self, channel: str, before: dict[str, str]) -> list[Json]:
        query = "&".join(f"{name}={value}" for name, value in {"limit": PAGE, **before}.items())
        path = f"/channels/{{channel_id}}/messages?{query}"
        found: list[Json] = await self.call("GET", path, channel_id=channel)
        return found

    async def _reply(
        self, thread: MessageRef, body: Json, files: Sequence[tuple[Upload, bytes]]
    ) -> MessageRef:
        # A thread that hangs on a message has the message's id.
        return MessageRef(thread.id, await self._send(thread.id, body, files))

    async def _send(self, channel: str, body: Json, files: Sequence[tuple[Upload, bytes]]) -> str:
        path = "/channels/{channel_id}/messages"
        if not files or self._http is None:
            return str((await self.call("POST", path, body, channel_id=channel))["id"])
        parts = [discord.File(io.BytesIO(data), file.name) for file, data in files]
        form: list[Json] = [{"name": "payload_json", "value": json.dumps(body)}]
        form += [
            {"name": f"files[{number}]", "value": part.fp, "filename": part.filename}
            for number, part in enumerate(parts)
        ]
        route = Route("POST", path, channel_id=channel)
        return str((await self._http.request(route, form=form, files=parts))["id"])

    async def _open_thread(self, head: MessageRef) -> None:
        where = {"channel_id": head.channel, "message_id": head.id}
        path = "/channels/{channel_id}/messages/{message_id}"
        first = await self.call("GET", path, **where)
        name = first["content"].replace("\\", "").replace("**", "")[:NAME]
        body = {"name": name, "auto_archive_duration": WEEK}
        try:
            await self.call("POST", f"{path}/threads", body, **where)
        except discord.HTTPException as error:
            if error.code != BEGUN:
                raise


def _nonce(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:NONCE]


def _ref(nonce: str) -> str:
    return f"ref {nonce[:8]}"


def _is(found: Json, nonce: str) -> bool:
    footers = [embed.get("footer", {}).get("text", "") for embed in found["embeds"]]
    return found.get("nonce") == nonce or any(text.endswith(_ref(nonce)) for text in footers)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except discord.RateLimited as error:
        message = "Discord asks to slow down."
        raise ChatError(message, error.retry_after) from error
    except discord.HTTPException as error:
        if error.code in GONE:
            raise MessageGone from error
        if error.code in FORBIDDEN:
            message = "I may not write in that channel: give me access (docs/discord.md)."
            raise ChatError(message) from error
        message = f"Discord refused ({error.status}, code {error.code})."
        raise ChatError(message) from error
    except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
        message = f"Discord could not be reached ({type(error).__name__})."
        raise ChatError(message) from error
