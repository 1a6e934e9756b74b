"""Files that people hand in to Discord, fetched while they can be had."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import structlog
from discord.http import Route

from adapters.discord import CHAT
from adapters.discord.render import Json
from bot.core import forms
from bot.core.files import Upload
from bot.core.intake import Intake
from bot.core.uploads import IngestedFiles, refusal, sort_out
from bot.errors import StoreError, UserError

log = structlog.get_logger(__name__)

SAFE = ("https://cdn.discordapp.com", "https://media.discordapp.net")
"""Where Discord keeps files; where its API is, is safe too."""
LOST = "It did not arrive. Attach it again."
TOO_LARGE = f"It is larger than {forms.FILE_BYTES // 1_000_000} MB."
TOO_MANY = f"Attach at most {forms.FILES} files at once."


async def take(sent: Sequence[Json], seconds: float, files: Intake) -> IngestedFiles:
    """Take in the files that arrive within so many seconds."""
    if not sent:
        return IngestedFiles()
    async with aiohttp.ClientSession() as session:
        tasks = [_one(session, each, seconds, files) for each in sent[: forms.FILES]]
        found = await asyncio.gather(*tasks)
    more = [refusal(str(each["filename"]), TOO_MANY) for each in sent[forms.FILES :]]
    return sort_out([*found, *more])


async def _one(
    session: aiohttp.ClientSession, sent: Json, seconds: float, files: Intake
) -> Upload | UserError:
    name = str(sent["filename"])
    try:
        async with asyncio.timeout(seconds):
            return await files.take(name, await _fetch(session, sent))
    except UserError as error:
        return error
    except (aiohttp.ClientError, OSError, StoreError) as error:
        log.warning("file not taken over", chat=CHAT, error=type(error).__name__)
        return refusal(name, LOST)


async def _fetch(session: aiohttp.ClientSession, sent: Json) -> bytes:
    """Return the bytes.

    Raises:
        UserError: it is too large, whatever was said of it, elsewhere, or not there.
    """
    name, url, size = str(sent["filename"]), str(sent.get("url")), sent.get("size")
    content = bytearray()
    if not _is_safe(url):
        raise refusal(name, LOST)
    if isinstance(size, int) and size > forms.FILE_BYTES:
        raise refusal(name, TOO_LARGE)
    async with session.get(url, allow_redirects=False) as answer:
        if answer.status != HTTPStatus.OK:
            raise refusal(name, LOST)
        async for chunk in answer.content.iter_any():
            content += chunk
            if len(content) > forms.FILE_BYTES:
                raise refusal(name, TOO_LARGE)
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
