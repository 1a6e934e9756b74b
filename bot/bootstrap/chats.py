"""Which chats the settings connect, besides the local page, and connecting them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from pydantic_settings import BaseSettings

from bot.bootstrap.application import vault_of
from bot.bootstrap.chat_platforms import PLATFORMS
from bot.bootstrap.features import COMMANDS
from bot.core.chat_platform import OPEN, AppForm, Connection, Found
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.core.offered_commands import CommandSet, offered
from bot.errors import NotConnected, StoreError, UserError
from bot.settings import Settings

log = structlog.get_logger(__name__)
AGAIN = 600.0
"""Seconds between two tries with a chat that does not let us in: only a person can mend that."""
RESTART = "Then restart Brandwarden."


def connections(settings: Settings) -> list[Connection]:
    """Make the connections for which the chats' settings have a token.

    Raises:
        UserError: a part of the credentials is missing; it says which.
    """
    read = vault_of(settings).read
    found = (each.connect(each.settings(), read) for each in PLATFORMS)
    return [connection for connection in found if connection is not None]


def app_forms(which: CommandSet) -> dict[str, AppForm]:
    """Return how an app is made that offers these commands, by chat, where there is a form."""
    commands = offered(COMMANDS, which)
    return {each.name: each.app_form(commands) for each in PLATFORMS if each.app_form}


async def checkups(
    channels: Mapping[str, str],
    *,
    named: bool = False,
    offer: CommandSet = CommandSet.FEW,
    unusable: Collection[type[BaseSettings]] = (),
) -> AsyncIterator[Found]:
    """Say of each chat whether it works: what, how it is, what to do; 'off' where it has no token.

    ``channels`` are where alerts go, as far as that is known; ``named``: the settings name members
    by their ids. Chats with ``unusable`` settings are left out.
    """
    for each in PLATFORMS:
        if each.settings in unusable:
            continue
        channel, known = channels.get(each.name, ""), False
        commands = offered(COMMANDS, offer)
        async for name, state, says in each.examine(each.settings(), channel, commands):
            known = True
            found = ("fine" if named else "missing") if state == OPEN else state
            yield name, found, says
        if not known:
            says = f"not connected. To get alerts and work on cases there, see docs/{each.name}.md"
            yield each.name.capitalize(), "off", says


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
