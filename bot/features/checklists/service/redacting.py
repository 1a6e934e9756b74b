"""Removing what people wrote or handed in to show that items of a run are done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.forgetting import release
from bot.core.redactable import FoundWords, Redactable, labeled, require_texts
from bot.core.removed_words import REMOVED, Removal
from bot.core.scanning import each_found
from bot.core.store import Place, Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.service.redacting import take_out
from bot.features.checklists.collections import ITEM_STATUSES, RUNS
from bot.features.checklists.models.runs import Proof, ProofDiff, Run, Task, item_status_key
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.checklists.rules.proofs import same
from bot.features.checklists.service.alarms import thread_of
from bot.features.checklists.service.items import find_run
from bot.features.checklists.service.posting import keep
from bot.features.checklists.views.checklist import proof_diff_card

ALSO = (
    "Removes all lists and files that back up its items, including from later runs and reviews. "
    "Keeps who answered what and when. To remove lists from other runs, redact each run by its "
    "label. To remove a problem's description, redact the entry in its case."
)


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return what was handed in for a run. Raises UserError: there is no run, or nothing was."""
    run = await find_run(tx, name)
    if run.checklist == DECISIONS.id:
        message = f"{run.label} consists of decisions. Redact each by its own label, such as D-2."
        raise UserError(message)
    by = run.removed.line(await app.team(tx)) if run.removed else ""
    texts = require_texts(run.label, [text for task in run.tasks for text in task.texts], by)
    quoted = tuple(says for task in run.tasks for says in task.quoted)
    quoted += tuple(
        diff.says
        for other in await _comparing(tx, run)
        for task in other.tasks
        for diff in task.diffs
        if diff not in _unsaid(task, run).diffs
    )
    return FoundWords(name=run.label, called=run.label, texts=texts, quoted=quoted, also=ALSO)


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take them out of the run, of how its items stand, and of runs that compare with it."""
    run = await find_run(tx, found.name)
    others = await _comparing(tx, run)
    for other in others:
        await _silence(app, tx, other, [_unsaid(task, run) for task in other.tasks])
    case = await tx.get(CASES, run.case) if run.case else None
    alone = msgspec.structs.replace(run, removed=None if case else removal)
    await _silence(app, tx, alone, [task.redacted for task in run.tasks])
    places = [(RUNS.name, each.key) for each in (run, *others)]
    places += await _forget_proofs(app, tx, run)
    if case is not None:
        places += await take_out(app, tx, case, (), found, removal)
    return places


async def _silence(app: AppContext, tx: Transaction, run: Run, tasks: Collection[Task]) -> None:
    """Keep a run with these tasks, and have the messages that told of those before say nothing."""
    for before, task in zip(run.tasks, tasks, strict=True):
        for message, diff in _changed(before, task):
            card = proof_diff_card(run, task, task.who, diff)
            await redact_message(app, tx, message, card, thread=thread_of(run, message))
    await keep(app, tx, msgspec.structs.replace(run, tasks=tuple(tasks)))


def _changed(before: Task, task: Task) -> Iterator[tuple[str, ProofDiff]]:
    """Give the messages that told something else before, and what they tell now."""
    if task == before:
        return
    unknown = len(task.told) - len(task.said)
    for message in task.told[:unknown]:
        yield message, ProofDiff(says=REMOVED, alarming=True)
    for message, then, now in zip(task.told[unknown:], before.said, task.said, strict=True):
        if now != then:
            yield message, now


async def _forget_proofs(app: AppContext, tx: Transaction, run: Run) -> list[Place]:
    """Take the run's proofs out of how its items stand, and let its files go."""
    places: list[Place] = []
    files = [task.proof.file for task in run.tasks if task.proof and task.proof.file]
    for task in run.tasks:
        status = await tx.get(ITEM_STATUSES, item_status_key(run.checklist, task.item.id))
        if status is not None and status.proof and await _holds(tx, status.proof, run, task):
            tx.put(ITEM_STATUSES, msgspec.structs.replace(status, proof=None))
            places.append((ITEM_STATUSES.name, status.key))
    if files:
        contents = dict.fromkeys(each for file in files for each in (file.content, file.shown))
        await release(app, tx, contents, f"{run.label} proof")
    return places


async def _holds(tx: Transaction, last: Proof, run: Run, task: Task) -> bool:
    """Tell whether the last proof has what was handed in for the task.

    It may be a list that no run has: the one before, with those changes alone that were explained.
    """
    if last == task.proof:
        return task.redacted.proof is None
    if _lines(task).isdisjoint(map(same, last.entries)):
        return False
    others = each_found(tx, RUNS, "checklist", run.checklist)
    known = [other.task(task.item.id) async for other in others if other.number != run.number]
    return all(other is None or other.proof != last for other in known)


def _lines(task: Task) -> frozenset[str]:
    """Return the lines of lists that the task tells, whatever their case and blanks."""
    entries = task.proof.entries if task.proof else ()
    told = [line for diff in task.diffs for line in diff.names]
    return frozenset(map(same, (*entries, *told)))


async def _comparing(tx: Transaction, run: Run) -> list[Run]:
    """Return the other runs that tell which lines of this one are gone by then."""
    return [
        other
        async for other in each_found(tx, RUNS, "checklist", run.checklist)
        if other.number != run.number and any(_unsaid(task, run) != task for task in other.tasks)
    ]


def _unsaid(task: Task, run: Run) -> Task:
    """Return another run's task without what it tells of the lines of this one."""
    before = run.task(task.item.id)
    lines = _lines(before) if before else frozenset()

    def silent(diff: ProofDiff) -> ProofDiff:
        return diff.redacted if lines.intersection(map(same, diff.removed)) else diff

    said = tuple(map(silent, task.said))
    return msgspec.structs.replace(task, diff=task.diff and silent(task.diff), said=said)


RUN_WORDS = Redactable(example="K-12", pattern=labeled("K"), find=find_words, remove=take_words_out)
