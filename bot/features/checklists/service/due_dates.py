"""Checklists and decisions that are due, for the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.calendar_file import Due
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.rules.names import run_name


async def due_checklists(app: AppContext, _: Transaction) -> Sequence[Due]:
    """Tell when open checklists are reminded of, and on which days decisions are to be done.

    A decision is named by its label: its text can be removed, but not from a saved file.
    """
    runs = [
        Due(
            id=f"checklist-{run.number}",
            says=tr("{run}: reminder", run=run_name(run)),
            when=run.due_at,
            command=f"begin {run.label}",
        )
        async for run in each_found(app.store, RUNS, "open", value=True)
        if run.due_at is not None
    ]
    decisions = [
        Due(
            id=f"decision-{decision.number}",
            says=tr("Decision {decision} is due", decision=decision.label),
            when=decision.due,
            command="review",
        )
        async for decision in each_found(app.store, DECISIONS, "open", value=True)
    ]
    return [*runs, *decisions]
