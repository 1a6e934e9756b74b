"""What can be typed. A new command is one function and one line in its file's table."""

from __future__ import annotations

from bot.app.call import CommandSpec
from bot.app.commands import cases, check, guide, sellers, team, watch

COMMANDS: tuple[CommandSpec, ...] = (
    *watch.COMMANDS,
    *check.COMMANDS,
    *sellers.COMMANDS,
    *cases.COMMANDS,
    *team.COMMANDS,
    *guide.COMMANDS,
)
