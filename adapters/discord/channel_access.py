"""The channel that alerts come to: whether they can come, as Discord tells it to those who join."""

from __future__ import annotations

import discord

from adapters.discord.calls import is_writable, permit
from adapters.discord.refusals import ELSEWHERE, INVITE, MOVE, REFUSALS

TEXT = (discord.ChannelType.text, discord.ChannelType.news)
"""Kinds of channels that take alerts and their threads."""

KIND = f"I can post alerts only in a text channel. {MOVE}"


def lacks(place: object, granted: discord.Permissions) -> str:
    """Return why no alert can be posted in a channel, and what to do; empty if one can."""
    channel = place.parent if isinstance(place, discord.Thread) else place
    kind = getattr(channel, "type", discord.ChannelType.text)
    if kind not in TEXT:
        return "I cannot post alerts in this kind of channel. Choose a text channel."
    if is_writable(granted):
        return ""
    return f"I cannot post in this channel. {permit(granted)} Or choose another channel."


def trouble_with(client: discord.Client, server: str, channel: str) -> tuple[str, str] | None:
    """Return what is wrong with the alerts' channel and what to do; empty texts: nothing is.

    None: Discord did not tell, as its own part for the server is out.
    """
    guild = client.get_guild(int(server))
    if guild is None:
        return "I was removed from the server.", INVITE
    if guild.unavailable:
        return None
    place = guild.get_channel(int(channel))
    if place is None:
        return "The channel for alerts was deleted, or I can no longer see it.", MOVE
    if not isinstance(place, discord.abc.Messageable):
        return f"#{place.name} cannot receive alerts.", KIND
    granted = place.permissions_for(guild.me)
    if is_writable(granted):
        return "", ""
    cause = REFUSALS[50013 if granted.view_channel else 50001].says
    return cause, f"{permit(granted, place.name)} {ELSEWHERE}"
