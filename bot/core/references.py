"""Numbers of cases, reports, runs and the like: given out, and found again as people write them.

A person may write ``3``, ``#3``, ``R-3`` or ``000003``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from bot.core.collections import COUNTERS, Counter
from bot.core.store import Collection, Store, Transaction
from bot.core.text import digits_of

T = TypeVar("T", bound=msgspec.Struct)


async def find_numbered(
    tx: Transaction, collection: Collection[T], text: str, letter: str, key: Callable[[int], str]
) -> T | None:
    """Return the document of that number, or None; ``letter`` is what people put before it."""
    digits = digits_of(text, letter)
    if not digits or len(digits) > len(key(0)):
        return None
    return await tx.get(collection, key(int(digits)))


async def hold_numbers(tx: Transaction, of: str) -> None:
    """Let the transaction end in Conflict if anything under that name is numbered meanwhile.

    So whoever looked whether there is one, and whoever makes one, see each other.
    """
    tx.put(COUNTERS, await tx.get(COUNTERS, of) or Counter(of, 0))


async def last_number(where: Store | Transaction, of: str) -> int:
    """Return the last number that was given out under that name; 0: none was."""
    last = await where.get(COUNTERS, of)
    return last.value if last else 0


async def next_number(tx: Transaction, of: str) -> int:
    """Give out the next number of what is counted under that name, from 1 on."""
    number = await last_number(tx, of) + 1
    tx.put(COUNTERS, Counter(of, number))
    return number
