"""Changing the team's settings."""

from __future__ import annotations

from bot.core.collections import TEAMS
from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.core.team import Team
from bot.features.overview.rules.settings import CHANGES


async def change_setting(app: AppContext, tx: Transaction, name: str, value: str) -> Team:
    """Change the setting of that name, one of ``CHANGES``, to what is written.

    Raises:
        UserError: what is written cannot be read.
    """
    team = CHANGES[name](await app.team(tx), value)
    tx.put(TEAMS, team)
    return team
