"""/help: what can be typed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.call import Call, CommandSpec
from bot.domain.people import Right
from bot.ui.interactions import Post, Reply
from bot.ui.views.team import help_card


async def guide(call: Call) -> Sequence[Reply]:
    """List what can be typed."""
    return [Post(card=help_card([(spec.usage, spec.summary) for spec in call.commands]))]


COMMANDS = (CommandSpec("help", "/help", "This list.", Right.READ, guide),)
