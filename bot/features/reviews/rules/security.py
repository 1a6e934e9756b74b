"""Weaknesses of the team's own guard: decisions, drift, problems, unanswered checklists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from bot.features.checklists.models.runs import (
    Answer,
    Ending,
    ItemStatus,
    Run,
    Task,
    item_status_key,
)
from bot.features.checklists.rules.planning import DECISIONS
from bot.features.reviews.models.facts import Day, Facts, Weighed, counted, listed, some, written
from bot.features.reviews.models.reviews import Point

OVERDUE = timedelta(days=7)
"""A run is overdue that nobody answered for so long."""
URGENT, FIRST = 100, 99
"""A user whom nobody knows comes before what was decided and not done; both before all else."""


def unknown_people(facts: Facts) -> Weighed | None:
    """Return users or apps that nobody knows and that may still have their rights."""
    found = [(run, task) for run in facts.runs for task in run.tasks if _stranger(run, task, facts)]
    if not found:
        return None
    newest = {(run.checklist, task.item.id): (run, task) for run, task in found}
    number = sum(len(task.diff.added) for _, task in newest.values() if task.diff)
    told = [f"{_diff(task)} Checklist item: '{task.item.title}'." for _, task in newest.values()]
    point = Point(
        heading=f"{counted(number, 'unknown user or app', 'unknown users or apps')} with access",
        says=" ".join(dict.fromkeys(told)),
        propose="Today: remove them, take screenshots first, and type /attack. If they are yours, "
        "explain them on the checklist.",
        refs=some(_refs(found)),
        quotes=tuple(dict.fromkeys(run.label for run, _ in found)),
        urgent=True,
    )
    return Weighed(URGENT, point)


def undone(facts: Facts) -> Weighed | None:
    """Return what was decided before, is due and is not done."""
    today = facts.day(facts.now)
    late = [each for each in facts.decisions if each.open and each.due < today]
    if not late:
        return None
    told = [f"'{each.text}' ({each.owner.name}, due {written(each.due)})" for each in late]
    point = Point(
        heading=f"Overdue decisions: {len(late)}",
        says=f"{listed(told)}.",
        propose=f"Ask {late[0].owner.name} what is in the way. Then do it, give it to someone who "
        "has time, or drop it.",
        quotes=tuple(each.label for each in late),
    )
    return Weighed(FIRST, point)


def changes(facts: Facts) -> Weighed | None:
    """Return other differences at the checks that nobody explained."""
    alarms = [
        (run, task)
        for run in facts.runs
        for task in run.tasks
        if task.alarming and not _stranger(run, task, facts) and not _settled(run, task, facts)
    ]
    if not alarms:
        return None
    told = [f"'{task.item.title}': {_diff(task)}" for _, task in alarms]
    point = Point(
        heading=f"Unexpected changes: {len(alarms)}",
        says=" ".join(dict.fromkeys(told[:3])),
        propose="Find the reason for each change. Remove users and apps that do not belong.",
        refs=some(_refs(alarms)),
        quotes=tuple(dict.fromkeys(run.label for run, _ in alarms)),
    )
    return Weighed(min(90, 80 + 2 * len(alarms)), point)


def problems(facts: Facts) -> Weighed | None:
    """Return problems of checklists that are not solved, the oldest first."""
    found = unsolved(facts)
    if not found:
        return None
    told = [
        f"{_title(facts, each)} (since {written(facts.day(each.since or each.at))})"
        for each in found
    ]
    point = Point(
        heading=counted(len(found), "unsolved problem"),
        says=f"{listed(told)}.",
        propose=f"Solve the oldest first: {_title(facts, found[0])}.",
        refs=some([f"C-{each.case}" for each in found if each.case]),
    )
    return Weighed(min(88, 70 + 3 * len(found)), point)


def unanswered(facts: Facts) -> Weighed | None:
    """Return checklists that were replaced before everything was answered, or are overdue."""
    asked = asked_runs(facts)
    missed = [run for run in asked if run.left and _over(run, facts)]
    if not missed:
        return None
    names = Counter(facts.titles.get(run.checklist, run.title) for run in missed)
    told = [f"{name} ({counted(times, 'time')})" for name, times in names.most_common()]
    left, items = sum(len(run.left) for run in missed), sum(len(run.tasks) for run in asked)
    worst = max(missed, key=lambda run: len(run.left))
    point = Point(
        heading=f"{len(missed)} of {counted(len(asked), 'checklist')} not completed",
        says=f"{left} of {counted(items, 'item')} not answered: {listed(told)}.",
        propose=f"Assign '{worst.duty.label}' to someone who has time, or run it less often.",
        refs=some([run.label for run in missed]),
    )
    return Weighed(min(80, 45 + round(35 * left / max(1, items))), point)


def unsolved(facts: Facts) -> list[ItemStatus]:
    """Return the items with a problem, the oldest first."""
    found = [
        status
        for status in facts.item_statuses
        if status.answer is Answer.PROBLEM and status.checklist != DECISIONS.id
    ]
    return sorted(found, key=lambda status: status.since or status.at)


def asked_runs(facts: Facts) -> list[Run]:
    """Return the runs of checklists; what asks for decisions counts as those."""
    return [run for run in facts.runs if run.checklist != DECISIONS.id]


def _over(run: Run, facts: Facts) -> bool:
    return run.ending is Ending.REPLACED or (run.open and run.posted_at < facts.now - OVERDUE)


def scores(facts: Facts) -> Sequence[Day]:
    """Return the scores by day; an alarm that is open caps the last one, whenever it was raised."""
    if not facts.scores or unknown_people(facts) is None:
        return facts.scores
    *before, last = facts.scores
    return (*before, msgspec.structs.replace(last, alarmed=True))


def _stranger(run: Run, task: Task, facts: Facts) -> bool:
    """Tell whether somebody came whom nobody knows, and nobody settled that since."""
    came = task.diff is not None and task.diff.added
    asks = task.answer in (Answer.UNEXPLAINED, Answer.PROBLEM)
    return bool(came) and asks and not _left(run, task) and not _settled(run, task, facts)


def _left(run: Run, task: Task) -> bool:
    """Tell whether a case was closed before somebody explained what its playbook found."""
    return task.answer is Answer.UNEXPLAINED and run.ending is Ending.CASE_CLOSED


def _settled(run: Run, task: Task, facts: Facts) -> bool:
    """Tell whether what a task found was solved, or explained in a later run."""
    if task.answer is Answer.PROBLEM:
        return task.case is not None and task.case not in {each.case for each in unsolved(facts)}
    if task.answer is not Answer.UNEXPLAINED or _left(run, task):
        return False
    later = (each for each in facts.runs if each.checklist == run.checklist)
    after = [each.task(task.item.id) for each in later if each.number > run.number]
    if any(each is not None and each.answer is Answer.DONE for each in after):
        return True
    key = item_status_key(run.checklist, task.item.id)
    status = next((each for each in facts.item_statuses if each.key == key), None)
    return status is not None and status.answer not in (Answer.UNEXPLAINED, Answer.PROBLEM)


def _refs(found: Sequence[tuple[Run, Task]]) -> list[str]:
    cases = [f"C-{task.case}" for _, task in found if task.case]
    return [*(run.label for run, _ in found), *cases]


def _diff(task: Task) -> str:
    return task.diff.says if task.diff else ""


def _title(facts: Facts, status: ItemStatus) -> str:
    return facts.titles.get(status.key, status.item)
