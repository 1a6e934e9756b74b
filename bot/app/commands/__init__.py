"""What can be typed. A new command is one function and one line in its file's table."""

from __future__ import annotations

from bot.app.call import CommandSpec
from bot.app.commands import (
    attacks,
    buyer,
    cases,
    check,
    evidence,
    guide,
    letters,
    note,
    register,
    reports,
    review,
    security,
    sellers,
    support,
    team,
    todo,
    training,
    watch,
)

FIRST = ("watch", "todo", "cases", "health", "help")
"""What a newcomer needs is listed before the rest."""

_ALL = (
    *watch.COMMANDS,
    *check.COMMANDS,
    *todo.COMMANDS,
    *cases.COMMANDS,
    *note.COMMANDS,
    *evidence.COMMANDS,
    *reports.COMMANDS,
    *support.COMMANDS,
    *buyer.COMMANDS,
    *letters.COMMANDS,
    *attacks.COMMANDS,
    *review.COMMANDS,
    *register.COMMANDS,
    *security.COMMANDS,
    *sellers.COMMANDS,
    *team.COMMANDS,
    *training.COMMANDS,
    *guide.COMMANDS,
)

COMMANDS: tuple[CommandSpec, ...] = (
    *sorted((spec for spec in _ALL if spec.name in FIRST), key=lambda spec: FIRST.index(spec.name)),
    *(spec for spec in _ALL if spec.name not in FIRST),
)
