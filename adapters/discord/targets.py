"""Whom a setting names, as Discord knows them: a member or a role of the server."""

from __future__ import annotations

import re

import aiohttp
import discord

from adapters.discord import CHAT
from adapters.discord.calls import unheard
from bot.core.mentions import Mention, MentionKind
from bot.core.text import one_line
from bot.errors import UserError

NAME = 80
_WRITTEN = re.compile(r"<@[!&]?([0-9]{15,20})>|([0-9]{15,20})", re.ASCII)


async def member_of(guild: discord.Guild, id: str) -> discord.Member | None:
    """Return a member of the server with their current roles; None if there is no such member.

    Raises:
        UserError: Discord did not answer.
    """
    try:
        return await guild.fetch_member(int(id))
    except discord.NotFound:
        return None
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise UserError(unheard(error)) from error


async def find_target(guild: discord.Guild | None, typed: str) -> Mention | None:
    """Return whom the words name; None if no one there has that id or name.

    Raises:
        UserError: Discord did not answer, or the role may not be called; it says what to do.
    """
    if guild is None:
        return None
    found = _WRITTEN.fullmatch(typed.strip())
    id = (found[1] or found[2]) if found else ""
    role = guild.get_role(int(id)) if id else _role_named(guild, typed.strip().lstrip("@"))
    if role is not None:
        return _role(guild, role)
    who = await member_of(guild, id) if id else None
    if who is None or who.bot:
        return None
    return Mention(chat=CHAT, id=str(who.id), name=one_line(who.display_name, NAME))


def _role_named(guild: discord.Guild, name: str) -> discord.Role | None:
    named = [role for role in guild.roles if role.name == name]
    return named[0] if len(named) == 1 else None


def _role(guild: discord.Guild, role: discord.Role) -> Mention | None:
    if role.is_default():
        return None
    if not (role.mentionable or guild.me.guild_permissions.mention_everyone):
        message = (
            f"I may not mention @{one_line(role.name, NAME)}. In the role's settings, allow "
            "anyone to @mention it, then try again."
        )
        raise UserError(message)
    name = one_line(role.name, NAME)
    return Mention(chat=CHAT, id=str(role.id), name=f"@{name}", kind=MentionKind.GROUP)
