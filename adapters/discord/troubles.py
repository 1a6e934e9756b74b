"""Troubles of Discord, told in the other chats when they begin and when they end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from adapters.discord import CHAT
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.errors import BrandwardenError

log = structlog.get_logger(__name__)


@dataclass
class Trouble:
    """What is wrong in one respect, as the gateway was told last.

    Events come in bursts and each is told in a task of its own: what counts is the latest.
    """

    gateway: ChatGateway
    topic: Topic
    _cause: str = ""
    _remedy: str = ""
    _telling: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def over(self) -> None:
        """Note that all is well."""
        self._cause = self._remedy = ""
        await self._tell()

    async def begin(self, cause: str, remedy: str = "") -> None:
        """Note what is wrong; a cause without a remedy never hides one that has one."""
        if remedy or not self._remedy:
            self._cause, self._remedy = cause, remedy
        await self._tell()

    async def _tell(self) -> None:
        try:
            async with self._telling:
                if self._cause:
                    await self.gateway.trouble(CHAT, self.topic, self._cause, self._remedy)
                else:
                    await self.gateway.trouble_over(CHAT, self.topic)
        except BrandwardenError as error:
            log.warning("trouble not written down", chat=CHAT, error=str(error)[:200])
