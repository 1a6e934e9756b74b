"""Answering items of a run, whoever brings the answer: a button, or a form with what shows it."""

from __future__ import annotations

import msgspec

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.checklists.collections import ITEM_STATUSES
from bot.features.checklists.models.runs import Answer, ItemStatus, Proof, Run, Task
from bot.features.checklists.rules.answering import AnswerGiven, ask_again, give, take
from bot.features.checklists.rules.calendar import expiry
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.checklists.rules.proof_diff import proof_diff
from bot.features.checklists.rules.score import alarming
from bot.features.checklists.service.alarms import alarm_name, raise_alarm, settle_alarm
from bot.features.checklists.service.decisions import note_decision
from bot.features.checklists.service.items import find_task, item_status_of, note_score, show_item
from bot.features.checklists.service.posting import keep
from bot.features.checklists.views.checklist import proof_diff_card
from bot.features.checklists.views.items import ShownItem


class ItemAnswered(msgspec.Struct, frozen=True):
    """An answer that was taken, and what follows it."""

    task: Task
    """The task as it was before."""
    said: AnswerGiven
    following: ShownItem
    """The next item that the person is asked, or the end."""


async def answer_item(
    app: AppContext, tx: Transaction, who: Person, run: Run, task: Task, answer: Answer
) -> ItemAnswered:
    """Take an answer that nothing has to show. Raises UserError: it may not be given now."""
    said = AnswerGiven(answer=answer, who=who, at=app.clock())
    return await take_answer(app, tx, run, task, said)


async def prove_item(
    app: AppContext, tx: Transaction, who: Person, ref: str, proof: Proof
) -> ItemAnswered:
    """Take the item as done, unless users or apps came or went: these are to be explained first.

    Whatever else differs from the last proof is told in the run's thread.

    Raises:
        UserError: there is no such item, or it may not be answered now.
    """
    run, task = await find_task(tx, ref)
    status = await item_status_of(tx, run, task)
    last = status.proof if status else None
    differs = proof_diff(last, proof)
    said = AnswerGiven(answer=Answer.DONE, who=who, at=app.clock(), proof=proof, diff=differs)
    if differs.to_explain:
        known = task.answer is Answer.UNEXPLAINED and task.diff == differs
        message = "" if known else alarm_name(run, task, said.at)
        said = msgspec.structs.replace(said, answer=Answer.UNEXPLAINED, compared=last, told=message)
        answered = await take_answer(app, tx, run, task, said)
        if message:
            await raise_alarm(app, tx, message=message, run=run, task=task, who=who, diff=differs)
        return answered
    message = f"{run.label}/{task.item.id}-{said.at:%Y%m%d%H%M%S%f}" if differs.alarming else ""
    said = msgspec.structs.replace(said, told=message)
    answered = await take_answer(app, tx, run, task, said)
    if message:
        app.outbox.post(
            tx,
            message,
            proof_diff_card(run, task, who, differs),
            thread=run.room,
        )
    return answered


async def take_answer(
    app: AppContext, tx: Transaction, run: Run, task: Task, said: AnswerGiven
) -> ItemAnswered:
    """Write an answer down: the run, how the item stands, and the score when it is news."""
    before = await item_status_of(tx, run, task)
    if said.answer is Answer.DONE:
        said = await _counted(app, tx, run, task, said)
    after = give(run, task, before, said)
    tx.put(ITEM_STATUSES, after.status)
    await keep(app, tx, after.run)
    if task.answer is Answer.UNEXPLAINED:
        await settle_alarm(app, tx, after.run, task, after.run.task(task.item.id) or task)
    if run.checklist == DECISIONS.id:
        await note_decision(tx, task.item.id, said.answer, said.at)
    alarm = alarming(task.item, before) != alarming(task.item, after.status)
    if alarm or (run.open and not after.run.open):
        await note_score(app, tx)
    following = after.run.next_for(said.who, task.item.id)
    return ItemAnswered(task, said, await show_item(app, tx, after.run, following))


async def take_item(
    app: AppContext, tx: Transaction, who: Person, run: Run, task: Task
) -> ShownItem:
    """Make the item the person's own from now on. Raises UserError."""
    before = await item_status_of(tx, run, task)
    after = take(run, task, before, who, app.clock())
    tx.put(ITEM_STATUSES, after.status)
    await keep(app, tx, after.run)
    return await show_item(app, tx, after.run, after.run.task(task.item.id) or task)


async def ask_item_again(app: AppContext, tx: Transaction, key: str) -> ItemStatus:
    """Have the next run ask for an item that was not for us. Raises UserError."""
    status = await tx.get(ITEM_STATUSES, key)
    if status is None:
        message = "There is no such item. Type /security not-for-us to see the list."
        raise UserError(message)
    changed = ask_again(status, app.clock())
    tx.put(ITEM_STATUSES, changed)
    return changed


async def _counted(
    app: AppContext, tx: Transaction, run: Run, task: Task, said: AnswerGiven
) -> AnswerGiven:
    """Add until when 'done' counts."""
    agenda = await tx.get(CHECKLIST_SCHEDULES, run.checklist)
    team = await app.team(tx)
    expires = expiry(task.item, said.at, agenda.next_at if agenda else None, team)
    return msgspec.structs.replace(said, expires_at=expires)
