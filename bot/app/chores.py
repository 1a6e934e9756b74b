"""What waits besides cases and reports: each part of the guard tells of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.app import training
from bot.app.call import Call
from bot.app.checklists import waiting
from bot.app.letters import letters
from bot.app.reviews import deciding
from bot.ui.views.todo import Chore

Teller = Callable[[Call], Awaitable[Sequence[Chore]]]
"""Tells what waits for the person who asks, and for the team."""

TELLERS: tuple[Teller, ...] = (waiting.tell, deciding.tell, training.tell, letters.tell)


async def chores(call: Call) -> list[Chore]:
    """Return everything that waits, in the order of the tellers."""
    return [chore for tell in TELLERS for chore in await tell(call)]
