"""Removing the words of decisions, wherever they came back as items."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.findings import PROBLEM
from bot.core.interface import tr
from bot.core.redactable import FoundWords, Redactable, labeled, require_texts
from bot.core.references import find_numbered
from bot.core.removed_words import REMOVED, Removal
from bot.core.scanning import each_found
from bot.core.store import Place, Transaction
from bot.errors import UserError
from bot.features.cases.service.redacting import entries_of, take_out
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.models.decisions import Decision, decision_key
from bot.features.checklists.models.runs import Run, Task, item_status_key
from bot.features.checklists.rules.planning import DECISIONS as CHECKLIST
from bot.features.checklists.service.posting import keep
from bot.features.checklists.service.problems import problem_cases
from bot.features.checklists.views.checklist import reminder_card

ALSO = (
    "Removes the decision's text, including from checklists, reviews and the case of any problem "
    "with it. Keeps who decided it, its owner and its due date."
)


async def find_decision(tx: Transaction, text: str) -> Decision:
    """Return the decision named by ``D-2``. Raises UserError: there is none."""
    found = await find_numbered(tx, DECISIONS, text, "D", decision_key)
    if found is None:
        message = tr(
            "There is no decision {name}. Type /review to see the decisions.", name=repr(text[:20])
        )
        raise UserError(message)
    return found


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return a decision's words. Raises UserError: there is none, or they were removed."""
    decision = await find_decision(tx, name)
    return await words_of_decision(app, tx, decision)


async def words_of_decision(app: AppContext, tx: Transaction, decision: Decision) -> FoundWords:
    """Return a decision's words. Raises UserError: they were removed."""
    by = decision.removed.line(await app.team(tx)) if decision.removed else ""
    there = [] if decision.text == REMOVED else [decision.text]
    texts = require_texts(decision.label, there, by)
    return FoundWords(
        name=decision.label, called=decision.label, texts=texts, quoted=texts, also=ALSO
    )


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take them out of the decision, the runs that asked for it, and the case of a problem."""
    decision = await find_decision(tx, found.name)
    tx.put(DECISIONS, msgspec.structs.replace(decision, text=REMOVED, removed=removal))
    places = [(DECISIONS.name, decision.key)]
    async for run in each_found(tx, RUNS, "checklist", CHECKLIST.id):
        if run.task(decision.label) is not None:
            await _silence(app, tx, run, decision.label)
            places.append((RUNS.name, run.key))
    status = item_status_key(CHECKLIST.id, decision.label)
    # Each is about this decision alone, but people may write anything else in it.
    for case in await problem_cases(app, tx, status):
        telling = [
            entry for entry in await entries_of(tx, case) if entry.words and entry.signal == PROBLEM
        ]
        places += await take_out(app, tx, case, telling, found, removal)
    return places


async def _silence(app: AppContext, tx: Transaction, run: Run, item: str) -> None:
    """Take the title of an item out of a run, its card and its reminders."""
    tasks = tuple(_untitled(task) if task.item.id == item else task for task in run.tasks)
    silent = msgspec.structs.replace(run, tasks=tasks)
    await keep(app, tx, silent)
    lead = (await app.team(tx)).lead
    for number in range(1, run.reminded + 1):
        card = reminder_card(msgspec.structs.replace(silent, reminded=number), lead)
        await redact_message(app, tx, f"{run.label}/reminder-{number}", card, thread=run.room)


def _untitled(task: Task) -> Task:
    return msgspec.structs.replace(task, item=msgspec.structs.replace(task.item, title=REMOVED))


DECISION_WORDS = Redactable(
    example="D-5", pattern=labeled("D"), find=find_words, remove=take_words_out
)
