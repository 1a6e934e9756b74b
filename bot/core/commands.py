"""What can be typed. A new command is one function and one line in its file's table."""

from __future__ import annotations

from bot.core.request import CommandSpec
from bot.features.attacks.commands import attacks
from bot.features.cases.commands import cases, sellers
from bot.features.checklists.commands import security
from bot.features.evidence.commands import evidence, note
from bot.features.letters.commands import buyer, letters, support
from bot.features.overview.commands import guide, team, todo
from bot.features.reports.commands import reports
from bot.features.reviews.commands import review
from bot.features.rights import commands as register
from bot.features.training import commands as training
from bot.features.watchlist.commands import check, watch

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
