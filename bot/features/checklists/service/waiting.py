"""What of the checklists waits for somebody, as /todo tells it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.context import AppContext
from bot.core.feature import TodoItem
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.text import one_line
from bot.core.views.lists import counted
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Answer, Run
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
    yours = f", {own} yours" if own else ""
    if unexplained := run.count(Answer.UNEXPLAINED):
        yours = f"{yours}, {unexplained} to be explained"
    return TodoItem(
        says=f"{run.title}: {counted(len(run.left), 'item')} left{yours}",
        label=one_line(f"Continue: {run.title}", cards.BUTTON_LABEL),
        command=f"begin {run.label}",
    )


async def _problems(app: AppContext) -> list[TodoItem]:
    statuses = (await all_item_statuses(app)).values()
    known = (each.case for each in statuses if each.answer is Answer.PROBLEM and each.case)
    cases = sorted(set(known))
    if not cases:
        return []
    named = ", ".join(f"C-{case}" for case in cases[:CASES_NAMED])
    more = f" and {len(cases) - CASES_NAMED} more" if len(cases) > CASES_NAMED else ""
    says = f"{counted(len(cases), 'checklist problem')}: {named}{more}"
    return [TodoItem(says=says, label="Security", command="security")]
