"""Problems of checklists: each is a case, and how the item stands follows what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from bot.core.context import AppContext
from bot.core.findings import PROBLEM, Fact, Finding, Severity
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.text import at_word
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseClosed, CaseReopened
from bot.features.cases.service.alerts import report_incident
from bot.features.checklists.collections import ITEM_STATUSES
from bot.features.checklists.models.runs import (
    Answer,
    ItemStatus,
    Proof,
    Run,
    Task,
    item_status_key,
)
from bot.features.checklists.rules.answering import AnswerGiven, doubt, recur
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.checklists.service.answering import ItemAnswered, take_answer
from bot.features.checklists.service.items import find_task, note_score

SAID = 100
"""Characters of what was said that stand in the case's headline."""
_ABOUT = f"{PROBLEM}/"
"""Begins what a finding about a problem is about; the key of the item's status follows."""


Step = Callable[[ItemStatus, int, datetime], ItemStatus | None]
"""What becomes of an item's status when the case of that number ends or begins; None: nothing."""


class ProblemReported(msgspec.Struct, frozen=True):
    """A problem's case, and the answer that it is."""

    case: Case
    answered: ItemAnswered


async def report_problem(
    app: AppContext,
    tx: Transaction,
    who: Person,
    ref: str,
    wrong: str,
    compared: Proof | None = None,
) -> ProblemReported:
    """Open a case about the item, or add to the one that there is.

    Later lists are held against what is ``compared``, if that is given.

    Raises:
        UserError: there is no such item, or its case is settled.
    """
    run, task = await find_task(tx, ref)
    case = await report_incident(app, tx, [_finding(app, who, run, task, wrong)])
    said = AnswerGiven(answer=Answer.PROBLEM, who=who, at=app.clock(), case=case.number)
    said = msgspec.structs.replace(said, compared=compared)
    return ProblemReported(case, await take_answer(app, tx, run, task, said))


async def solved(app: AppContext, tx: Transaction, event: CaseClosed) -> None:
    """Have the next run ask whether the problem is really over whose case was closed."""
    await _follow(app, tx, event.case, doubt)


async def unsolved(app: AppContext, tx: Transaction, event: CaseReopened) -> None:
    """Count the problem again whose case was opened again."""
    await _follow(app, tx, event.case, recur)


async def _follow(app: AppContext, tx: Transaction, case: Case, step: Step) -> None:
    """Take the step that the item takes with its problem's case, if it has one to take."""
    status = await _status_behind(tx, case)
    changed = step(status, case.number, app.clock()) if status else None
    if changed is not None:
        tx.put(ITEM_STATUSES, changed)
        await note_score(app, tx)


async def problem_cases(app: AppContext, tx: Transaction, status: str) -> list[Case]:
    """Return all cases about problems with the item whose status has that key."""
    fingerprint = f"{app.brand.home}/{_ABOUT}{status}"
    return [case async for case in each_found(tx, CASES, "fingerprint", fingerprint)]


async def _status_behind(tx: Transaction, case: Case) -> ItemStatus | None:
    """Return how the item stands whose problem the case is about."""
    about = case.fingerprint.removeprefix(f"{case.marketplace}/")
    item = about.removeprefix(_ABOUT)
    return await tx.get(ITEM_STATUSES, item) if item != about else None


def _finding(app: AppContext, who: Person, run: Run, task: Task, wrong: str) -> Finding:
    now = app.clock()
    # Digests name a case by its few words, and nothing changes a digest: no words of people there.
    decided = run.checklist == DECISIONS.id
    about = (Fact("Decision", task.item.title),) if decided else ()
    return Finding(
        signal=PROBLEM,
        about=f"{_ABOUT}{item_status_key(run.checklist, task.item.id)}",
        marketplace=app.brand.home,
        at=now,
        severity=Severity.CRITICAL if task.item.heavy else Severity.WARNING,
        headline=f"{task.item.title}: {at_word(wrong, SAID)}",
        brief=f"problem: {task.item.id if decided else task.item.title}",
        mark=now.isoformat(),
        who=who,
        facts=(
            *about,
            Fact("Problem", wrong),
            Fact("Reported by", who.name),
            Fact("Checklist", f"{run.title} ({run.label})"),
        ),
    )
