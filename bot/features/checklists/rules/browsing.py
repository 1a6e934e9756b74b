"""What a list of checklist items is sorted, filtered and searched by."""

from __future__ import annotations

from bot.core.browse.arranging import searchable
from bot.core.browse.models import LONGEST_VALUE, RowMark, tag_of
from bot.core.text import one_line
from bot.features.checklists.models.runs import Run, Task

ANSWER, OWNER, AREA = "answer", "owner", "area"
"""Names of filters."""
NO_OWNER = "-"
"""Stands for the owner of an item that is no one's."""
APART = " "
"""Stands between a run's key and an item's id."""


def task_key(run: Run, task: Task) -> str:
    """Return the key of an item's row."""
    return f"{run.key}{APART}{task.item.id}"


def task_mark(run: Run, task: Task) -> RowMark:
    """Return what a row is found by: what the checklist asks, never what people answered."""
    owner = one_line(task.owner.name, LONGEST_VALUE) if task.owner else ""
    return RowMark(
        key=task_key(run, task),
        sorts=(
            task.item.title.casefold(),
            run.title.casefold(),
            owner.casefold() or None,
            task.answer.value,
            run.posted_at.timestamp(),
            float(task.case) if task.case else None,
        ),
        words=searchable(task.item.title, run.title, run.label, owner),
        tags=(
            tag_of(ANSWER, task.answer),
            tag_of(OWNER, owner or NO_OWNER),
            tag_of(AREA, run.area),
        ),
    )
