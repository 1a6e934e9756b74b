"""Connecting the chats: one that does not let us in holds back none of the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import structlog

from bot.core.chat_platform import Connection
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.errors import NotConnected, StoreError, UserError

log = structlog.get_logger(__name__)

AGAIN = 600.0
"""Seconds between two tries with a chat that does not let us in: only a person can mend that."""
RESTART = "Then restart Brandwarden."


@asynccontextmanager
async def connected(linked: Sequence[Connection], gateway: ChatGateway) -> AsyncIterator[list[str]]:
    """Connect the chats as long as the block lasts, and say of each how it went.

    One that does not let us in is told in the others, and tried again and again.

    Raises:
        UserError: none of them lets us in; it says what to do about each.
    """
    async with AsyncExitStack() as stack:
        refused: dict[Connection, UserError] = {}
        words: list[str] = []
        for each in linked:
            try:
                await stack.enter_async_context(each.serve(gateway))
                words.append(f"Connected to {each.name.capitalize()}.")
            except UserError as error:
                refused[each] = error
                words.append(f"Not connected to {each.name.capitalize()}. {error}")
        if refused and len(refused) == len(linked):
            raise UserError("\n".join(str(error) for error in refused.values()))
        await _tell(refused, gateway)
        trying = [asyncio.create_task(_try_again(each, gateway)) for each in refused]
        try:
            yield words
        finally:
            for task in trying:
                task.cancel()
            await asyncio.gather(*trying, return_exceptions=True)


async def _tell(refused: Mapping[Connection, UserError], gateway: ChatGateway) -> None:
    for each, error in refused.items():
        cause, remedy = str(error), RESTART
        if isinstance(error, NotConnected):
            cause, remedy = error.cause, error.remedy
        log.warning("chat not connected", chat=each.name, error=cause, remedy=remedy)
        await gateway.trouble(each.name, Topic.CONNECTION, cause, remedy)


async def _try_again(linked: Connection, gateway: ChatGateway) -> None:
    """Connect as soon as the chat lets us in; it ends its own trouble then."""
    while True:
        await asyncio.sleep(AGAIN)
        try:
            async with linked.serve(gateway):
                await asyncio.Event().wait()
        except (UserError, StoreError) as error:
            log.info("chat still not connected", chat=linked.name, error=str(error))
