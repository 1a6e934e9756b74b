"""What the doctor finds of Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import discord

from adapters.discord.calls import unheard
from adapters.discord.connection import FORM, OTHER, REFUSED, DiscordAccess, pointed
from adapters.discord.manifest import install_url, is_same, missing, payload
from adapters.discord.membership import reach_of
from adapters.discord.registration import advice, registered
from adapters.discord.unreadable_events import UNHEARD
from bot.core.chat_platform import OPEN, Found
from bot.core.membership import Reach
from bot.core.request import CommandSpec

TOKEN, CLOCK = "Discord token", "Discord clock"
SERVER, ORDERS, CHANNEL = "Discord server", "Discord commands", "Discord channel"
MEMBERS = "Discord members"
SKEW = timedelta(seconds=60)
"""By which this machine's clock may differ; what has a deadline of Discord's needs it right."""
TIMEOUT = aiohttp.ClientTimeout(10)


async def examine(
    access: DiscordAccess, channel: str, commands: Sequence[CommandSpec]
) -> AsyncIterator[Found]:
    """Look at everything, one after the other.

    ``channel`` is the id of the alerts' one, if any; the ``commands`` should be registered.
    """
    if not FORM.fullmatch(access.token):
        yield TOKEN, "wrong", OTHER
        return
    with pointed(access):
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            try:
                await client.login(access.token)
                yield TOKEN, "fine", f"logged in as {client.user}"
                yield await _clock(access)
                joined = {str(each.id): each.name async for each in client.fetch_guilds()}
                server = access.server or ("" if len(joined) > 1 else "".join(joined))
                yield _server(client.application_id or 0, joined, server)
                if server in joined:
                    yield await _commands(client, server, commands)
                if channel and server in joined:
                    guild = await client.fetch_guild(int(server))
                    async for found in _channel(guild, client, channel, access.member_roles):
                        yield found
            except discord.LoginFailure:
                yield TOKEN, "wrong", REFUSED
            except UNHEARD as error:
                yield "Discord", "wrong", unheard(error)


def _server(application: int, joined: dict[str, str], server: str) -> Found:
    if server in joined:
        return SERVER, "fine", joined[server]
    if not joined or server:
        return SERVER, "missing", f"invite the bot to your server: {install_url(application)}"
    ids = ", ".join(f"{id} ({name})" for id, name in joined.items())
    return SERVER, "missing", f"set BRANDWARDEN_DISCORD_SERVER to one of {ids}"


async def _commands(client: discord.Client, server: str, commands: Sequence[CommandSpec]) -> Found:
    try:
        known = await registered(client, server)
    except discord.HTTPException as error:
        return ORDERS, "wrong", " ".join(advice(error, client.application_id or 0))
    if is_same(payload(commands), known):
        return ORDERS, "fine", f"{len(known)} registered"
    return (
        ORDERS,
        "missing",
        "Brandwarden registers them when it starts; if it cannot, /health says why",
    )


async def _channel(
    guild: discord.Guild, client: discord.Client, id: str, roles: frozenset[int]
) -> AsyncIterator[Found]:
    me = await guild.fetch_member(client.user.id if client.user else 0)
    for channel in await guild.fetch_channels():
        if str(channel.id) == id:
            lacks = missing(channel.permissions_for(me))
            if lacks:
                yield (
                    CHANNEL,
                    "wrong",
                    f"give the bot these permissions in #{channel.name}: {lacks}",
                )
            else:
                yield CHANNEL, "fine", f"#{channel.name}"
            yield _members(channel, roles)
            break
    else:
        yield (
            CHANNEL,
            "wrong",
            "the bot cannot see it: type /settings channel here in another channel",
        )
    for role in sorted(roles):
        yield _role(guild, role)


def _members(channel: discord.abc.GuildChannel, roles: frozenset[int]) -> Found:
    """Say who is a member, by the channel for alerts."""
    if reach_of(channel) is not Reach.OPEN:
        return MEMBERS, "fine", f"everyone who can view #{channel.name}"
    says = (
        f"anyone can view #{channel.name}, so viewing it does not make people members: make it "
        "private, or list people (BRANDWARDEN_MEMBERS) or roles (BRANDWARDEN_DISCORD_MEMBER_ROLES)"
    )
    return MEMBERS, "fine" if roles else OPEN, says


def _role(guild: discord.Guild, id: int) -> Found:
    name, role = f"Discord role {id}", guild.get_role(id)
    if role is None or role.is_default():
        says = (
            "this server has no such role, or everyone has it: remove it from "
            "BRANDWARDEN_DISCORD_MEMBER_ROLES"
        )
        return name, "wrong", says
    return name, "fine", f"everyone with the role {role.name} is a member"


async def _clock(access: DiscordAccess) -> Found:
    """Compare this machine's clock with Discord's."""
    address = f"{access.endpoint}/gateway"
    async with aiohttp.request("GET", address, timeout=TIMEOUT) as response:
        date = response.headers.get("Date", "")
    try:
        off = abs(datetime.now(UTC) - parsedate_to_datetime(date))
    except (TypeError, ValueError):
        return CLOCK, "fine", "Discord did not send its time"
    if off > SKEW:
        return CLOCK, "wrong", f"{off.total_seconds():.0f} s off: turn on automatic time (NTP)"
    return CLOCK, "fine", "matches Discord's clock"
