"""A chat platform of its own: it outlives the program that talks to it, and counts what it gets."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Self

import httpx
import msgspec
from aiohttp import web

from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.errors import ChatError

SLOWEST = 0.004
"""Seconds until an answer is on its way, at most."""


class Edit(msgspec.Struct, frozen=True):
    ref: MessageRef
    card: Card


class ChatPlatform:
    """Serves on the loopback interface; a message is posted when its request has arrived."""

    def __init__(self, chance: Random) -> None:
        self.posts: Counter[str] = Counter()
        self.order: list[str] = []
        self.cards: dict[str, Card] = {}
        self.recognised = 0
        self.wrong: list[str] = []
        """What no platform would accept: an answer without its thread, an edit of nothing."""
        self.url = ""
        self._chance = chance
        self._countdown = 0
        self._at_zero: Callable[[], None] = lambda: None

    def after_posts(self, count: int, do: Callable[[], None]) -> None:
        """Do something when so many more messages have arrived, before the last is answered."""
        self._countdown = count
        self._at_zero = do

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/post", self._post)
        app.router.add_post("/edit", self._edit)
        app.router.add_get("/find", self._find)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _post(self, request: web.Request) -> web.Response:
        message = msgspec.json.decode(await _whole(request), type=Outgoing)
        if message.thread is not None and message.thread.id not in self.cards:
            self.wrong.append(f"{message.key} in {message.thread.id}")
        for key in (message.key, *message.carries):
            self.posts[key] += 1
            self.order.append(key)
        self.cards[message.key] = message.card
        self._countdown -= 1
        if self._countdown == 0:
            self._at_zero()
        return await self._answered(message.key)

    async def _edit(self, request: web.Request) -> web.Response:
        edit = msgspec.json.decode(await _whole(request), type=Edit)
        if edit.ref.id not in self.cards:
            self.wrong.append(f"edit of {edit.ref.id}")
        self.cards[edit.ref.id] = edit.card
        return await self._answered(edit.ref.id)

    async def _find(self, request: web.Request) -> web.Response:
        key = request.query["key"]
        found = key in self.posts
        self.recognised += found
        return await self._answered(key if found else "")

    async def _answered(self, id: str) -> web.Response:
        await asyncio.sleep(self._chance.uniform(0, SLOWEST))
        return web.Response(text=id)


async def _whole(request: web.Request) -> bytes:
    try:
        return await request.read()
    except ConnectionResetError as error:
        # Killed in the middle of sending it.
        raise web.HTTPBadRequest from error


class PlatformChat:
    """The platform as the program sees it: `bot.core.chat.Chat`."""

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(base_url=url, verify=False)  # noqa: S501 (no TLS here)

    async def post(self, message: Outgoing) -> MessageRef:
        id = await self._send("POST", "/post", content=msgspec.json.encode(message))
        return MessageRef(message.channel, id)

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        await self._send("POST", "/edit", content=msgspec.json.encode(Edit(ref, card)))

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        found: dict[str, MessageRef] = {}
        for message in messages:
            if id := await self._send("GET", "/find", key=message.key):
                found[message.key] = MessageRef(message.channel, id)
        return found

    async def close_thread(self, head: MessageRef) -> None:
        pass

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _send(self, method: str, path: str, content: bytes = b"", **params: str) -> str:
        try:
            response = await self._http.request(method, path, content=content, params=params)
            return response.raise_for_status().text
        except httpx.HTTPError as error:
            raise ChatError(str(error)) from error
