"""Tables to look through, the pages about their rows, and the way from a message to its thread."""

from __future__ import annotations

import msgspec
from aiohttp import web

from adapters.web import render
from adapters.web.addresses import read_query
from adapters.web.answers import wants_json
from adapters.web.auth import KEY, VIEWER
from adapters.web.outbound import WebChat
from adapters.web.render import Browsed
from adapters.web.site import Site
from bot.core.browse.models import SEARCH
from bot.core.interface import speak
from bot.errors import NotAllowed

TABLE = "/{table:[a-z]{1,20}}"
ROW = TABLE + "/{key}"
SEARCHED = f"/{SEARCH}"
THREAD_OF = "/messages/{name}"
LONGEST_KEY = 200
"""Characters of a row's key, or a message's name, as a browser sends it."""


class Browsing:
    """Shows the tables."""

    def __init__(self, site: Site, chat: WebChat) -> None:
        """Show what the site's tables say; the chat knows the threads."""
        self._site = site
        self._chat = chat

    async def table(self, request: web.Request) -> web.StreamResponse:
        """Show a page of a table; the page's script gets the rows alone."""
        name = request.match_info["table"]
        query = read_query(request.query)
        viewer = request[VIEWER]
        try:
            page = await self._site.table(viewer.role, name, query)
        except NotAllowed as error:
            return self._refused(error)
        if page is None:
            raise web.HTTPNotFound
        with speak(await self._site.language()):
            zone = await self._site.zone()
            if wants_json(request):
                shown = {
                    "html": render.rows(self._site, page, viewer, zone),
                    "matching": page.matching,
                }
                body = msgspec.json.encode(shown)
                return web.Response(body=body, content_type="application/json")
            html = render.table(self._site, page, await self._around(request, name), zone)
        return web.Response(text=html, content_type="text/html")

    async def search(self, request: web.Request) -> web.StreamResponse:
        """Show what is found in all tables."""
        viewer = request[VIEWER]
        text = read_query(request.query).search
        found = await self._site.search(viewer.role, text)
        with speak(await self._site.language()):
            zone = await self._site.zone()
            if wants_json(request):
                body = msgspec.json.encode({"html": render.groups(found, text, zone)})
                return web.Response(body=body, content_type="application/json")
            around = await self._around(request, SEARCH)
            html = render.search(self._site, found, text, around, zone)
        return web.Response(text=html, content_type="text/html")

    async def row(self, request: web.Request) -> web.StreamResponse:
        """Show the page about one row."""
        name, key = request.match_info["table"], request.match_info["key"]
        viewer = request[VIEWER]
        try:
            page = await self._site.row(viewer.role, name, key[:LONGEST_KEY])
        except NotAllowed as error:
            return self._refused(error)
        if page is None:
            raise web.HTTPNotFound
        with speak(await self._site.language()):
            around, zone = await self._around(request, name), await self._site.zone()
            html = render.row(self._site, page, key, around, zone)
        return web.Response(text=html, content_type="text/html")

    async def thread_of(self, request: web.Request) -> web.StreamResponse:
        """Lead to the thread of a message, or to the one that it stands in."""
        posted = await self._site.posted(request.match_info["name"][:LONGEST_KEY])
        message = await self._chat.message(posted) if posted else None
        if message is None:
            raise web.HTTPNotFound
        address = f"/threads/{message.thread or message.id}"
        return web.Response(status=303, headers={"Location": address})

    async def _around(self, request: web.Request, name: str) -> Browsed:
        viewer = request[VIEWER]
        menu = await self._site.menu(viewer.role)
        return Browsed(viewer=viewer, key=request[KEY], menu=menu, current=name)

    def _refused(self, error: NotAllowed) -> web.Response:
        html = render.error("You cannot see this", str(error))
        return web.Response(text=html, status=403, content_type="text/html")
