"""/sessions: which browsers are let into the local page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.choices import choose
from bot.core.context import view_context
from bot.core.interactions import Notice, Post, Reply
from bot.core.page_links import PAGE_LINKS
from bot.core.page_sessions import end_sessions, open_sessions
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.views.lists import counted
from bot.errors import UserError
from bot.features.overview.views.sessions import link_card, sessions_card

NEW, END = "new", "end"
HOW = "Type /sessions, /sessions new, or /sessions end with a number or all."


async def sessions(ctx: RequestContext) -> Sequence[Reply]:
    """List the sessions, make a link for a new one, or end some."""
    now = ctx.app.clock()
    words = [word.lower() for word in ctx.words]
    if words:
        words[0] = choose(words[0], {NEW: "", END: ""}, "word", HOW)
    match words:
        case []:
            opened = await open_sessions(ctx.app.store, now)
            return [Post(card=sessions_card(opened, await view_context(ctx.app, ctx.tx)))]
        case ["new"]:
            return [Post(card=link_card(ctx.app.resources[PAGE_LINKS].new()))]
        case ["end", which]:
            ended = await end_sessions(ctx.app.store, ctx.tx, now, which)
            return [Notice(f"Ended {counted(ended, 'local page session')}.")]
        case _:
            raise UserError(HOW)


COMMANDS = (
    CommandSpec(
        "sessions",
        "/sessions [new, or end and a number]",
        "List, add or end sessions of the local page.",
        Permission.CONFIGURE,
        sessions,
        (
            Param("what", "new or end. Leave empty to list them.", options=(NEW, END)),
            Param("which", "The number of the session to end, or all."),
        ),
        group=HelpGroup.SETUP,
    ),
)
