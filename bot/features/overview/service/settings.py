"""Changing the team's settings."""

from __future__ import annotations

from bot.core.clock_watch import confirmed_time
from bot.core.collections import TEAMS
from bot.core.context import AppContext
from bot.core.interface import speak
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.team import Team
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image
from bot.features.overview.rules.settings import CHANGES
from bot.features.overview.views.settings import ANNOUNCED, setting_act


async def change_setting(
    app: AppContext, tx: Transaction, who: Person, name: str, value: str
) -> Team:
    """Change the setting of that name, one of ``CHANGES``, to what is written, and announce it.

    To keep evidence for less time takes effect after ``ANNOUNCED``.

    Raises:
        UserError: what is written cannot be read.
    """
    now, before = app.clock(), await app.team(tx)
    team = CHANGES[name](before, value)
    if name == "keep":
        # A clock that is behind must not make it sooner.
        soonest = max(now, await confirmed_time(tx)) + ANNOUNCED
        team = before.keeping(team.keep_days, now, soonest)
    if team != before:
        tx.put(TEAMS, team)
        with speak(team.language):
            act = setting_act(who, name, before, team, Image.of(TEAMS, before, team))
            await announce(app, tx, who, now, act)
    return team
