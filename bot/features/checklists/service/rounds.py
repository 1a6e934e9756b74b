"""The rounds: what of the brand's guard is due is posted, reminded of, closed and counted."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import structlog

from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.context import AppContext
from bot.core.recurrence import ChecklistSchedule, ahead, recounted
from bot.core.scanning import each, each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.team import Team, at_work
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.checklists.collections import DECISIONS, RUNS, SCORES
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.calendar import (
    brought_forward,
    counts,
    escalates,
    may_remind,
    moved,
    remind,
)
from bot.features.checklists.service.decisions import ask_decisions, asking_time
from bot.features.checklists.service.items import note_score
from bot.features.checklists.service.posting import end_playbook, first_agenda, post_due
from bot.features.checklists.views.checklist import reminder_card

log = structlog.get_logger(__name__)


class ChecklistJob:
    """Looks now and then whether anything of the guard is due. Any tick may be the last."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._noted = ""
        self._refused: set[str] = set()

    async def tick(self, _: str = "") -> None:
        """Do all that is due."""
        team, now = await self._app.team(), self._app.clock()
        busy = await self._post(team, now)
        busy |= await self._decisions(team, now)
        busy |= await self._look_after(team, now)
        await self._count(team, now)
        if busy:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _post(self, team: Team, now: datetime) -> bool:
        """Post the checklists whose moment has come; tell whether there were any."""
        agendas = {
            agenda.checklist: agenda async for agenda in each(self._app.store, CHECKLIST_SCHEDULES)
        }
        busy = False
        for checklist in self._app.resources[CHECKLISTS]:
            if checklist.cadence and _due(agendas.get(checklist.id), checklist, team, now):
                await self._try(checklist)
                busy = True
        return busy

    async def _try(self, checklist: Checklist) -> None:
        try:
            await run_in_transaction(self._app.store, partial(self._post_or_count, checklist))
            self._refused.discard(checklist.id)
        except UserError as error:
            # One checklist with a wrong cadence must not stop the others.
            if checklist.id not in self._refused:
                log.warning("checklist has no cadence", checklist=checklist.id, why=str(error))
            self._refused.add(checklist.id)

    async def _post_or_count(self, checklist: Checklist, tx: Transaction) -> None:
        """Post the run that is due; a cadence that is new counts from now on."""
        team, now = await self._app.team(tx), self._app.clock()
        agenda = await tx.get(CHECKLIST_SCHEDULES, checklist.id)
        if agenda is None or agenda.cadence != checklist.cadence:
            tx.put(CHECKLIST_SCHEDULES, first_agenda(self._app, checklist, team.zone, now, agenda))
            return
        if agenda.zone != team.zone:
            agenda = moved(agenda, team.zone)
            tx.put(CHECKLIST_SCHEDULES, agenda)
        if ahead(agenda, now):
            following = partial(self._app.cadences.following, agenda.cadence, agenda.zone)
            agenda = recounted(agenda, now, following)
            tx.put(CHECKLIST_SCHEDULES, agenda)
        if agenda.next_at <= now:
            await post_due(self._app, tx, checklist, agenda)

    async def _decisions(self, team: Team, now: datetime) -> bool:
        """Ask for decisions of the reviews that are due."""
        if not asking_time(team, now):
            return False
        if not await self._app.store.count(DECISIONS, "open", value=True):
            return False
        return await run_in_transaction(self._app.store, partial(ask_decisions, self._app))

    async def _look_after(self, team: Team, now: datetime) -> bool:
        """Remind of open runs, and close playbooks whose case is closed.

        Whoever snoozed a case is left alone by its playbook, too.
        """
        working = at_work(team, now)
        busy = False
        async for run in each_found(self._app.store, RUNS, "open", value=True):
            case = await self._app.store.get(CASES, run.case) if run.case else None
            if run.case and (case is None or not case.open):
                await run_in_transaction(self._app.store, partial(self._end, run.key))
                busy = True
            elif brought_forward(run, team, now):
                await run_in_transaction(
                    self._app.store, partial(self._bring_forward, run.key, now)
                )
            elif working and may_remind(run, now) and not (case and case.snoozed(now)):
                await run_in_transaction(self._app.store, partial(self._remind, run.key, now))
                busy = True
        return busy

    async def _end(self, key: str, tx: Transaction) -> None:
        run = await tx.get(RUNS, key)
        if run is not None and run.open:
            await end_playbook(self._app, tx, run)

    async def _bring_forward(self, key: str, now: datetime, tx: Transaction) -> None:
        run = await tx.get(RUNS, key)
        sooner = brought_forward(run, await self._app.team(tx), now) if run else None
        if sooner is not None:
            tx.put(RUNS, sooner)

    async def _remind(self, key: str, now: datetime, tx: Transaction) -> None:
        run = await tx.get(RUNS, key)
        if run is None or not may_remind(run, now):
            return
        team = await self._app.team(tx)
        reminded = remind(run, team, now)
        tx.put(RUNS, reminded)
        self._app.outbox.post(
            tx,
            f"{run.label}/reminder-{reminded.reminded}",
            reminder_card(reminded, team.lead),
            thread=run.room,
            ping=escalates(reminded),
        )

    async def _count(self, team: Team, now: datetime) -> None:
        """Write the day's score down, once a day."""
        today = team.local(now).date().isoformat()
        if today == self._noted:
            return
        if await self._app.store.get(SCORES, today) is None:
            await run_in_transaction(self._app.store, partial(note_score, self._app))
        self._noted = today


def _due(agenda: ChecklistSchedule | None, checklist: Checklist, team: Team, now: datetime) -> bool:
    if agenda is None or not counts(agenda, checklist, team.zone):
        return True
    return agenda.next_at <= now or ahead(agenda, now)
