"""Files that people hand in to Slack, fetched and kept while they can be had."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.shapes import Json
from bot.app.front import Front
from bot.domain.files import Upload
from bot.errors import StoreError
from bot.ui import forms
from bot.ui.text import one_line

log = structlog.get_logger(__name__)

SAFE = ("https://files.slack.com", "https://hooks.slack.com")
"""Where Slack keeps files and takes answers; where the Web API is, is safe too."""
KIND, NAME = 100, 150
UNKNOWN = "application/octet-stream"
PAGE = "text/html"


class Uploads:
    """Takes files over from Slack, or from who stands in for it."""

    def __init__(
        self, front: Front, client: AsyncWebClient, session: aiohttp.ClientSession
    ) -> None:
        """Keep files through ``front``; fetch them in the session with the client's token."""
        self._front = front
        self._session = session
        self._headers = {"Authorization": f"Bearer {client.token}"}
        self._safe = (*SAFE, _site(client.base_url))

    def trusts(self, url: str) -> bool:
        """Tell whether an address is Slack's, so that secrets may go there."""
        return _site(url) in self._safe

    async def take(self, sent: Sequence[Json], seconds: float) -> tuple[tuple[Upload, ...], int]:
        """Return the files that arrive within so many seconds, and how many did not."""
        found = await asyncio.gather(*(self._one(each, seconds) for each in sent[: forms.FILES]))
        kept = tuple(each for each in found if each is not None)
        return kept, len(sent) - len(kept)

    async def _one(self, sent: Json, seconds: float) -> Upload | None:
        try:
            async with asyncio.timeout(seconds):
                content = await self._fetch(sent)
                digest = await self._front.keep(content, "upload") if content else ""
        except (aiohttp.ClientError, OSError, StoreError) as error:
            log.warning("file not taken over", chat="slack", error=type(error).__name__)
            return None
        if not content:
            return None
        name = one_line(str(sent.get("name", "")), NAME) or "file"
        kind = one_line(str(sent.get("mimetype") or UNKNOWN), KIND)
        return Upload(name, kind, len(content), digest)

    async def _fetch(self, sent: Json) -> bytes:
        """Return the bytes; none of what is too large, elsewhere, or Slack's page for strangers."""
        url = str(sent.get("url_private_download") or sent.get("url_private") or "")
        content = bytearray()
        if not self.trusts(url):
            return b""
        async with self._session.get(
            url, headers=self._headers, allow_redirects=False, raise_for_status=True
        ) as answer:
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > forms.FILE_BYTES:
                    return b""
        # Without the permission Slack answers any file with a page on which to log in.
        login = answer.content_type == PAGE and len(content) != sent.get("size")
        return b"" if login or answer.status != HTTPStatus.OK else bytes(content)


def _site(url: str) -> str:
    """Return scheme and host; nothing for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else ""
