"""Who looks after what."""

from __future__ import annotations

import msgspec

from bot.core.collections import TEAMS
from bot.core.context import AppContext
from bot.core.labeled import Duty
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.team import Team
from bot.errors import NotAllowed


async def assign_duty(
    app: AppContext, tx: Transaction, who: Person, duty: Duty, *, may_configure: bool
) -> Team:
    """Let the person look after something; who leads is an admin's business, once somebody does.

    Raises:
        NotAllowed: somebody leads, and the person may not change that.
    """
    team = await app.team(tx)
    if duty is Duty.LEAD and team.lead and not may_configure:
        raise NotAllowed
    team = msgspec.structs.replace(team, duties={**team.duties, duty.value: who})
    tx.put(TEAMS, team)
    return team
