"""What follows for reports when an act is undone."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.core.undo.models import Undone
from bot.features.reports.service.discarding import show_undone
from bot.features.reports.service.trusting import judge_undone


async def follow_undone(app: AppContext, tx: Transaction, event: Undone) -> None:
    """Show what is not discarded after all, and judge relistings by the trust as it is again."""
    await show_undone(app, tx, event)
    await judge_undone(app, tx, event)
