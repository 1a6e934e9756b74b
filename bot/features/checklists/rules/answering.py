"""What an answer does to a run and to the item's standing. Pure; each step returns what comes next.

An answer may be changed afterwards: a thumb slips, or a problem is seen a day later.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.permissions import Person
from bot.errors import UserError
from bot.features.checklists.models.runs import (
    Answer,
    Ending,
    ItemStatus,
    Proof,
    ProofDiff,
    Run,
    Task,
    run_label,
)
from bot.features.checklists.rules.calendar import NOT_OURS_FOR
from bot.features.checklists.rules.proof_diff import as_told

CHANGED_LIST = "The list has changed. Explain the changes first, or enter the list again."


class AnswerGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody answered, and when."""

    answer: Answer
    who: Person
    at: datetime
    expires_at: datetime | None = None
    """Of 'done': until when it counts."""
    proof: Proof | None = None
    compared: Proof | None = None
    """What the next proof is compared with; None: this one."""
    diff: ProofDiff | None = None
    case: int | None = None
    """Of a problem: the number of its case."""
    told: str = ""
    """The name of the message that tells how its proof differs."""


class AnswerResult(msgspec.Struct, frozen=True):
    """The run and the item's standing after a step."""

    run: Run
    status: ItemStatus


def require(run: Run, task: Task, answer: Answer) -> None:
    """Check that the answer may be given. Raises UserError; a problem may always be told."""
    if answer is Answer.PROBLEM:
        return
    _require_current(run)
    if task.answer is answer and not answer.waits:
        by = task.who.name if task.who else "Someone"
        message = f"{by} already answered: {task.item.title}, {answer.label.lower()}."
        raise UserError(message)


def give(run: Run, task: Task, before: ItemStatus | None, said: AnswerGiven) -> AnswerResult:
    """Take the answer; with the last one the run is over.

    Raises:
        UserError: it was given already, or the run was replaced.
    """
    require(run, task, said.answer)
    if said.answer is Answer.NOT_OURS and before and before.answer is Answer.UNEXPLAINED:
        raise UserError(CHANGED_LIST)
    told = (said.told,) if said.told else ()
    differs = (as_told(said.diff),) if told and said.diff else ()
    changed = msgspec.structs.replace(
        task,
        answer=said.answer,
        at=said.at,
        who=said.who,
        proof=said.proof or task.proof,
        diff=said.diff or task.diff,
        case=said.case,
        told=(*task.told, *told),
        said=(*task.said, *differs),
    )
    run = _put(run, changed)
    if run.open and not run.left:
        run = close(run, said.at, Ending.ANSWERED)
    return AnswerResult(run, _status(run, task, before, said))


def take(
    run: Run, task: Task, before: ItemStatus | None, who: Person, at: datetime
) -> AnswerResult:
    """Make the item the person's own, from now on."""
    _require_current(run)
    status = before or _new(run, task, at)
    if task.owner == who and status.owner == who:
        raise UserError(f"You already own '{task.item.title}'.")
    changed = _put(run, msgspec.structs.replace(task, owner=who))
    return AnswerResult(changed, msgspec.structs.replace(status, owner=who))


def close(run: Run, at: datetime, ending: Ending, successor: int | None = None) -> Run:
    """End the run; what nobody answered stays as it is."""
    return msgspec.structs.replace(
        run, open=False, closed_at=at, ending=ending, successor=successor, due_at=None
    )


def resume(run: Run, due_at: datetime) -> Run:
    """Have a run go on that ended with its case, because the case was opened again."""
    return msgspec.structs.replace(run, open=True, closed_at=None, ending=None, due_at=due_at)


def leave(status: ItemStatus, task: Task, at: datetime) -> ItemStatus | None:
    """Have the item wait for no explanation that is missing when its run ends; None: none is."""
    unexplained = task.answer is Answer.UNEXPLAINED and status.answer is Answer.UNEXPLAINED
    if not unexplained or status.at != task.at:
        return None
    return msgspec.structs.replace(status, answer=Answer.OPEN, at=at)


def want(status: ItemStatus, task: Task, left_at: datetime | None) -> ItemStatus | None:
    """Have the item wait again for the explanation that was left then; None: it was not."""
    left = status.answer is Answer.OPEN and status.at == left_at
    if task.answer is not Answer.UNEXPLAINED or task.at is None or not left:
        return None
    return msgspec.structs.replace(status, answer=Answer.UNEXPLAINED, at=task.at)


def ask_again(status: ItemStatus, at: datetime) -> ItemStatus:
    """Take back 'not for us': the next run asks for the item."""
    if status.answer is not Answer.NOT_OURS:
        message = "That item is already back on its checklist."
        raise UserError(message)
    return msgspec.structs.replace(status, answer=Answer.OPEN, at=at, expires_at=None)


def doubt(status: ItemStatus, case: int, at: datetime) -> ItemStatus | None:
    """Have the next run ask whether a problem is over whose case was closed; None: it has none."""
    if status.answer is not Answer.PROBLEM or status.case != case:
        return None
    return msgspec.structs.replace(status, answer=Answer.OPEN, at=at)


def recur(status: ItemStatus, case: int, at: datetime) -> ItemStatus | None:
    """Count a problem again whose case was opened again; None: nobody doubts that it is over."""
    if status.answer is not Answer.OPEN or status.case is None:
        return None
    return msgspec.structs.replace(status, answer=Answer.PROBLEM, at=at, case=case)


def _require_current(run: Run) -> None:
    if run.ending is Ending.REPLACED and run.successor:
        message = f"{run.title} has ended. {run_label(run.successor)} replaces it. Continue there."
        raise UserError(message)
    if run.ending is Ending.CASE_CLOSED:
        message = f"{run.title} has ended because its case is closed."
        raise UserError(message)


def _put(run: Run, task: Task) -> Run:
    tasks = tuple(task if each.item.id == task.item.id else each for each in run.tasks)
    return msgspec.structs.replace(run, tasks=tasks)


def _new(run: Run, task: Task, at: datetime) -> ItemStatus:
    return ItemStatus(checklist=run.checklist, item=task.item.id, answer=Answer.OPEN, at=at)


def _status(run: Run, task: Task, before: ItemStatus | None, said: AnswerGiven) -> ItemStatus:
    known = before or _new(run, task, said.at)
    problem = said.answer is Answer.PROBLEM
    goes_on = known.answer is Answer.PROBLEM and known.since is not None
    expires = said.at + NOT_OURS_FOR if said.answer is Answer.NOT_OURS else said.expires_at
    return msgspec.structs.replace(
        known,
        answer=said.answer,
        at=said.at,
        who=said.who,
        expires_at=expires,
        proof=said.compared or said.proof or known.proof,
        case=said.case,
        since=(known.since if goes_on else said.at) if problem else None,
    )
