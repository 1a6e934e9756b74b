"""Finding what people name by a number: ``3``, ``#3``, ``R-3`` or ``000003``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from bot.core.store import Collection, Transaction
from bot.core.typed import digits_of

T = TypeVar("T", bound=msgspec.Struct)


async def find_numbered(
    tx: Transaction, collection: Collection[T], text: str, letter: str, key: Callable[[int], str]
) -> T | None:
    """Return the document of that number, or None; ``letter`` is what people put before it."""
    digits = digits_of(text, letter)
    if not digits or len(digits) > len(key(0)):
        return None
    return await tx.get(collection, key(int(digits)))
