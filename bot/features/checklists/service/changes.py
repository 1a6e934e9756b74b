"""Explaining what changed in a list: each user or app is ours, or a problem."""

from __future__ import annotations

from collections.abc import Set

import msgspec

from bot.core.context import AppContext
from bot.core.interface import tr, tr_data
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.checklists.models.runs import Answer, Proof, ProofDiff, Run, Task
from bot.features.checklists.rules.answering import AnswerGiven
from bot.features.checklists.rules.proof_diff import explained
from bot.features.checklists.rules.proofs import noun
from bot.features.checklists.service.answering import ItemAnswered, take_answer
from bot.features.checklists.service.items import find_task, item_status_of
from bot.features.checklists.service.problems import ProblemReported, report_problem


async def find_changes(tx: Transaction, ref: str) -> tuple[Run, Task, ProofDiff]:
    """Return the item that waits for an explanation, and its changes.

    Raises:
        UserError: there is no such item, or nothing of it is left to explain.
    """
    run, task = await find_task(tx, ref)
    if task.answer is not Answer.UNEXPLAINED:
        message = tr("Nothing is left to explain: {item}.", item=tr_data(task.item.title))
        raise UserError(message)
    if task.diff is None or not task.diff.names:
        message = tr("The list was removed. Press Done on the item and enter it again.")
        raise UserError(message)
    return run, task, task.diff


async def explain_changes(
    app: AppContext, tx: Transaction, who: Person, ref: str, ours: Set[str]
) -> ItemAnswered | ProblemReported:
    """Take the item as done if all of its changes are ours; else open a case about the others.

    Raises:
        UserError: nothing is left to explain, or the run was replaced.
    """
    run, task, diff = await find_changes(tx, ref)
    others = msgspec.structs.replace(
        diff,
        added=tuple(each for each in diff.added if each not in ours),
        removed=tuple(each for each in diff.removed if each not in ours),
    )
    if not others.names:
        said = AnswerGiven(answer=Answer.DONE, who=who, at=app.clock(), proof=task.proof)
        return await take_answer(app, tx, run, task, said)
    compared = await _compared(tx, run, task, diff, others)
    return await report_problem(app, tx, who, ref, _wrong(task, others), compared)


async def _compared(
    tx: Transaction, run: Run, task: Task, diff: ProofDiff, others: ProofDiff
) -> Proof | None:
    """Return the last list with those changes that are ours: later lists are held against it."""
    status = await item_status_of(tx, run, task)
    last = status.proof if status else None
    return explained(last, diff, others) if last else None


def _wrong(task: Task, others: ProofDiff) -> str:
    one = noun(task.item.proof)
    sentences = (
        f"Unknown {one}s: {'; '.join(others.added)}." if others.added else "",
        f"Gone without a reason: {'; '.join(others.removed)}." if others.removed else "",
    )
    return " ".join(filter(None, sentences))
