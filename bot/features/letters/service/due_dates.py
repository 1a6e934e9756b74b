"""When letters are followed up, for the team's calendar."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.calendar_file import Due
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.letters.collections import LETTERS


async def due_messages(app: AppContext, _: Transaction) -> Sequence[Due]:
    """Tell when the team is asked what became of each open letter."""
    return [
        Due(
            id=f"letter-{letter.number}",
            says=tr("{letter}: follow up", letter=letter.label),
            when=letter.due_at,
            command=f"letters {letter.label}",
        )
        async for letter in each_found(app.store, LETTERS, "open", value=True)
        if letter.due_at is not None
    ]
