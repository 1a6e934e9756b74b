"""Reminders of planned test buys, for the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.calendar_file import Due
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.evidence.collections import PLANNED_BUYS


async def due_buys(app: AppContext, tx: Transaction) -> Sequence[Due]:
    """Tell when the buyer of each planned test buy is reminded."""
    told = []
    async for buy in each(app.store, PLANNED_BUYS):
        case = await tx.get(CASES, buy.case)
        if case is not None and buy.due_at is not None:
            says = tr("{case}: test buy reminder", case=case.label)
            command = f"case {case.number}"
            id = f"case-{case.number}-test-buy"
            told.append(Due(id=id, says=says, when=buy.due_at, command=command))
    return told
