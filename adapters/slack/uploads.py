"""Files that people hand in to Slack, fetched and kept while they can be had."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.shapes import Json
from bot.app.front import Front
from bot.domain.files import Upload
from bot.ui import forms
from bot.ui.text import one_line

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
        tasks = [asyncio.ensure_future(self._one(each)) for each in sent[: forms.FILES]]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        kept = tuple(each for each in results if isinstance(each, Upload))
        return kept, len(sent) - len(kept)

    async def _one(self, sent: Json) -> Upload | None:
        url = str(sent.get("url_private_download") or sent.get("url_private") or "")
        kind = one_line(str(sent.get("mimetype") or UNKNOWN), KIND)
        content = await self._fetch(url, kind) if self.trusts(url) else None
        if content is None:
            return None
        return Upload(
            name=one_line(str(sent.get("name", "")), NAME) or "file",
            kind=kind,
            size=len(content),
            content=await self._front.keep(content, "upload"),
        )

    async def _fetch(self, url: str, kind: str) -> bytes | None:
        """Return the bytes; None for what is too large, or is Slack's page for strangers."""
        content = bytearray()
        # How long it may take is for ``take`` to say.
        forever = aiohttp.ClientTimeout()
        async with self._session.get(
            url, headers=self._headers, timeout=forever, allow_redirects=False
        ) as answer:
            stranger = answer.content_type == PAGE != kind
            if answer.status != HTTPStatus.OK or stranger:
                return None
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > forms.FILE_BYTES:
                    return None
        return bytes(content)


def _site(url: str) -> str:
    """Return scheme and host; nothing for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else ""
