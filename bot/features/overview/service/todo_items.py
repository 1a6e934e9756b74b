"""What waits besides cases and reports: each feature tells of its own."""

from __future__ import annotations

from bot.core.request import RequestContext
from bot.core.todo import TodoItem


async def todo_items(ctx: RequestContext) -> list[TodoItem]:
    """Return everything that waits, in the order of the features."""
    return [item for provide in ctx.app.features.todo for item in await provide(ctx)]
