"""Transactions that are repeated when others changed the same things at the same time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.core.store import Store, Transaction
from bot.errors import Conflict

R = TypeVar("R")

TRIES = 5
"""After so many collisions in a row something is wrong, and the last one is raised."""


async def run_in_transaction(store: Store, work: Callable[[Transaction], Awaitable[R]]) -> R:
    """Do the work in a transaction, from the beginning again after each Conflict.

    Raises:
        Conflict: others were quicker every time.
    """
    for _ in range(TRIES - 1):
        try:
            return await _once(store, work)
        except Conflict:
            continue
    return await _once(store, work)


async def _once(store: Store, work: Callable[[Transaction], Awaitable[R]]) -> R:
    async with store.transaction() as tx:
        return await work(tx)
