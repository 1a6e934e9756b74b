"""What every view needs to know, gathered for it."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.core.views.context import ViewContext


async def view_context(app: AppContext, tx: Transaction) -> ViewContext:
    """Return the context for cards that name no case and no product."""
    return ViewContext(now=app.clock(), team=await app.team(tx), links=app.links)
