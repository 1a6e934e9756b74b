"""Numbers that are given out one after another: of cases, reports, runs and the like."""

from __future__ import annotations

from bot.core.collections import (
    COUNTERS,
    Counter,
)
from bot.core.store import Transaction


async def next_number(tx: Transaction, of: str) -> int:
    """Give out the next number of what is counted under that name, from 1 on."""
    last = await tx.get(COUNTERS, of)
    number = last.value + 1 if last else 1
    tx.put(COUNTERS, Counter(of, number))
    return number
