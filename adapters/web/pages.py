"""What is read on the page: the channel, a thread, and what changes while one looks."""

from __future__ import annotations

import asyncio
from functools import partial

import msgspec
from aiohttp import web

from adapters.web import render
from adapters.web.answers import wants_json
from adapters.web.auth import KEY, VIEWER, secret_of
from adapters.web.live import Crowded, Event, Listener
from adapters.web.messages import WebMessage, stream_name
from adapters.web.outbound import WebChat
from adapters.web.render import Page, Thread, Viewer
from adapters.web.site import Site


class _Told(msgspec.Struct, frozen=True):
    """A change as the page's script reads it."""

    id: str
    stream: str
    html: str
    new: bool
    ping: bool


class Pages:
    """Shows the channel and its threads."""

    def __init__(self, site: Site, chat: WebChat) -> None:
        """Show what the chat holds, as the site says."""
        self._site = site
        self._chat = chat

    async def channel(self, request: web.Request) -> web.StreamResponse:
        """Show the channel."""
        return await self._page(request, None)

    async def thread(self, request: web.Request) -> web.StreamResponse:
        """Show a thread beside the channel; the page's script gets the thread alone."""
        thread = await self._thread(request)
        if not wants_json(request):
            return await self._page(request, thread)
        zone = await self._site.zone()
        html = render.thread(self._site, thread, zone, request[VIEWER])
        return web.Response(
            body=msgspec.json.encode({"html": html}), content_type="application/json"
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Send every change as it happens, beginning with what the page missed."""
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        try:
            with self._chat.live.listen(after) as listener:
                return await self._stream(request, listener)
        except Crowded:
            raise web.HTTPServiceUnavailable from None

    async def _stream(self, request: web.Request, listener: Listener) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        limits, viewer = self._site.limits, request[VIEWER]
        told = ""
        try:
            while True:
                trouble = self._site.trouble()
                if trouble != told:
                    told, text = trouble, _trouble(trouble)
                elif not (text := await self._next(listener, limits.heartbeat, viewer)):
                    return stream
                if await self._site.sessions.peek(secret_of(request)) is None:
                    return stream
                async with asyncio.timeout(limits.stalled):
                    await stream.write(text.encode())
        except (ConnectionError, TimeoutError):
            # The page is gone or takes nothing; when it comes back it says where it stood.
            return stream

    async def _next(self, listener: Listener, heartbeat: float, viewer: Viewer) -> str:
        try:
            async with asyncio.timeout(heartbeat):
                event = await listener.next()
        except TimeoutError:
            return ": nothing new\n\n"
        return await self._told(event, viewer) if event else ""

    async def _told(self, event: Event, viewer: Viewer) -> str:
        if event.change is None:
            return f"id: {event.cursor}\nevent: reload\ndata:\n\n"
        message = event.change.message
        told = _Told(
            id=message.id,
            stream=stream_name(message.channel, message.thread),
            html=render.message(
                message, await self._site.zone(), partial(self._site.barred, viewer.role)
            ),
            new=event.change.new,
            ping=message.ping,
        )
        return f"id: {event.cursor}\ndata: {msgspec.json.encode(told).decode()}\n\n"

    async def _page(self, request: web.Request, thread: Thread | None) -> web.Response:
        site = self._site
        before = "" if thread else request.query.get("before", "")
        # Read before the messages: a change in between is told once more, never missed.
        cursor = self._chat.live.cursor
        limit = site.limits.shown + 1
        messages = await self._chat.newest(site.channel, before=before, limit=limit)
        shown, earlier = self._cut(messages, "/")
        page = Page(
            viewer=request[VIEWER],
            menu=await site.menu(request[VIEWER].role),
            key=request[KEY],
            messages=shown,
            cursor=cursor,
            thread=thread,
            earlier=earlier,
            paged=bool(before),
            # The channel's first message ever has the number 1.
            shortened=not earlier and bool(shown) and shown[0].seq > 1,
        )
        html = render.page(site, page, await site.zone())
        return web.Response(text=html, content_type="text/html")

    async def _thread(self, request: web.Request) -> Thread:
        first = await self._chat.message(request.match_info["id"])
        if first is None or first.thread:
            raise web.HTTPNotFound
        before = request.query.get("before", "")
        limit = self._site.limits.shown + 1
        replies = await self._chat.replies(first.id, before=before, limit=limit)
        shown, earlier = self._cut(replies, f"/threads/{first.id}")
        return Thread(first=first, replies=shown, earlier=earlier, paged=bool(before))

    def _cut(self, messages: list[WebMessage], path: str) -> tuple[list[WebMessage], str]:
        """Return one page of messages, and the address of the page before it, if there is one."""
        shown = messages[-self._site.limits.shown :]
        return shown, f"{path}?before={shown[0].key}" if len(messages) > len(shown) else ""


def _trouble(words: str) -> str:
    """Tell it apart from the messages: what is wrong may be that none can be stored."""
    return f"event: trouble\ndata: {msgspec.json.encode({'words': words}).decode()}\n\n"
