"""Posting a checklist's run: to the channel, or into a case's thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.context import AppContext, view_context
from bot.core.interface import tr
from bot.core.labeled import AttackKind
from bot.core.recurrence import ChecklistSchedule, latest
from bot.core.references import next_number
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseBeganAgain
from bot.features.cases.service.messages import thread_of
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.models.runs import Ending, Run, Task, run_key
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.answering import close, resume
from bot.features.checklists.rules.calendar import first_due, period
from bot.features.checklists.rules.planning import plan
from bot.features.checklists.service.alarms import leave_alarms, pass_on_alarms, repeat_alarms
from bot.features.checklists.service.items import item_statuses_of, note_score
from bot.features.checklists.views.checklist import run_card


async def post_due(
    app: AppContext, tx: Transaction, checklist: Checklist, agenda: ChecklistSchedule
) -> None:
    """Post the run of a moment that has come, and note when the next one comes.

    A run that is still open is replaced. What was missed meanwhile is made up for by this one; if
    everything still counts, nobody is asked. A moment that was posted already is passed over: the
    clock was ahead then, or was set back since.
    """
    now, team = app.clock(), await app.team(tx)
    cadences = app.cadences
    planned, coming = latest(
        agenda.next_at, now, lambda at: cadences.following(agenda.cadence, agenda.zone, at)
    )
    after = msgspec.structs.replace(agenda, next_at=coming, last_at=planned, counted_at=now)
    if planned == agenda.last_at:
        tx.put(CHECKLIST_SCHEDULES, after)
        return
    statuses = await item_statuses_of(tx, checklist.id, (item.id for item in checklist.items))
    tasks = plan(checklist, statuses, team, now, coming)
    number = agenda.run
    if tasks:
        title = f"{checklist.title}, {period(checklist.cadence, team.local(planned))}"
        number = await next_number(tx, "runs")
        run = Run(
            number=number,
            checklist=checklist.id,
            title=title,
            area=checklist.area,
            duty=checklist.owner,
            planned_at=planned,
            posted_at=now,
            tasks=tasks,
        )
        await post(app, tx, run)
        await replace(app, tx, agenda.run, number)
    tx.put(CHECKLIST_SCHEDULES, msgspec.structs.replace(after, run=number))


async def post(app: AppContext, tx: Transaction, run: Run) -> None:
    """Post a run; what nobody began at once waits for the end of the quiet hours."""
    now, team = app.clock(), await app.team(tx)
    run = msgspec.structs.replace(run, due_at=first_due(team, now))
    tx.put(RUNS, run)
    app.outbox.post(
        tx,
        run.label,
        run_card(run, await view_context(app, tx)),
        thread=run.thread,
        quiet=not run.case,
    )


async def replace(app: AppContext, tx: Transaction, number: int | None, successor: int) -> None:
    """End a run that is still open, because another one asks the same anew."""
    old = await tx.get(RUNS, run_key(number)) if number else None
    if old is not None and old.open:
        replaced = close(old, app.clock(), Ending.REPLACED, successor)
        await keep(app, tx, replaced)
        await pass_on_alarms(app, tx, replaced)


async def keep(app: AppContext, tx: Transaction, run: Run) -> None:
    """Write a run down, and show it as it is now."""
    tx.put(RUNS, run)
    card = run_card(run, await view_context(app, tx))
    await app.outbox.edit(tx, run.label, card, thread=run.thread)


async def begin_playbook(app: AppContext, tx: Transaction, case: Case, kind: AttackKind) -> None:
    """Post the playbook for that kind of attack in the case's thread, unless it is there."""
    playbook = _playbook(app.resources[CHECKLISTS], kind)
    if playbook is not None:
        await _begin(app, tx, case, playbook)


async def begin_playbooks_of(app: AppContext, tx: Transaction, case: Case) -> tuple[str, ...]:
    """Post what fits what goes on in the case; return the titles of what is in its thread then.

    Raises:
        UserError: there is no playbook for it.
    """
    case.require_open()
    kinds = case.tally.active.keys() or case.tally.kinds.keys()
    known = app.resources[CHECKLISTS]
    fitting = [checklist for checklist in known if not kinds.isdisjoint(checklist.signals)]
    if not fitting:
        message = tr("There is no playbook for {case}.", case=case.label)
        raise UserError(message)
    for playbook in fitting:
        await _begin(app, tx, case, playbook)
    return tuple(playbook.title for playbook in fitting)


async def _begin(app: AppContext, tx: Transaction, case: Case, playbook: Checklist) -> None:
    known = [run async for run in each_found(tx, RUNS, "case", case.key)]
    if any(run.open and run.checklist == playbook.id for run in known):
        return
    now, team = app.clock(), await app.team(tx)
    statuses = await item_statuses_of(tx, playbook.id, (item.id for item in playbook.items))
    tasks: tuple[Task, ...] = plan(playbook, statuses, team, now, None)
    if not tasks:
        return
    run = Run(
        number=await next_number(tx, "runs"),
        checklist=playbook.id,
        title=playbook.title,
        area=playbook.area,
        duty=playbook.owner,
        planned_at=now,
        posted_at=now,
        tasks=tasks,
        case=case.key,
        thread=thread_of(case),
    )
    await post(app, tx, run)


async def end_playbook(app: AppContext, tx: Transaction, run: Run) -> None:
    """End a playbook whose case is closed, and settle its unexplained changes."""
    ended = close(run, app.clock(), Ending.CASE_CLOSED)
    await keep(app, tx, ended)
    case = await tx.get(CASES, run.case)
    await leave_alarms(app, tx, ended, case.label if case else tr("its case"))
    await note_score(app, tx)


async def resume_playbooks(app: AppContext, tx: Transaction, event: CaseBeganAgain) -> None:
    """Have the playbooks go on that ended with the case, which is open again."""
    known = each_found(tx, RUNS, "case", event.case.key)
    latest_ones = {run.checklist: run async for run in known}
    due_at = first_due(await app.team(tx), app.clock())
    for run in latest_ones.values():
        if run.ending is Ending.CASE_CLOSED:
            going = resume(run, due_at)
            await keep(app, tx, going)
            await repeat_alarms(app, tx, going, run.closed_at)
            await note_score(app, tx)


def _playbook(checklists: Sequence[Checklist], kind: AttackKind) -> Checklist | None:
    """Return the playbook for the kind, else the one for anything else."""
    for wanted in (kind, AttackKind.OTHER):
        for checklist in checklists:
            if wanted.value in checklist.attacks:
                return checklist
    return None


def first_agenda(
    app: AppContext,
    checklist: Checklist,
    zone: str,
    now: datetime,
    before: ChecklistSchedule | None,
) -> ChecklistSchedule:
    """Count a cadence from now on: the first time, or after it was changed.

    Raises:
        UserError: the words make no cadence.
    """
    coming = app.cadences.following(checklist.cadence, zone, now)
    return ChecklistSchedule(
        checklist=checklist.id,
        cadence=checklist.cadence,
        zone=zone,
        next_at=coming,
        run=before.run if before else None,
        counted_at=now,
    )
