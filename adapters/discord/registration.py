"""The commands, registered in the team's server; and what people are told where that fails."""

from __future__ import annotations

from collections.abc import Sequence

import discord
import structlog
from discord.http import Route

from adapters.discord import CHAT
from adapters.discord.manifest import install_url, is_same, payload
from adapters.discord.render import Json
from adapters.discord.troubles import Trouble
from adapters.discord.unreadable_events import UNHEARD
from bot.core.request import CommandSpec

log = structlog.get_logger(__name__)

HOUR = 3600.0
"""Seconds until it is tried again."""

UNPERMITTED, TOO_OFTEN = 50001, 30034
"""Discord's codes: we were let in without commands; 200 were made today."""

_PATH = "/applications/{application_id}/guilds/{guild_id}/commands"


async def registered(client: discord.Client, server: str) -> list[Json]:
    """Return the commands that the server knows of us."""
    found: list[Json] = await client.http.request(_route("GET", client, server))
    return found


async def register(
    client: discord.Client, trouble: Trouble, specs: Sequence[CommandSpec], server: str
) -> bool:
    """Register the commands if they are not yet; tell whether the server has them."""
    wanted = payload(specs)
    try:
        if not is_same(wanted, await registered(client, server)):
            await client.http.request(_route("PUT", client, server), json=wanted)
    except UNHEARD as error:
        if client.is_closed():
            return False
        log.warning("commands not registered", chat=CHAT, error=str(error)[:200])
        await trouble.begin(*advice(error, client.application_id or 0))
        return False
    await trouble.over()
    return True


def advice(error: Exception, application: int) -> tuple[str, str]:
    """Return why Discord does not take the commands, and what to do."""
    code = error.code if isinstance(error, discord.HTTPException) else 0
    if code == UNPERMITTED:
        remedy = f"Invite me again with the applications.commands scope: {install_url(application)}"
        return "I do not have permission to register commands in the server.", remedy
    if code == TOO_OFTEN:
        cause = "Discord allows 200 new commands a day, and today's are used up."
        return cause, "Wait until tomorrow. I try again every hour."
    return f"Discord rejected the commands ({str(error)[:100]}).", "I try again every hour."


def _route(method: str, client: discord.Client, server: str) -> Route:
    ids: Json = {"application_id": client.application_id, "guild_id": server}
    return Route(method, _PATH, **ids)
