"""Files that people hand in to Discord, fetched and kept while they can be had."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from discord.http import Route

from adapters.discord.render import Json
from bot.app.front import Front
from bot.domain.files import Upload
from bot.ui import forms
from bot.ui.text import one_line

SAFE = ("https://cdn.discordapp.com", "https://media.discordapp.net")
"""Where Discord keeps files; where its API is, is safe too."""
KIND, NAME = 100, 150
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Uploads:
    """Takes files over from Discord, or from who stands in for it."""

    front: Front

    async def take(self, sent: Sequence[Json], seconds: float) -> tuple[Upload, ...]:
        """Return the files that arrive within so many seconds; what is too large does not."""
        if not sent:
            return ()
        async with aiohttp.ClientSession() as session:
            tasks = [self._one(session, each, seconds) for each in sent[: forms.FILES]]
            kept = await asyncio.gather(*tasks)
        return tuple(each for each in kept if each)

    async def _one(
        self, session: aiohttp.ClientSession, sent: Json, seconds: float
    ) -> Upload | None:
        url = str(sent["url"])
        if not _is_safe(url) or sent["size"] > forms.FILE_BYTES:
            return None
        try:
            async with asyncio.timeout(seconds):
                content = await _fetch(session, url)
        except (aiohttp.ClientError, OSError):
            return None
        if content is None:
            return None
        return Upload(
            name=one_line(str(sent["filename"]), NAME) or "file",
            kind=one_line(str(sent.get("content_type") or UNKNOWN), KIND),
            size=len(content),
            content=await self.front.keep(content, "upload"),
        )


async def _fetch(session: aiohttp.ClientSession, url: str) -> bytes | None:
    """Return the bytes; None for what is larger than it was said to be, or is not there."""
    content = bytearray()
    async with session.get(url, allow_redirects=False) as answer:
        if answer.status != HTTPStatus.OK:
            return None
        async for chunk in answer.content.iter_any():
            content += chunk
            if len(content) > forms.FILE_BYTES:
                return None
    return bytes(content)


def _is_safe(url: str) -> bool:
    return _site(url) in (*SAFE, _site(Route.BASE))


def _site(url: str) -> str:
    """Return scheme and host; nothing for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
