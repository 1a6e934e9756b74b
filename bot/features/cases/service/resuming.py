"""Letting a case go on whose end is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.condition_history import ConditionHistory
from bot.core.context import AppContext
from bot.core.findings import BUY_BOX, ENDED_BY_TRUST, NOT_NEW, OF_CONDITION, OUTLET
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
from bot.features.watchlist.collections import CONDITION_HISTORIES, HISTORIES

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
        if (signals := await _ended(tx, on, at, case.seller))
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


async def _ended(tx: Transaction, on: Affected, at: datetime, seller: str) -> list[Signal]:
    ended = [each for each in on.signals if each.kind in ENDED_BY_TRUST and each.ended_at == at]
    if not ended or on.product is None:
        return ended
    known = await tx.get(HISTORIES, on.product), await tx.get(CONDITION_HISTORIES, on.product)
    return [each for each in ended if _goes_on(each, seller, *known)]


def _goes_on(
    signal: Signal, seller: str, new: History | None, others: ConditionHistory | None
) -> bool:
    """Tell whether it goes on as far as anybody knows; by what it is about."""
    if signal.kind in NOT_NEW:
        stays = others.of(seller) if others else ()
        kinds = {OF_CONDITION[each.condition] for each in stays if each.present}
        return others is None or signal.kind in kinds or (signal.kind == OUTLET and bool(kinds))
    if new is None:
        return True
    return seller in (new.holders or ()) if signal.kind == BUY_BOX else new.present(seller)
