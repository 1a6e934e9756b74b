"""Reminding who has a case that they have not touched yet: once, in private."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from bot.core.clocks import Ages, ClockReading
from bot.core.context import AppContext
from bot.core.interface import speak
from bot.core.scanning import each, each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.team import at_work
from bot.features.cases.collections import ASSIGNMENTS, CASES, ENTRIES
from bot.features.cases.models.assignments import Assignment
from bot.features.cases.models.cases import Case, entry_key
from bot.features.cases.service.calling import called_people
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.cases.views.escalations import reminder_card


async def watch_assignment(app: AppContext, tx: Transaction, case: Case) -> None:
    """Begin to watch whether who got the case does anything, if the team wants a reminder."""
    if (await app.team(tx)).remind is None or case.assignee is None:
        return
    found = Assignment(
        case=case.key, assignee=case.assignee.id, place=case.entries, since=app.clock()
    )
    tx.put(ASSIGNMENTS, found)


class Reminding:
    """Looks now and then whether an owner is to be reminded of a case."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._ages = Ages()

    async def tick(self, _: str = "") -> None:
        """Remind whom it is time to remind."""
        app, keys, wrote = self._app, [], False
        async for known in each(app.store, ASSIGNMENTS):
            keys.append(known.case)
            now = ClockReading(app.clock(), app.monotonic())
            waited = self._ages.of(known.case, known.since, now)
            wrote |= await run_in_transaction(app.store, partial(self._look, known.case, waited))
        self._ages.keep(keys)
        if wrote:
            app.scheduler.trigger(Work.OUTBOX)

    async def _look(self, key: str, waited: timedelta, tx: Transaction) -> bool:
        """Look at one case; tell whether anything was written."""
        app, team = self._app, await self._app.team(tx)
        known, case = await tx.get(ASSIGNMENTS, key), await tx.get(CASES, key)
        if known is None:
            return False
        if case is None or not case.open or case.assignee_id != known.assignee:
            tx.delete(ASSIGNMENTS, key)
            return True
        if team.remind is None or waited < timedelta(hours=team.remind):
            return False
        if case.snoozed(app.clock()) or not at_work(team, app.clock()):
            return False
        tx.delete(ASSIGNMENTS, key)
        if not await _touched(app, tx, case, known):
            await _remind(app, tx, case, known)
        return True


async def _touched(app: AppContext, tx: Transaction, case: Case, known: Assignment) -> bool:
    """Tell whether the assignee did anything since they got the case."""
    ids = app.identities.of(known.assignee)
    since = entry_key(case.key, known.place)
    async for entry in each_found(tx, ENTRIES, "case", case.key, after=since):
        if entry.who is not None and app.identities.of(entry.who.id) & ids:
            return True
    return False


async def _remind(app: AppContext, tx: Transaction, case: Case, known: Assignment) -> None:
    if case.assignee is None:
        return
    team = await app.team(tx)
    view = await case_context(app, tx, [case])
    with speak(team.language):
        card = reminder_card(case, known.since, view)
    for mention in await called_people(app, tx, [case.assignee]):
        app.outbox.tell(
            tx, f"{head_of(case)}/remind-{known.place}", card, mention, thread=thread_of(case)
        )
