"""Problems of checklists, and proofs that show something new: what follows a form on an item."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.findings import PROBLEM, Fact, Finding, Severity
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.interactions import Notice, Reply
from bot.core.request import RequestContext
from bot.core.store import Transaction
from bot.core.text import at_word
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseClosed, CaseReopened
from bot.features.cases.service.incidents import report_incident
from bot.features.checklists.collections import ITEM_STATUSES
from bot.features.checklists.commands.answering import (
    answered,
    find_task,
    item_status_of,
    take_answer,
)
from bot.features.checklists.flows import read_proof
from bot.features.checklists.models.runs import Answer, ItemStatus, Run, Task
from bot.features.checklists.rules.answering import AnswerGiven, doubt, recur
from bot.features.checklists.rules.proof_diff import proof_diff
from bot.features.checklists.views.checklist import proof_diff_card

HEAVY = 4
"""An item of this weight makes its problem a critical one."""
SAID = 100
"""Characters of what was said that stand in the case's headline."""


async def finish_proof(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Take the item as done, and tell the run's thread if its proof differs from the last one."""
    run, task = await find_task(ctx, session.subject)
    proof = read_proof(task.item.proof, given)
    standing = await item_status_of(ctx, run, task)
    differs = proof_diff(standing.proof if standing else None, proof)
    now = ctx.app.clock()
    said = AnswerGiven(answer=Answer.DONE, who=ctx.who, at=now, proof=proof, drift=differs)
    replies = await answered(ctx, run, task, said, differs.says or "as at the last review.")
    if differs.alarming:
        ctx.app.outbox.post(
            ctx.tx,
            f"{run.label}/{task.item.id}-{now:%Y%m%d%H%M%S%f}",
            proof_diff_card(run, task, ctx.who, differs),
            thread=run.room,
        )
    return replies


async def finish_problem(
    ctx: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Open a case about the item, or add to the one that there is."""
    run, task = await find_task(ctx, session.subject)
    case = await report_incident(ctx.app, ctx.tx, [_finding(ctx, run, task, str(given["wrong"]))])
    now = ctx.app.clock()
    said = AnswerGiven(answer=Answer.PROBLEM, who=ctx.who, at=now, case=case.number)
    words = f"{case.label} is open."
    if task.answer is Answer.OPEN:
        return await answered(ctx, run, task, said, words)
    # It was answered before: this may have begun on a card that all see, which stays as it is.
    await take_answer(ctx, run, task, said)
    return [Notice(f"{task.item.title}: {words}")]


async def solved(app: AppContext, tx: Transaction, event: CaseClosed) -> None:
    """Have the next run ask whether the problem is really over whose case was closed."""
    case = event.case
    standing = await _status_behind(tx, case)
    doubted = doubt(standing, case.number, app.clock()) if standing else None
    if doubted is not None:
        tx.put(ITEM_STATUSES, doubted)


async def unsolved(app: AppContext, tx: Transaction, event: CaseReopened) -> None:
    """Count the problem again whose case was opened again."""
    case = event.case
    standing = await _status_behind(tx, case)
    again = recur(standing, case.number, app.clock()) if standing else None
    if again is not None:
        tx.put(ITEM_STATUSES, again)


async def _status_behind(tx: Transaction, case: Case) -> ItemStatus | None:
    """Return how the item stands whose problem the case is about."""
    parts = case.fingerprint.split("/", 2)
    if len(parts) < 3 or parts[1] != PROBLEM:  # noqa: PLR2004
        return None
    return await tx.get(ITEM_STATUSES, parts[2])


def _finding(ctx: RequestContext, run: Run, task: Task, wrong: str) -> Finding:
    now = ctx.app.clock()
    return Finding(
        signal=PROBLEM,
        about=f"{PROBLEM}/{run.checklist}/{task.item.id}",
        marketplace=ctx.app.brand.home,
        at=now,
        severity=Severity.CRITICAL if task.item.weight >= HEAVY else Severity.WARNING,
        headline=f"{task.item.title}: {at_word(wrong, SAID)}",
        brief=f"problem: {task.item.title}",
        mark=now.isoformat(),
        facts=(
            Fact("What is wrong", wrong),
            Fact("Told by", ctx.who.name),
            Fact("Checklist", f"{run.title} ({run.label})"),
        ),
    )
