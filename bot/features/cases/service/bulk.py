"""Doing the same with several cases at once, in one transaction: all of it, or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import msgspec

from bot.core.browse.models import PAGE_ROWS, ROWS_APART
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.models.cases import Case
from bot.features.cases.rules.inputs import ClosingInput, SnoozeInput
from bot.features.cases.service.assigning import give_case
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.working import (
    ShownCase,
    acknowledge_case,
    close_case,
    snooze_case,
)

Step = Callable[[Case], Awaitable[ShownCase]]


class BulkDone(msgspec.Struct, frozen=True, kw_only=True):
    """What became of several cases."""

    done: int
    skipped: tuple[str, ...] = ()
    """Why each of the others was left as it is."""


async def chosen_cases(tx: Transaction, chosen: str) -> list[Case]:
    """Return the open cases among the keys that stand in a row, each once.

    Raises:
        UserError: one of them is no case, or none of them is open.
    """
    keys = list(dict.fromkeys(filter(None, chosen.split(ROWS_APART))))[:PAGE_ROWS]
    cases = [await require_case(tx, key) for key in keys]
    found = [case for case in cases if case.open]
    if not found:
        raise UserError(tr("None of the selected cases is open."))
    return found


async def acknowledge_cases(app: AppContext, tx: Transaction, who: Person, chosen: str) -> BulkDone:
    """Acknowledge them. Raises UserError."""
    return await _each(tx, chosen, lambda case: acknowledge_case(app, tx, who, case))


async def assign_cases(app: AppContext, tx: Transaction, who: Person, chosen: str) -> BulkDone:
    """Give them to the person. Raises UserError."""
    return await _each(tx, chosen, lambda case: give_case(app, tx, who, case, who))


async def snooze_cases(
    app: AppContext, tx: Transaction, who: Person, chosen: str, hours: int
) -> BulkDone:
    """Keep quiet about them for so many hours. Raises UserError."""

    async def step(case: Case) -> ShownCase:
        return await snooze_case(app, tx, who, SnoozeInput(case=case.key, hours=hours))

    return await _each(tx, chosen, step)


async def close_cases(
    app: AppContext, tx: Transaction, who: Person, chosen: str, asked: ClosingInput
) -> BulkDone:
    """Close them for one reason, which trusts no seller. Raises UserError."""

    async def step(case: Case) -> ShownCase:
        closing = msgspec.structs.replace(asked, case=case.key)
        return await close_case(app, tx, who, closing, may_trust=False)

    return await _each(tx, chosen, step)


async def _each(tx: Transaction, chosen: str, step: Step) -> BulkDone:
    done, skipped = 0, []
    for case in await chosen_cases(tx, chosen):
        try:
            await step(case)
        except UserError as error:
            skipped.append(str(error))
        else:
            done += 1
        # A hundred cards are written: others have their turn between.
        await asyncio.sleep(0)
    return BulkDone(done=done, skipped=tuple(skipped))
