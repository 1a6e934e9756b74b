"""Files that people hand in to Slack, fetched and kept while they can be had."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.shapes import Json
from bot.app.front import Front
from bot.app.intake import Taken, refusal, sort_out
from bot.domain.files import Upload
from bot.errors import StoreError, UserError
from bot.ui import forms

log = structlog.get_logger(__name__)

SAFE = ("https://files.slack.com", "https://hooks.slack.com")
"""Where Slack keeps files and takes answers; where the Web API is, is safe too."""
PAGE = "text/html"
LOST = "It did not arrive. Hand it in again."
TOO_LARGE = f"It is larger than {forms.FILE_BYTES // 1_000_000} MB."
TOO_MANY = f"At most {forms.FILES} files are taken at once."


@dataclass(frozen=True)
class Uploads:
    """Takes files over from Slack, or from who stands in for it, with the client's token."""

    front: Front
    client: AsyncWebClient
    session: aiohttp.ClientSession

    async def take(self, sent: Sequence[Json], seconds: float) -> Taken:
        """Take in the files that arrive within so many seconds."""
        found = await asyncio.gather(*(self._one(each, seconds) for each in sent[: forms.FILES]))
        more = [refusal(_name(each), TOO_MANY) for each in sent[forms.FILES :]]
        return sort_out([*found, *more])

    async def _one(self, sent: Json, seconds: float) -> Upload | UserError:
        try:
            async with asyncio.timeout(seconds):
                return await self.front.take_in(_name(sent), await self._fetch(sent))
        except UserError as error:
            return error
        except (aiohttp.ClientError, OSError, StoreError) as error:
            log.warning("file not taken over", chat="slack", error=type(error).__name__)
            return refusal(_name(sent), LOST)

    async def _fetch(self, sent: Json) -> bytes:
        """Return the bytes.

        Raises:
            UserError: it is too large, elsewhere, or what came is Slack's page for strangers.
        """
        url = str(sent.get("url_private_download") or sent.get("url_private") or "")
        if not is_slacks(url, self.client.base_url):
            raise refusal(_name(sent), LOST)
        content = bytearray()
        token = {"Authorization": f"Bearer {self.client.token}"}
        async with self.session.get(
            url, headers=token, allow_redirects=False, raise_for_status=True
        ) as answer:
            async for chunk in answer.content.iter_any():
                content += chunk
                if len(content) > forms.FILE_BYTES:
                    raise refusal(_name(sent), TOO_LARGE)
        # Without the permission Slack answers any file with a page on which to log in.
        login = answer.content_type == PAGE and len(content) != sent.get("size")
        if login or answer.status != HTTPStatus.OK:
            raise refusal(_name(sent), LOST)
        return bytes(content)


def is_slacks(url: str, api: str) -> bool:
    """Tell whether an address is Slack's, whose Web API is at ``api``: secrets may go there."""
    return _site(url) in (*SAFE, _site(api))


def _name(sent: Json) -> str:
    return str(sent.get("name") or "")


def _site(url: str) -> str:
    """Return scheme and host; nothing for what is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}" if parts.hostname else ""
