"""Taking the names of deleted files out of a case's timeline."""

from __future__ import annotations

from collections.abc import Collection

from bot.core.naming import named, without
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.collections import ENTRIES


async def let_go(tx: Transaction, case: str, contents: Collection[str]) -> None:
    """Let no entry of the case name these bytes; what it says of them stays."""
    async for entry in each_found(tx, ENTRIES, "case", case):
        if any(name in contents for name in named(entry)):
            tx.put(ENTRIES, without(entry, contents))
