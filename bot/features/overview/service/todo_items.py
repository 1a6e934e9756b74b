"""What waits besides cases and reports: each feature tells of its own."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.permissions import Person
from bot.core.store import Transaction


async def todo_items(app: AppContext, tx: Transaction, who: Person) -> list[TodoItem]:
    """Return everything that waits, in the order of the features."""
    return [item for provide in app.features.todo for item in await provide(app, tx, who)]
