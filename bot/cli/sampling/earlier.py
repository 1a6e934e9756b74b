"""Letting the sample's case begin days ago, so that there was time to buy from the seller.

The simulated marketplace brings the seller now. What the watch recorded is moved back as a whole;
evidence, custody and reports come after it and keep their time.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.core.context import AppContext
from bot.core.history import History
from bot.core.listing import Watch
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.models.signals import Affected
from bot.features.watchlist.collections import HISTORIES


async def begin_earlier(app: AppContext, case: Case, by: timedelta) -> Case:
    """Move the case's beginning, and return the case as it is then."""
    return await run_in_transaction(app.store, lambda tx: _move(tx, case.key, by))


async def _move(tx: Transaction, key: str, by: timedelta) -> Case:
    case = await tx.get(CASES, key)
    if case is None:
        raise LookupError(key)
    began = case.opened_at
    moved = msgspec.structs.replace(case, opened_at=began - by)
    tx.put(CASES, moved)
    async for entry in each_found(tx, ENTRIES, "case", key):
        tx.put(ENTRIES, _entry(entry, by))
    async for affected in each_found(tx, AFFECTED, "case", key):
        tx.put(AFFECTED, _affected(affected, by))
    for asin in case.asins:
        history = await tx.get(HISTORIES, Watch.key_of(case.marketplace, asin))
        if history is not None:
            tx.put(HISTORIES, _history(history, case.seller, by))
    return moved


def _entry(entry: Entry, by: timedelta) -> Entry:
    at = entry.at - by
    return msgspec.structs.replace(entry, at=at, day=f"{at:%Y-%m-%d}")


def _affected(affected: Affected, by: timedelta) -> Affected:
    signals = (
        msgspec.structs.replace(signal, since=signal.since - by) for signal in affected.signals
    )
    return msgspec.structs.replace(affected, signals=tuple(signals))


def _history(history: History, seller: str, by: timedelta) -> History:
    presences = (
        msgspec.structs.replace(
            stay,
            first_seen=stay.first_seen - by,
            since=stay.since - by,
            landed_since=stay.landed_since and stay.landed_since - by,
        )
        if stay.seller == seller
        else stay
        for stay in history.presences
    )
    held = history.holders_since
    theirs = seller in (history.holders or ())
    return msgspec.structs.replace(
        history,
        presences=tuple(presences),
        holders_since=held - by if held and theirs else held,
    )
