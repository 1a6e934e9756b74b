"""What time does to cases: snoozes end, and threads hear what was held back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.scheduler import Work
from bot.core.store import Indexed, Transaction, run_in_transaction
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import LONGEST_SNOOZE, Case, EntryKind
from bot.features.cases.rules.correlation import due
from bot.features.cases.rules.transitions import wake
from bot.features.cases.service.keeping import record
from bot.features.cases.service.telling_thread import tell_held


class Waking:
    """Looks now and then what is due for the threads of cases."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Tell what is due."""
        await wake_cases(self._app)
        await tell_all_held(self._app)
        self._app.scheduler.trigger(Work.OUTBOX)


async def wake_cases(app: AppContext) -> None:
    """End the snoozes that are over, and tell each thread what it missed."""
    store, now = app.store, app.clock()
    for until in await store.values(CASES, "snoozed_until"):
        if not _asleep(until, now):
            async for case in each_found(store, CASES, "snoozed_until", until):
                await run_in_transaction(store, partial(_wake, app, case.key, now))


async def tell_all_held(app: AppContext) -> None:
    """Tell threads what they did not hear of at once."""
    now = app.clock()
    async for case in each_found(app.store, CASES, "holding", True):
        if due(case, now) or not case.open:
            await run_in_transaction(app.store, partial(tell_held, app, key=case.key))


async def _wake(app: AppContext, key: str, now: datetime, tx: Transaction) -> None:
    case = await tx.get(CASES, key)
    if case is not None and case.open and _overslept(case, now):
        await record(app, tx, case, [wake(case, now, await _missed(tx, case))])


async def _missed(tx: Transaction, case: Case) -> list[str]:
    """Return what happened since the snooze began and the thread was not told."""
    before = f"{case.key}-{case.snoozed_after:06d}"
    entries = each_found(tx, ENTRIES, "case", case.key, after=before)
    happened = (EntryKind.SIGNAL, EntryKind.ENDED)
    return [entry.text async for entry in entries if entry.kind in happened]


def _asleep(until: Indexed, now: datetime) -> bool:
    """Tell whether cases that sleep until then still do: as `Case.snoozed`, without a case."""
    return isinstance(until, datetime) and now < until < now + LONGEST_SNOOZE


def _overslept(case: Case, now: datetime) -> bool:
    return case.snoozed_until is not None and not case.snoozed(now)
