"""Which chats the settings connect, besides the local page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping

from pydantic_settings import BaseSettings

from bot.bootstrap.application import vault_of
from bot.bootstrap.chat_platforms import PLATFORMS
from bot.bootstrap.features import COMMANDS
from bot.core.chat_platform import OPEN, AppForm, Connection, Found
from bot.settings import Settings


def connections(settings: Settings) -> list[Connection]:
    """Make the connections for which the chats' settings have a token.

    Raises:
        UserError: a part of the credentials is missing; it says which.
    """
    read = vault_of(settings).read
    found = (each.connect(each.settings(), read) for each in PLATFORMS)
    return [connection for connection in found if connection is not None]


def app_forms() -> dict[str, AppForm]:
    """Return how an app is made, by chat, for those that have a form."""
    return {each.name: each.app_form(COMMANDS) for each in PLATFORMS if each.app_form}


async def checkups(
    channels: Mapping[str, str],
    *,
    named: bool = False,
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
        async for name, state, says in each.examine(each.settings(), channel, COMMANDS):
            known = True
            found = ("fine" if named else "missing") if state == OPEN else state
            yield name, found, says
        if not known:
            says = f"not connected. To get alerts and work on cases there, see docs/{each.name}.md"
            yield each.name.capitalize(), "off", says
