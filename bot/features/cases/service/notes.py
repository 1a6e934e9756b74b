"""Lines of a case's timeline that no person wrote."""

from __future__ import annotations

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import EntryKind
from bot.features.cases.models.steps import turn
from bot.features.cases.service.recording import record


async def note_failure(app: AppContext, tx: Transaction, case: str, job: Job, text: str) -> None:
    """Note in a case, if it is there, that a job for it came to nothing."""
    known = await tx.get(CASES, case)
    if known is not None:
        step = turn(known, EntryKind.NOTE, text, app.clock())
        await record(app, tx, known, [step], asked=job.asked_by is not None)
