"""The channel's card about users or apps that came or went, from the list to its explanation."""

from __future__ import annotations

from datetime import datetime

from bot.core.cards import Card, Tone
from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.features.checklists.collections import ITEM_STATUSES
from bot.features.checklists.models.runs import (
    CHANGED,
    Answer,
    ProofDiff,
    Run,
    Task,
    run_label,
)
from bot.features.checklists.rules.answering import leave, want
from bot.features.checklists.service.items import item_status_of
from bot.features.checklists.views.changes import change_card, settled_card


def alarm_name(run: Run, task: Task, at: datetime) -> str:
    """Return what the card about a list that was handed in then is called."""
    return f"{CHANGED}{run.number}-{task.item.id}-{at:%Y%m%d%H%M%S%f}"


def thread_of(run: Run, message: str) -> str:
    """Return in whose thread a message about a proof is; empty: it stands in the channel."""
    return "" if message.startswith(CHANGED) else run.room


async def raise_alarm(
    app: AppContext,
    tx: Transaction,
    *,
    message: str,
    run: Run,
    task: Task,
    who: Person,
    diff: ProofDiff,
) -> None:
    """Tell the channel at once; only users or apps that nobody knew are worth a ping."""
    card = change_card(run, task, diff, who, await app.team(tx))
    app.outbox.post(tx, message, card, ping=bool(diff.added))


async def settle_alarm(app: AppContext, tx: Transaction, run: Run, task: Task, after: Task) -> None:
    """Have the card say what became of the changes, which are no longer unexplained."""
    if after.told == task.told and after.answer is Answer.UNEXPLAINED:
        return
    by = after.who.name if after.who else "Someone"
    if after.answer is Answer.PROBLEM:
        said, tone = f"{by} reported a problem: C-{after.case}.", Tone.CRITICAL
    elif after.answer is Answer.DONE and after.diff == task.diff:
        said, tone = f"{by} explained this: all expected.", Tone.GOOD
    else:
        said, tone = f"{by} entered the list again.", Tone.QUIET
    await _show(app, tx, run, task, said, tone)


async def pass_on_alarms(app: AppContext, tx: Transaction, run: Run) -> None:
    """Have the cards of a run that was replaced lead to the one that asks now."""
    for task in run.tasks:
        if task.answer is Answer.UNEXPLAINED and run.successor:
            said = f"Not explained. {run_label(run.successor)} asks for the list again."
            await _show(app, tx, run, task, said, Tone.WARNING)


async def leave_alarms(app: AppContext, tx: Transaction, run: Run, case: str) -> None:
    """Settle the alarms of a run that ended with the ``case``, so that none stays open for ever."""
    said = f"Not explained: {case} is closed. Reopen it to explain this."
    for task in run.tasks:
        status = await item_status_of(tx, run, task)
        left = leave(status, task, app.clock()) if status else None
        if left is not None:
            tx.put(ITEM_STATUSES, left)
        if task.answer is Answer.UNEXPLAINED:
            await _show(app, tx, run, task, said, Tone.WARNING)


async def repeat_alarms(
    app: AppContext, tx: Transaction, run: Run, left_at: datetime | None
) -> None:
    """Have the alarms that were left then wait for an explanation again."""
    team = await app.team(tx)
    for task in run.tasks:
        status = await item_status_of(tx, run, task)
        wanted = want(status, task, left_at) if status else None
        if wanted is None or task.diff is None:
            continue
        tx.put(ITEM_STATUSES, wanted)
        card = change_card(run, task, task.diff, task.who, team)
        await _edit(app, tx, task, card)


async def _show(
    app: AppContext, tx: Transaction, run: Run, task: Task, said: str, tone: Tone
) -> None:
    if task.diff is not None:
        await _edit(app, tx, task, settled_card(run, task, task.diff, said, tone))


async def _edit(app: AppContext, tx: Transaction, task: Task, card: Card) -> None:
    message = task.told[-1] if task.told else ""
    if message.startswith(CHANGED):
        await app.outbox.edit(tx, message, card)
