"""Letting a case go on whose end is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.context import AppContext
from bot.core.findings import BUY_BOX, ENDED_BY_TRUST
from bot.core.history import History
from bot.core.permissions import Person
from bot.core.references import hold_numbers
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseBeganAgain, CaseReopened
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.rules import transitions
from bot.features.cases.service.affected import all_of
from bot.features.cases.service.keeping import record
from bot.features.watchlist.collections import HISTORIES

Ended = tuple[Affected, Sequence[Signal]]
"""A product of a case, with its signals whose end is taken back."""


class Resumed(msgspec.Struct, frozen=True):
    """Who takes an end back, when, in which words; ``closed``: it had closed the case."""

    who: Person
    at: datetime
    text: str
    closed: bool = False


async def ended_by_trust(tx: Transaction, case: Case, at: datetime) -> list[Ended]:
    """Return what a trust of that moment ended in the case, unless it was over since."""
    return [
        (on, signals)
        async for on in all_of(tx, case.key)
        if (signals := _ended(on, at, await _history(tx, on), case.seller))
    ]


async def resume_case(
    app: AppContext, tx: Transaction, case: Case, products: Sequence[Ended], how: Resumed
) -> None:
    """Let the case go on as it was; nothing happens where nothing of it was ended."""
    # They may be on thousands of products: other work goes on meanwhile.
    transition = await asyncio.to_thread(
        transitions.resume, case, products, how.who, how.at, how.text, closed=how.closed
    )
    if transition is None:
        return
    if how.closed:
        await app.tell(tx, CaseBeganAgain(transition.case))
        await app.tell(tx, CaseReopened(transition.case))
    await record(app, tx, case, [transition])
    await asyncio.sleep(0)


async def goes_on_elsewhere(tx: Transaction, case: Case) -> Case | None:
    """Return another open case that goes on with the same matter; none is opened meanwhile."""
    await hold_numbers(tx, "cases")
    async for other in each_found(tx, CASES, "fingerprint", case.fingerprint):
        if other.open and other.number != case.number:
            return other
    return None


async def _history(tx: Transaction, on: Affected) -> History | None:
    return await tx.get(HISTORIES, on.product) if on.product else None


def _ended(on: Affected, at: datetime, now: History | None, seller: str) -> list[Signal]:
    ended = [each for each in on.signals if each.kind in ENDED_BY_TRUST and each.ended_at == at]
    if now is None:
        return ended
    holds, present = seller in (now.holders or ()), now.present(seller)
    return [each for each in ended if (holds if each.kind == BUY_BOX else present)]
