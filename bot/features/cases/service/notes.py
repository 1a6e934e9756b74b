"""Notes in a case's timeline: what people wrote, and what came to nothing."""

from __future__ import annotations

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules import transitions
from bot.features.cases.service.keeping import record


async def note_words(app: AppContext, tx: Transaction, case: Case, who: Person, words: str) -> Case:
    """Write down what a person wants the team to know; a closed case takes notes too."""
    return await record(app, tx, case, [transitions.note(case, who, app.clock(), words)])


async def note_failure(app: AppContext, tx: Transaction, case: str, job: Job, text: str) -> None:
    """Note in a case, if it is there, that a job for it came to nothing."""
    known = await tx.get(CASES, case)
    if known is not None:
        step = Transition.of(known, EntryKind.NOTE, text, app.clock())
        await record(app, tx, known, [step], asked=job.asked_by is not None)
