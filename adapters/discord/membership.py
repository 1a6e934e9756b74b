"""Who sees the channel for alerts, reckoned from roles and overwrites as Discord told them."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.core.membership import Affiliation, Reach

UNKNOWN = Affiliation(reach=Reach.UNKNOWN)


@dataclass(frozen=True)
class Membership:
    """Reckons with what the gateway keeps up to date: a role that is taken away counts at once."""

    roles: frozenset[int] = frozenset()
    """The ids of roles whose people are members here."""

    def affiliation(self, who: discord.User | discord.Member, channel: str) -> Affiliation:
        """Say what is known of a person of the server; ``channel`` is where alerts go, if any."""
        if not isinstance(who, discord.Member) or who.guild.unavailable:
            return UNKNOWN
        guild = who.guild
        granted = who.guild_permissions
        place = guild.get_channel(int(channel)) if channel else None
        return Affiliation(
            reach=reach_of(place) if channel else Reach.UNSET,
            inside=place is not None and place.permissions_for(who).view_channel,
            leads=granted.administrator or granted.manage_guild,
            # Everybody has the role that is called like its server.
            named=any(role.id in self.roles for role in who.roles if not role.is_default()),
        )


def reach_of(place: object) -> Reach:
    """Say who sees a channel; a thread is seen by those who see its channel."""
    channel = place.parent if isinstance(place, discord.Thread) else place
    if not isinstance(channel, discord.abc.GuildChannel):
        return Reach.LOST
    everybody = channel.guild.get_role(channel.guild.id)
    if everybody is None:
        return Reach.UNKNOWN
    return Reach.OPEN if channel.permissions_for(everybody).view_channel else Reach.CLOSED
