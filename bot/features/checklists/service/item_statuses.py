"""How every item of the checklists stands, and the score that comes of it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.context import AppContext
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.features.checklists.collections import ITEM_STATUSES, SCORES
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.models.runs import ItemStatus, item_status_key
from bot.features.checklists.models.score_points import ScorePoint
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.score import Score, score


async def item_statuses_of(
    tx: Transaction, checklist: str, items: Iterable[str]
) -> dict[str, ItemStatus]:
    """Return how items of one checklist stand, by the item's id."""
    found = {item: await tx.get(ITEM_STATUSES, item_status_key(checklist, item)) for item in items}
    return {item: status for item, status in found.items() if status}


async def all_item_statuses(app: AppContext) -> dict[str, ItemStatus]:
    """Return how all items stand, by key."""
    return {status.key: status async for status in each(app.store, ITEM_STATUSES)}


async def present_score(app: AppContext) -> Score:
    """Return the score now."""
    statuses = await all_item_statuses(app)
    checklists = app.resources[CHECKLISTS]
    return score(checklists, statuses, await app.team(), app.clock())


async def note_score(app: AppContext, tx: Transaction) -> None:
    """Write down what the score is on this day of the team; a later one takes its place."""
    team, now, checklists = await app.team(tx), app.clock(), app.resources[CHECKLISTS]
    present = score(checklists, await _scored(tx, checklists), team, now)
    if not present.of:
        return
    today = team.local(now).date().isoformat()
    areas = {area.value: (got, float(of)) for area, (got, of) in present.areas.items()}
    tx.put(SCORES, ScorePoint(day=today, got=present.got, of=present.of, areas=areas))


async def _scored(tx: Transaction, checklists: Iterable[Checklist]) -> dict[str, ItemStatus]:
    """Return how the items of all checklists stand, by key, with what was just answered."""
    found: dict[str, ItemStatus] = {}
    for checklist in checklists:
        items = (item.id for item in checklist.items)
        statuses = await item_statuses_of(tx, checklist.id, items)
        found |= {status.key: status for status in statuses.values()}
    return found
