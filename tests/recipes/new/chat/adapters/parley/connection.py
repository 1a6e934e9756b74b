"""Parley: connected, and kept so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from adapters.parley import CHAT
from adapters.parley.calls import Wire
from adapters.parley.inbound import Inbound
from adapters.parley.outbound import ParleyChat
from bot.core.chat_platform import ReadFile
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.errors import NotConnected

log = structlog.get_logger(__name__)

PAUSE = 5.0
"""Seconds between two tries to connect."""


class Parley:
    """The connection to the Parley server."""

    name = CHAT

    def __init__(self, host: str, port: int, token: str, read: ReadFile) -> None:
        """Connect there with the token; take the bytes of files from ``read``."""
        self._wire = Wire(host, port, token)
        self.chat = ParleyChat(self._wire, read)

    @asynccontextmanager
    async def serve(self, gateway: ChatGateway) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            NotConnected: the server refuses the token.
        """
        up = await self._open(gateway)
        staying = asyncio.create_task(self._stay(gateway, up=up))
        try:
            yield
        finally:
            staying.cancel()
            await asyncio.wait([staying])
            await self._wire.close()

    async def _stay(self, gateway: ChatGateway, *, up: bool) -> None:
        inbound = Inbound(gateway, self._wire)
        while True:
            if up:
                await self._wire.listen(inbound.hear)
            else:
                await asyncio.sleep(PAUSE)
            try:
                up = await self._open(gateway)
            except NotConnected as error:
                up = False
                await gateway.trouble(CHAT, Topic.CONNECTION, error.cause, error.remedy)

    async def _open(self, gateway: ChatGateway) -> bool:
        """Connect; tell whether that worked."""
        try:
            await self._wire.open()
        except (OSError, TimeoutError) as error:
            log.warning("not connected", chat=CHAT, error=str(error)[:200])
            cause = "The Parley server is not to be reached."
            await gateway.trouble(CHAT, Topic.CONNECTION, cause)
            return False
        await gateway.connected(CHAT, "")
        await gateway.trouble_over(CHAT, Topic.CONNECTION)
        return True
