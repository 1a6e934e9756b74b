"""What of the checklists waits for somebody, as /todo tells it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.interface import listed, tr, tr_count
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Answer, Run
from bot.features.checklists.rules.names import run_name
from bot.features.checklists.service.items import all_item_statuses

CASES_NAMED = 3


async def tell(app: AppContext, _: Transaction, who: Person) -> Sequence[TodoItem]:
    """Tell which runs wait for the person who asks, their own first, and of open problems."""
    runs = each_found(app.store, RUNS, "open", value=True, newest=True)
    waiting = [run async for run in runs if run.next_for(who)]
    waiting.sort(key=lambda run: not _own(run, who))
    return [*(_run(run, who) for run in waiting), *await _problems(app)]


def _own(run: Run, who: Person) -> int:
    return sum(task.owner is not None and task.free_for(who) for task in run.left)


def _run(run: Run, who: Person) -> TodoItem:
    own = _own(run, who)
    unexplained, name = run.count(Answer.UNEXPLAINED), run_name(run)
    left = tr_count(
        len(run.left), "{run}: {count} item left", "{run}: {count} items left", run=name
    )
    return TodoItem(
        says=listed(
            left,
            tr("{number} yours", number=own) if own else "",
            tr("{number} to be explained", number=unexplained) if unexplained else "",
        ),
        label=one_line(tr("Continue: {run}", run=name), cards.BUTTON_LABEL),
        command=f"begin {run.label}",
    )


async def _problems(app: AppContext) -> list[TodoItem]:
    statuses = (await all_item_statuses(app)).values()
    known = (each.case for each in statuses if each.answer is Answer.PROBLEM and each.case)
    cases = sorted(set(known))
    if not cases:
        return []
    named, more = listed(*(f"C-{case}" for case in cases[:CASES_NAMED])), len(cases) - CASES_NAMED
    says = tr_count(
        len(cases),
        "{count} checklist problem: {cases}",
        "{count} checklist problems: {cases}",
        cases=tr("{names} and {more} more", names=named, more=more) if more > 0 else named,
    )
    return [TodoItem(says=says, label=tr("Security"), command="security")]
