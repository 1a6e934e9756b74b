"""Pictures of pages, fetched from where Amazon keeps them, and looked at. None of them is kept."""

from __future__ import annotations

import asyncio
import hashlib
from http import HTTPStatus

import httpx
import structlog

from adapters.capture.perceptual_hash import perceptual_hash
from bot.core.links import is_picture
from bot.core.network import unreached
from bot.core.picture_looks import PictureLook
from bot.errors import UserError

log = structlog.get_logger(__name__)

SECONDS = 8.0
"""So long a picture may take as a whole."""
LARGEST = 10 * 1024 * 1024
"""Bytes. The size that is asked for, some hundred pixels wide, has about 40 kB."""


class HttpPictureLooks:
    """Fetches pictures from Amazon's hosts alone, or from a simulation on this machine."""

    def __init__(self, http: httpx.AsyncClient, agent: str, *, simulated: bool) -> None:
        """Ask with the client, as ``agent``."""
        self._http = http
        self._agent = agent
        self._simulated = simulated

    async def look(self, link: str) -> PictureLook | None:
        """Return what is there; None: it could not be fetched now."""
        if not is_picture(link, simulated=self._simulated):
            return None
        content = await self._fetch(link)
        return await asyncio.to_thread(_looked_at, content) if content else None

    async def _fetch(self, link: str) -> bytes:
        try:
            async with asyncio.timeout(SECONDS):
                return await self._read(link)
        except TimeoutError:
            log.info("picture not read", link=link, why="it took too long")
        except httpx.HTTPError as error:
            log.info("picture not read", link=link, why=unreached("The picture", error))
        return b""

    async def _read(self, link: str) -> bytes:
        headers = {"User-Agent": self._agent}
        async with self._http.stream("GET", link, headers=headers, timeout=SECONDS) as answer:
            if answer.status_code != HTTPStatus.OK:
                return b""
            found = bytearray()
            async for part in answer.aiter_bytes():
                found += part
                if len(found) > LARGEST:
                    return b""
            return bytes(found)


def _looked_at(content: bytes) -> PictureLook:
    digest = hashlib.sha256(content).hexdigest()
    try:
        return PictureLook(perceptual_hash(content), digest)
    except UserError:
        return PictureLook("", digest)
