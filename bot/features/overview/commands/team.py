"""/digest, /health, /settings: the team's own affairs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.channel_bindings import move
from bot.core.choices import choose_first
from bot.core.collections import AUDIT, CHANNEL_BINDINGS
from bot.core.context import view_context
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Post, Reply
from bot.core.interface import speak, tr
from bot.core.mentions import OFF, ONCALL
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.routes import ROUTE
from bot.core.team import Team
from bot.core.text import page_number
from bot.core.views.disk import Disk
from bot.core.views.lists import PAGE, ListPage
from bot.core.waiting_messages import read_messages
from bot.core.when import day
from bot.errors import UserError
from bot.features.cases.resources import FACTS_SOURCE
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from bot.features.overview.commands import routes
from bot.features.overview.flows.settings import SETTINGS
from bot.features.overview.flows.settings_form import SettingsForm
from bot.features.overview.rules.settings import CHANGES
from bot.features.overview.service.digest import todays_digest
from bot.features.overview.service.settings import change_setting, find_oncall, set_oncall
from bot.features.overview.views.history import history_card
from bot.features.overview.views.settings import ANNOUNCED, setting
from bot.features.overview.views.team import (
    CHANGE_SETTINGS,
    facts_words,
    settings_card,
    status_card,
)
from bot.features.pages.service.health import read_page_health
from bot.features.watchlist.service.health import read_health

CHANNEL, HISTORY = "channel", "history"
"""What else may follow /settings, beside the routes: where alerts come, and who changed what."""
EXAMPLES = {
    "zone": "Europe/Berlin",
    "digest": "8",
    "quiet": "22-7",
    "confirm": "two",
    "keep": "365",
    "margin": "30%",
    "language": "zh",
    "oncall": "Ben",
    "mention": "critical",
    "escalate": "30",
    "calls": "3",
    "remind": "4",
}


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
    missing = "" if ctx.app.resources[CAMERA] else ctx.app.resources[NO_CAMERA]
    facts = ctx.app.resources[FACTS_SOURCE]
    asked = facts_words(facts.name, facts.budget) if facts else ""
    card = status_card(
        health,
        messages,
        scene,
        disk,
        work,
        no_camera=missing,
        pages=await read_page_health(ctx.app),
        facts=asked,
    )
    return [Post(card=card)]


async def settings(ctx: RequestContext) -> Sequence[Reply]:
    """Show the settings, or change one."""
    team = await ctx.app.team(ctx.tx)
    if ctx.words:
        ctx.role.require(Permission.CONFIGURE)
        titles = {name: setting(name, team)[0] for name in CHANGES}
        known = {CHANNEL: "", ROUTE: tr("Routes"), **titles, HISTORY: ""}
        name, values = choose_first(ctx.words, known, tr("setting"))
        if name == HISTORY:
            return [await _history(ctx, values)]
        if name == CHANNEL:
            return [_channel(ctx, values)]
        if name == ROUTE:
            return await routes.change(ctx, values)
        if not values:
            message = tr(
                "Add the new value, like {command}", command=f"/settings {name} {EXAMPLES[name]}"
            )
            raise UserError(message)
        team = await _changed(ctx, name, " ".join(values))
    rooms = [await ctx.tx.get(CHANNEL_BINDINGS, chat) for chat in ctx.app.outbox.chats]
    with speak(team.language):
        may_change = ctx.role.can(Permission.CONFIGURE)
        here = [room for room in rooms if room]
        return [Post(card=settings_card(team, here, may_change=may_change))]


async def change_by_form(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for the settings, as they are."""
    team, now = await ctx.app.team(ctx.tx), ctx.app.clock()
    return [start_flow(ctx, SETTINGS, SettingsForm.of(team, day(now + ANNOUNCED, team)))]


async def _changed(ctx: RequestContext, name: str, value: str) -> Team:
    """Change a setting; who is to be on call was looked up by the chat, or is known by name."""
    if name == ONCALL and value.lower() != OFF:
        app, tx, who = ctx.app, ctx.tx, ctx.who
        named = ctx.named or await find_oncall(app, tx, who, ctx.where.chat, value)
        if named is not None:
            return await set_oncall(app, tx, who, named)
    return await change_setting(ctx.app, ctx.tx, ctx.who, name, value)


async def _history(ctx: RequestContext, words: list[str]) -> Post:
    """Show who changed what, the newest first."""
    page = ListPage.of(page_number(words), await ctx.app.store.count(AUDIT), "settings history")
    found = await ctx.app.store.page(AUDIT, skip=page.start, limit=PAGE, newest=True)
    return Post(card=history_card(found, page, await ctx.app.team(ctx.tx)))


def _channel(ctx: RequestContext, values: list[str]) -> Notice:
    """Let alerts come to the channel in which it is typed."""
    if values != ["here"]:
        message = tr("Type /settings channel here in the channel where you want alerts.")
        raise UserError(message)
    if ctx.where.private or not ctx.where.channel:
        message = tr("Only you can read this chat. Type this in the channel where you want alerts.")
        raise UserError(message)
    if ctx.binding.channel == ctx.where.channel:
        return Notice(tr("Alerts already go to this channel."))
    move(ctx.app, ctx.tx, ctx.binding, ctx.where)
    return Notice(tr("Posting a first message here. Once it arrives, alerts go to this channel."))


COMMANDS = (
    CommandSpec(
        "digest", "/digest", "See today's events.", Permission.READ, digest, group=HelpGroup.CASES
    ),
    CommandSpec(
        "health",
        "/health",
        "See what is checked and what failed.",
        Permission.READ,
        status,
        group=HelpGroup.WATCH,
        rank=4,
    ),
    CommandSpec(
        "settings",
        "/settings [name value]",
        "See or change the team's settings.",
        Permission.READ,
        settings,
        (
            Param("name", "What to change.", options=(CHANNEL, ROUTE, *CHANGES, HISTORY)),
            Param("value", "The new value, like Europe/Berlin, 8, 22-7 or here."),
        ),
        group=HelpGroup.SETUP,
    ),
)
BUTTONS = (ClickSpec(CHANGE_SETTINGS, Permission.CONFIGURE, change_by_form),)
