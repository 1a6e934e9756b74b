"""Files that we show in Slack, in the thread of their message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT
from adapters.slack.block_kit import Json
from adapters.slack.calls import PAUSE, TROUBLE, seconds_asked, translated
from adapters.slack.refusals import Act
from bot.core.chat import MessageRef
from bot.core.files import Upload
from bot.core.network import unreached
from bot.core.text import clip
from bot.errors import ChatError, Refusal, StoreError

log = structlog.get_logger(__name__)

Read = Callable[[str], Awaitable[bytes]]

ALT = 1000
"""Characters of what stands for a picture."""
SILENCE, LONGEST = 10, 60
"""Seconds that Slack may be silent, and that one file may take."""


@dataclass(frozen=True)
class Sharing:
    """Shares files in the three steps that Slack asks for."""

    client: AsyncWebClient
    read: Read

    async def share(self, head: MessageRef, files: Sequence[Upload]) -> None:
        """Share the files in the thread, those that cannot be read left out; all at once, or none.

        Raises:
            ChatError: of the class FILE if Slack will not take them later either.
        """
        parts = [part for file in files if (part := await self._announced(file))]
        if parts:
            with translated(Act.FILE):
                await self.client.files_completeUploadExternal(
                    files=parts, channel_id=head.channel, thread_ts=head.id
                )

    async def _announced(self, file: Upload) -> Json | None:
        """Hand one file over, and return how Slack calls it."""
        try:
            content = await self.read(file.shown)
        except StoreError as error:
            log.warning("file not shown", chat=CHAT, error=str(error))
            return None
        with translated(Act.FILE):
            told = await self.client.files_getUploadURLExternal(
                filename=file.shown_name, length=len(content), alt_txt=clip(file.alt, ALT) or None
            )
            url, id = str(told["upload_url"]), str(told["file_id"])
        await self._put(url, content)
        return {"id": id, "title": file.shown_name}

    async def _put(self, url: str, content: bytes) -> None:
        """Send the bytes. Files have a server of their own: its trouble is not the chat's."""
        limits = aiohttp.ClientTimeout(total=LONGEST, sock_connect=SILENCE, sock_read=SILENCE)
        try:
            async with aiohttp.request(
                "POST", url, data=content, timeout=limits, proxy=self.client.proxy
            ) as answer:
                status, pause = answer.status, seconds_asked(answer.headers)
        except (*TROUBLE, ValueError) as error:
            message = "The file was not sent. " + unreached("Slack's file server", error)
            raise ChatError(message) from error
        if status == HTTPStatus.OK:
            return
        slow = status == HTTPStatus.TOO_MANY_REQUESTS
        final = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and not slow
        raise ChatError(
            f"Slack rejected the file (HTTP {status}).",
            (pause or PAUSE) if slow else pause,
            refusal=Refusal.FILE if final else Refusal.LATER,
        )
