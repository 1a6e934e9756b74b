"""What waits besides cases and reports: each part of the guard tells of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.core.request import RequestContext
from bot.core.views.todo import TodoItem
from bot.features.checklists.service import waiting
from bot.features.letters.service import letters
from bot.features.reviews.commands import deciding
from bot.features.training import service as training

Teller = Callable[[RequestContext], Awaitable[Sequence[TodoItem]]]
"""Tells what waits for the person who asks, and for the team."""

TODO_PROVIDERS: tuple[Teller, ...] = (waiting.tell, deciding.tell, training.tell, letters.tell)


async def todo_items(ctx: RequestContext) -> list[TodoItem]:
    """Return everything that waits, in the order of the tellers."""
    return [chore for tell in TODO_PROVIDERS for chore in await tell(ctx)]
