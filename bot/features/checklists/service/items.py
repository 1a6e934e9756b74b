"""Finding runs and their items, and what a person is shown of one."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.context import AppContext, view_context
from bot.core.interface import tr
from bot.core.references import find_numbered
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.checklists.collections import ITEM_STATUSES, RUNS, SCORES
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.models.runs import (
    Answer,
    ItemStatus,
    Run,
    Task,
    item_status_key,
    run_key,
)
from bot.features.checklists.models.score_points import ScorePoint
from bot.features.checklists.resources import CHECKLISTS
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.rules.score import Score, score
from bot.features.checklists.views.items import ShownItem, last_words


async def find_run(tx: Transaction, name: str) -> Run:
    """Return the run named by a number or key such as ``3``, ``K-3`` or ``000003``.

    Raises:
        UserError: there is none.
    """
    found = await find_numbered(tx, RUNS, name, "K", run_key)
    if found is None:
        message = tr(
            "There is no run {name}. Type /todo to see what is open.", name=repr(name[:20])
        )
        raise UserError(message)
    return found


async def find_task(tx: Transaction, ref: str) -> tuple[Run, Task]:
    """Return the task named by ``000012/item`` or ``K-12/item``.

    Raises:
        UserError: there is none.
    """
    number, _, item = ref.partition("/")
    run = await find_run(tx, number)
    task = run.task(item)
    if task is None:
        message = tr(
            "{run} has no item {item}. Type /security all to see all items.",
            run=run_name(run),
            item=repr(item[:40]),
        )
        raise UserError(message)
    return run, task


async def item_status_of(tx: Transaction, run: Run, task: Task) -> ItemStatus | None:
    """Return how the task's item stands."""
    return await tx.get(ITEM_STATUSES, item_status_key(run.checklist, task.item.id))


async def show_item(app: AppContext, tx: Transaction, run: Run, task: Task | None) -> ShownItem:
    """Gather what a card shows of a run: an item, or its end where none is left."""
    if task is None or task.answer is not Answer.OPEN:
        return ShownItem(run, task)
    view = await view_context(app, tx)
    return ShownItem(run, task, last_words(await item_status_of(tx, run, task), view))


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
    alarmed = bool(present.alarms)
    noted = ScorePoint(day=today, got=present.got, of=present.of, areas=areas, alarmed=alarmed)
    tx.put(SCORES, noted)


async def _scored(tx: Transaction, checklists: Iterable[Checklist]) -> dict[str, ItemStatus]:
    """Return how the items of all checklists stand, by key, with what was just answered."""
    found: dict[str, ItemStatus] = {}
    for checklist in checklists:
        items = (item.id for item in checklist.items)
        statuses = await item_statuses_of(tx, checklist.id, items)
        found |= {status.key: status for status in statuses.values()}
    return found
