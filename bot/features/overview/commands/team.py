"""/digest, /health, /settings: the team's own affairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bot.core.channel_bindings import move
from bot.core.collections import CHANNEL_BINDINGS, TEAMS
from bot.core.interactions import Notice, Post, Reply
from bot.core.permissions import Permission, can
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.team import Team
from bot.core.view_contexts import view_context
from bot.core.views.disk import Disk
from bot.core.waiting_messages import read_messages
from bot.errors import NotAllowed, UserError
from bot.features.overview.service.digest import todays_digest
from bot.features.overview.views.team import settings_card, status_card
from bot.features.watchlist.service.health import read_health

LAST_HOUR = 23
SHORTEST_KEPT = 30
"""Days that evidence is kept at the least: a report may be answered late."""
_HOUR = re.compile(r"([0-9]{1,2})(?::?00)?", re.ASCII)


async def digest(ctx: RequestContext) -> Sequence[Reply]:
    """Say what happened today."""
    return [Post(card=await todays_digest(ctx.app, ctx.tx))]


async def status(ctx: RequestContext) -> Sequence[Reply]:
    """Say what is seen, how old it is, and what failed."""
    health, messages = await read_health(ctx.app), await read_messages(ctx.app)
    store = ctx.app.store
    disk = Disk(ctx.app.space(), store.failure, store.set_aside)
    work = ctx.app.scheduler.health()
    scene = await view_context(ctx.app, ctx.tx)
    return [Post(card=status_card(health, messages, scene, disk, work))]


async def settings(ctx: RequestContext) -> Sequence[Reply]:
    """Show the settings, or change one."""
    team = await ctx.app.team(ctx.tx)
    if ctx.words:
        if not can(ctx.role, Permission.CONFIGURE):
            raise NotAllowed
        name, *values = ctx.words
        if name.lower() == "channel":
            return [_channel(ctx, values)]
        change = _CHANGES.get(name.lower())
        if change is None or not values:
            message = f"Choose one of: channel, {', '.join(_CHANGES)}; like /settings digest 8"
            raise UserError(message)
        team = change(team, " ".join(values))
        ctx.tx.put(TEAMS, team)
    rooms = [await ctx.tx.get(CHANNEL_BINDINGS, chat) for chat in ctx.app.outbox.chats]
    return [Post(card=settings_card(team, [room for room in rooms if room]))]


def _channel(ctx: RequestContext, values: list[str]) -> Notice:
    """Let alerts come to the channel in which it is typed."""
    if values != ["here"]:
        message = "Type /settings channel here in the channel that alerts should come to."
        raise UserError(message)
    if ctx.where.private or not ctx.where.channel:
        message = "Only you read here. Type it in the channel that alerts should come to."
        raise UserError(message)
    if ctx.binding.channel == ctx.where.channel:
        return Notice("Alerts come to this channel already.")
    move(ctx)
    return Notice("Posting a first message here. Once it has arrived, alerts come here.")


def _zone(team: Team, text: str) -> Team:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"{text[:40]!r} is not a time zone. Write it like Europe/Berlin."
        raise UserError(message) from None
    return msgspec.structs.replace(team, zone=text)


def _digest(team: Team, text: str) -> Team:
    return msgspec.structs.replace(team, digest_hour=_hour(text))


def _quiet(team: Team, text: str) -> Team:
    if text.lower() == "off":
        return msgspec.structs.replace(team, quiet_from=None, quiet_to=None)
    first, dash, last = text.partition("-")
    if not dash:
        message = "Write quiet hours like 22-7, or off."
        raise UserError(message)
    begin, end = _hour(first), _hour(last)
    if begin == end:
        message = "Quiet hours must end at another hour than they begin; write off for none."
        raise UserError(message)
    return msgspec.structs.replace(team, quiet_from=begin, quiet_to=end)


def _hour(text: str) -> int:
    found = _HOUR.fullmatch(text.strip())
    if found is None or int(found[1]) > LAST_HOUR:
        message = f"{text.strip()[:20]!r} is not an hour. Write 0 to {LAST_HOUR}."
        raise UserError(message)
    return int(found[1])


_CONFIRM = {"one": False, "two": True, "default": None}


def _confirm(team: Team, text: str) -> Team:
    if text.lower() not in _CONFIRM:
        message = "Write one, two or default: how many people a report needs."
        raise UserError(message)
    return msgspec.structs.replace(team, two_persons=_CONFIRM[text.lower()])


def _keep(team: Team, text: str) -> Team:
    if text.lower() == "always":
        return msgspec.structs.replace(team, keep_days=None)
    digits = text.split(maxsplit=1)[0]
    if not (digits.isascii() and digits.isdigit() and int(digits[:6]) >= SHORTEST_KEPT):
        message = f"Write always, or a number of days, {SHORTEST_KEPT} at least."
        raise UserError(message)
    return msgspec.structs.replace(team, keep_days=int(digits[:6]))


_CHANGES: dict[str, Callable[[Team, str], Team]] = {
    "zone": _zone,
    "digest": _digest,
    "quiet": _quiet,
    "confirm": _confirm,
    "keep": _keep,
}

COMMANDS = (
    CommandSpec(
        "digest", "/digest", "What happened today.", Permission.READ, digest, group=HelpGroup.CASES
    ),
    CommandSpec(
        "health",
        "/health",
        "Is every product seen? What failed?",
        Permission.READ,
        status,
        group=HelpGroup.WATCH,
    ),
    CommandSpec(
        "settings",
        "/settings [name value]",
        "Channel, time zone, hours, confirming.",
        Permission.READ,
        settings,
        (
            Param("name", "What to change.", options=("channel", *_CHANGES)),
            Param("value", "To what, like Europe/Berlin, 8, 22-7 or here."),
        ),
        group=HelpGroup.SETUP,
    ),
)
