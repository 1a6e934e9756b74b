"""What of reviews waits for the team: points to decide, and decisions that are open."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.views.lists import counted
from bot.features.checklists.collections import DECISIONS
from bot.features.checklists.models.decisions import Decision
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import Review


async def open_decisions(tx: Transaction) -> list[Decision]:
    """Return the decisions that are not done, the first to be due first."""
    found = [each async for each in each_found(tx, DECISIONS, "open", value=True)]
    return sorted(found, key=lambda each: (each.due, each.number))


async def newest_review(app: AppContext) -> Review | None:
    """Return the review that was made last."""
    return next(iter(await app.store.page(REVIEWS, limit=1, newest=True)), None)


async def tell(app: AppContext, tx: Transaction, _: Person) -> Sequence[TodoItem]:
    """Tell of points to be decided, and of decisions that are due and not asked for yet."""
    told = []
    review = await newest_review(app)
    if review is not None and review.undecided:
        points = counted(review.undecided, "point")
        told.append(f"Review of {review.quarter}: {points} to decide")
    team = await app.team(tx)
    today = team.local(app.clock()).date()
    due = [each for each in await open_decisions(tx) if each.due <= today and not each.run]
    if due:
        told.append(f"{counted(len(due), 'decision')} due, first: {due[0].text}")
    if not told:
        return []
    return [TodoItem(says=" · ".join(told), label="Open review", command="review")]
