"""Which items a run asks, and whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.core.interface import tr
from bot.core.labeled import Duty
from bot.core.permissions import Person
from bot.core.team import Team
from bot.core.when import whole_day
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Area, Checklist, Item
from bot.features.checklists.models.runs import Answer, ItemStatus, Task

DECISIONS = Checklist(
    id="decisions",
    title="Decisions due",
    area=Area.READINESS,
    why="A quarterly review helps only if you carry out its decisions.",
    section="Continuous improvement and preventive measures",
    owner=Duty.LEAD,
    items=(),
)
"""The checklist of the reviews' decisions; its items are what is due."""

DECISION_MINUTES = 2
PAUSE = 7
"""Days until a decision that is not done is asked for again."""


def plan(
    checklist: Checklist,
    statuses: Mapping[str, ItemStatus],
    team: Team,
    now: datetime,
    following: datetime | None,
) -> tuple[Task, ...]:
    """Return what is asked now: problems, then what matters before all else, then the rest.

    ``statuses`` are by the item's id, ``following`` is when the checklist comes the next time;
    None in a playbook. What was done and counts until then is not asked.
    """
    tasks = [
        _task(item, statuses.get(item.id), team, checklist.owner)
        for item in checklist.items
        if _asked(item, statuses.get(item.id), now, following)
    ]
    return _problems_first(tasks)


def plan_decisions(
    decisions: Sequence[Decision], statuses: Mapping[str, ItemStatus]
) -> tuple[Task, ...]:
    """Return the decisions as tasks of their owners: problems first."""
    tasks = [
        Task(
            item=_as_item(decision),
            owner=decision.owner,
            case=_problem(statuses.get(decision_item(decision))),
        )
        for decision in decisions
    ]
    return _problems_first(tasks)


def decision_due(decision: Decision, asked_on: date | None, today: date) -> bool:
    """Tell whether to ask for the decision today; ``asked_on`` is when it was asked last."""
    if not decision.open or decision.due > today:
        return False
    return asked_on is None or asked_on < decision.due or abs((today - asked_on).days) >= PAUSE


def decision_item(decision: Decision) -> str:
    """Return the id of the item that asks for the decision."""
    return decision.label


def _as_item(decision: Decision) -> Item:
    return Item(
        id=decision_item(decision),
        title=decision.text,
        why=tr(
            "{name} decided this on {day}. It is due {due}.",
            name=decision.decided_by.name,
            day=whole_day(decision.decided_at),
            due=whole_day(decision.due),
        ),
        minutes=DECISION_MINUTES,
    )


def _task(item: Item, status: ItemStatus | None, team: Team, duty: Duty) -> Task:
    return Task(item=item, owner=_owner(item, status, team, duty), case=_problem(status))


def _problems_first(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda task: (task.case is None, not task.item.first)))


def _owner(item: Item, status: ItemStatus | None, team: Team, duty: Duty) -> Person | None:
    taken = status.owner if status else None
    return taken or team.holder(item.owner or duty)


def _problem(status: ItemStatus | None) -> int | None:
    """Return the case of a problem that is not solved."""
    return status.case if status and status.answer is Answer.PROBLEM else None


def _asked(
    item: Item, status: ItemStatus | None, now: datetime, following: datetime | None
) -> bool:
    if status is None or status.expires_at is None or following is None:
        # In the next attack even what did not concern this one may help.
        return True
    if status.answer is Answer.NOT_OURS:
        return status.expires_at <= now
    still_counts = following < status.expires_at
    return not (status.answer is Answer.DONE and item.expires and still_counts)
