"""Calling a person for an unacknowledged alert: kept in the store, so once and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.core.clocks import Ages, ClockReading
from bot.core.context import AppContext
from bot.core.findings import Severity
from bot.core.interface import noted, speak
from bot.core.mentions import Mention, MentionKind, called
from bot.core.scanning import each, each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.team import Team
from bot.features.cases.collections import CALL_NIGHTS, CASES, ESCALATIONS
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.escalations import (
    GATHERED,
    CallNights,
    CallTarget,
    Escalation,
)
from bot.features.cases.models.events import SignalsRaised
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules.escalating import (
    CallMoment,
    NextCall,
    next_call,
    night_of,
    unseen,
    waits,
)
from bot.features.cases.service.calling import (
    called_people,
    end_calls,
    oncall,
    stop_calling,
)
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.keeping import record
from bot.features.cases.service.messages import thread_of
from bot.features.cases.views.escalations import call_card


async def watch_unseen(app: AppContext, tx: Transaction, event: SignalsRaised) -> None:
    """Begin to watch whether the case is acknowledged, if there is a person to call."""
    case, team = event.case, await app.team(tx)
    if team.escalates_after is None:
        return
    case = await tx.get(CASES, case.key) or case
    if not waits(case, team):
        return
    thread = thread_of(case)
    known = await tx.get(ESCALATIONS, thread)
    if known is None:
        tx.put(ESCALATIONS, _new(case, thread, app))
    elif (grown := known.with_case(case.key)) != known:
        tx.put(ESCALATIONS, grown)


def _new(case: Case, thread: str, app: AppContext) -> Escalation:
    return Escalation(thread=thread, cases=(case.key,), place=case.entries, since=app.clock())


async def _others(app: AppContext, thread: str) -> list[str]:
    """Return cases of the thread that nobody has seen: one more than are watched together."""
    found: list[str] = []
    team = await app.team()
    async for case in each_found(app.store, CASES, "open", value=True):
        if thread_of(case) == thread and waits(case, team):
            found.append(case.key)
        if len(found) > GATHERED:
            break
    return found


async def _take_up(app: AppContext, thread: str, keys: Sequence[str], tx: Transaction) -> bool:
    """Watch the next cases of a thread whose first ones were all seen: their wait begins now."""
    known, team = await tx.get(ESCALATIONS, thread), await app.team(tx)
    if known is None or known.cases:
        return False
    cases = [case for key in keys if (case := await tx.get(CASES, key)) and waits(case, team)]
    if not cases:
        tx.delete(ESCALATIONS, thread)
        return True
    watched = tuple(case.key for case in cases[:GATHERED])
    more, place = len(cases) > GATHERED, cases[0].number
    tx.put(
        ESCALATIONS,
        Escalation(thread=thread, cases=watched, place=place, since=app.clock(), more=more),
    )
    return True


class Escalating:
    """Looks now and then whether an alert has waited long enough."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app
        self._ages = Ages()

    async def tick(self, _: str = "") -> None:
        """Call whoever is to be called now."""
        app, keys = self._app, []
        wrote = False
        async for known in each(app.store, ESCALATIONS):
            keys.append(known.thread)
            if not known.cases:
                others = await _others(app, known.thread)
                await run_in_transaction(app.store, partial(_take_up, app, known.thread, others))
                continue
            now = ClockReading(app.clock(), app.monotonic())
            waited = self._ages.of(known.thread, known.since, now)
            if await run_in_transaction(app.store, partial(self._look, known.thread, waited)):
                wrote = True
        self._ages.keep(keys)
        if wrote:
            app.scheduler.trigger(Work.OUTBOX)

    async def _look(self, thread: str, waited: timedelta, tx: Transaction) -> bool:
        """Look at one thread; tell whether anything was written."""
        app, team = self._app, await self._app.team(tx)
        known = await tx.get(ESCALATIONS, thread)
        if known is None or not known.cases:
            return False
        cases = [case for key in known.cases if (case := await tx.get(CASES, key))]
        if not any(unseen(case) for case in cases):
            for key in known.cases:
                await stop_calling(app, tx, thread, key)
            return True
        now = app.clock()
        awake = [case for case in cases if waits(case, team) and not case.snoozed(now)]
        if known.paused is bool(awake):
            heard = await end_calls(app, tx, known)
            tx.put(ESCALATIONS, heard.resumed(now) if awake else heard.resting())
            return True
        if not awake:
            return False
        return await self._call_next(tx, known, awake, waited, team)

    async def _call_next(
        self,
        tx: Transaction,
        known: Escalation,
        awake: Sequence[Case],
        waited: timedelta,
        team: Team,
    ) -> bool:
        """Call whoever is to be called for these cases now; tell whether anything was written."""
        app, now = self._app, self._app.clock()
        nights = await tx.get(CALL_NIGHTS, "now") or CallNights()
        tonight = nights.of(night_of(team, now))
        worst = max(case.severity for case in awake)
        moment = CallMoment(now, waited, worst, tonight, same=_is_same(app, team))
        call = next_call(known, team, moment)
        if call is None:
            return False
        first = max(awake, key=lambda case: (case.severity, -case.number))
        called_now = known.calling(call.target, now)
        tx.put(ESCALATIONS, called_now if call.held else called_now.naming(call.target, first.key))
        if call.at_night:
            tx.put(CALL_NIGHTS, nights.holding(now) if call.held else nights.calling(tonight.day))
        if not call.held:
            await _call(app, tx, known, first, len(awake), call, team)
        return True


async def _call(
    app: AppContext,
    tx: Transaction,
    known: Escalation,
    first: Case,
    waiting: int,
    call: NextCall,
    team: Team,
) -> None:
    mentions = await _mentions(app, tx, call.target, team)
    view = await case_context(app, tx, [first])
    after = team.escalates_after or timedelta()
    with speak(team.language):
        card = call_card(first, waiting, after, view)
    app.outbox.post(
        tx,
        known.message(call.target),
        card,
        thread=known.thread,
        ping=True,
        mentions=mentions,
        quiet=first.severity < Severity.CRITICAL,
        changes=True,
    )
    text = noted("No one acknowledged it. Mentioned: {names}.", names=called(mentions))
    step = Transition.of(first, EntryKind.NOTE, text, app.clock(), tell=False)
    await record(app, tx, first, [step])


async def _mentions(
    app: AppContext, tx: Transaction, target: CallTarget, team: Team
) -> tuple[Mention, ...]:
    if target is CallTarget.ONCALL or team.duty is None:
        return await oncall(app, tx)
    return await called_people(app, tx, [team.duty])


def _is_same(app: AppContext, team: Team) -> bool:
    """Tell whether who is on call is the person who has the duty."""
    if team.duty is None or not team.oncall:
        return False
    ids = app.identities.of(team.duty.id)
    return all(
        each.kind is MentionKind.PERSON and app.identities.of(each.id) & ids for each in team.oncall
    )


async def uncalled_since(tx: Transaction, since: datetime) -> int:
    """Return how many calls were held back since then."""
    return (await tx.get(CALL_NIGHTS, "now") or CallNights()).held_since(since)
