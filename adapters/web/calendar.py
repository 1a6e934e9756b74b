"""The calendar file of what is due, for whoever is signed in."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from adapters.web.auth import VIEWER
from adapters.web.site import Site
from bot.core.calendar_file import CalendarFile

CALENDAR: Final = "/calendar.ics"


class CalendarPage:
    """Hands out the file."""

    def __init__(self, site: Site) -> None:
        """Ask the site what is due."""
        self._site = site

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Let the reader save what is due now."""
        content = await self._site.look(request[VIEWER].role, CalendarFile())
        if not isinstance(content, str):
            raise web.HTTPNotFound
        headers = {"Content-Disposition": 'attachment; filename="brandwarden.ics"'}
        return web.Response(text=content, content_type="text/calendar", headers=headers)
