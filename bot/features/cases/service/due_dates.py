"""The ends of snoozes, for the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.calendar_file import Due
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import CASES


async def due_cases(app: AppContext, _: Transaction) -> Sequence[Due]:
    """Tell when the snoozes of open cases end."""
    now = app.clock()
    return [
        Due(
            id=f"case-{case.number}-snooze",
            says=tr("{case}: snooze ends", case=case.label),
            when=case.snoozed_until,
            command=f"case {case.number}",
        )
        async for case in each_found(app.store, CASES, "open", value=True)
        if case.snoozed_until is not None and case.snoozed(now)
    ]
