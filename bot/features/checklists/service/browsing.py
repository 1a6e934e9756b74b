"""What the open checklists ask, as a list: an item a row."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

from bot.core.browse.models import RowMark, RowPage, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.context import AppContext, view_context
from bot.core.interface import tr
from bot.core.scanning import each_found
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Run, Task
from bot.features.checklists.rules.browsing import APART, task_key, task_mark
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.views.checklist import run_card
from bot.features.checklists.views.rows import task_columns, task_filters, task_row


async def _keys(app: AppContext) -> AsyncIterator[str]:
    async for run in each_found(app.store, RUNS, "open", value=True):
        for task in run.tasks:
            yield task_key(run, task)


async def _of_run(app: AppContext, key: str) -> Iterable[str]:
    run = await app.store.get(RUNS, key)
    return [task_key(run, task) for task in run.tasks] if run else ()


async def _task(app: AppContext, key: str) -> tuple[Run, Task] | None:
    number, _, item = key.partition(APART)
    run = await app.store.get(RUNS, number)
    task = run.task(item) if run and run.open else None
    return (run, task) if run and task else None


async def _mark(app: AppContext, key: str) -> RowMark | None:
    found = await _task(app, key)
    return task_mark(*found) if found else None


async def _show(app: AppContext, keys: Sequence[str]) -> Sequence[TableRow]:
    found = [await _task(app, key) for key in keys]
    return [task_row(*each) for each in found if each]


async def _page(app: AppContext, key: str) -> RowPage | None:
    run = await app.store.get(RUNS, key.partition(APART)[0])
    if run is None:
        return None
    async with app.store.transaction() as tx:
        card = run_card(run, await view_context(app, tx))
    return RowPage(title=run_name(run), cards=(card,), thread=run.room)


GUARD_TABLE = BrowseTable(
    name="guard",
    title=lambda: tr("Guard"),
    columns=task_columns,
    keys=_keys,
    follows=(Followed(RUNS, _of_run),),
    mark=_mark,
    show=_show,
    filters=task_filters,
    page=_page,
    first="posted",
    empty=lambda: tr("No checklist is open. Type /security all to see all items."),
    rank=5,
)
