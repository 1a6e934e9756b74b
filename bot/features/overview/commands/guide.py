"""/help: what people need, and what can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.text import one_line
from bot.features.overview.rules.needs import find_needs
from bot.features.overview.views.help import COMMANDS as ALL
from bot.features.overview.views.help import found_card, needs_card
from bot.features.overview.views.needs import NEEDS
from bot.features.overview.views.team import help_card

SHOWN = 40
"""Characters of what was looked for that an answer repeats."""


async def guide(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what is needed, find it by words, or list what can be typed."""
    if ctx.text.lower() == ALL:
        return [Post(help_card(ctx.commands, ctx.app.spelling(ctx.where.chat)))]
    needs = find_needs(ctx.text, NEEDS)
    return [Post(found_card(needs) if needs else needs_card(one_line(ctx.text, SHOWN)))]


COMMANDS = (
    CommandSpec(
        "help",
        "/help [words]",
        "Find help by topic, or list all commands.",
        Permission.READ,
        guide,
        (Param("words", "A topic, such as hijacker or reviews. Type commands to list all."),),
        group=HelpGroup.SETUP,
        rank=5,
    ),
)
