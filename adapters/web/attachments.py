"""Files that messages carry: pictures to be seen on the page, everything to be saved."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

import structlog
from aiohttp import web

from adapters.web import render
from adapters.web.filters import file_name
from adapters.web.outbound import WebChat
from adapters.web.site import Find, Read
from bot.core.files import Upload
from bot.errors import StoreError

PATH: Final = "/files/{id}/{number:[1-9][0-9]{0,3}}"
"""A message's id, and which of its files, from 1."""

PICTURE: Final = "/pictures/{name}"
"""A picture that a form shows."""

POLICY: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""What a file may do, should a browser show it after all: nothing."""

_PICTURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
)
"""How the pictures begin that the page shows. What was said of a file is not asked."""

_LOST = (
    "This file cannot be read",
    "It is missing, or was changed after it was saved. The log has the details.",
)

_log = structlog.get_logger(__name__)


class Files:
    """Hands out the files of messages, and the pictures of forms, that the page shows."""

    def __init__(self, chat: WebChat, read: Read, find: Find) -> None:
        """Know the messages from the chat, the bytes from ``read``, pictures from ``find``."""
        self._chat = chat
        self._read = read
        self._find = find

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Let the reader save a file of a message."""
        upload = await self._wanted(request.match_info["id"], int(request.match_info["number"]))
        return await self._content(upload.shown, upload.shown_name)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Show a picture of a form."""
        name = request.match_info["name"]
        found = await self._find(name)
        if not found:
            raise web.HTTPNotFound
        return await self._content(found, name)

    async def _content(self, digest: str, name: str) -> web.StreamResponse:
        try:
            content = await self._read(digest)
        except StoreError as error:
            _log.error("a file cannot be read", error=str(error))
            html = render.error(*_LOST)
            return web.Response(text=html, status=500, content_type="text/html")
        headers = {
            "Content-Disposition": _disposition(name),
            "Content-Security-Policy": POLICY,
        }
        # Opened by itself even a picture is saved: only the page's own <img> shows it.
        return web.Response(body=content, content_type=_media_type(content), headers=headers)

    async def _wanted(self, id: str, number: int) -> Upload:
        message = await self._chat.message(id)
        if message is None or number > len(message.files):
            raise web.HTTPNotFound
        return message.files[number - 1]


def _media_type(content: bytes) -> str:
    """Return what the browser may take it for: a picture, or nothing that it knows."""
    for signature, kind in _PICTURES:
        if signature.match(content):
            return kind
    return "application/octet-stream"


def _disposition(name: str) -> str:
    """Return the header that has a file saved under its name, in ASCII and as it is."""
    name = file_name(name)
    # A browser decodes what looks encoded in the first one, so it has no percent sign either.
    simple = re.sub(r"[^\w .,()+=@-]", "_", name, flags=re.ASCII)
    return f"attachment; filename=\"{simple}\"; filename*=UTF-8''{quote(name, safe='')}"
