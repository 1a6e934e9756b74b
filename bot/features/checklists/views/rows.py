"""Items of checklists as rows of a list."""

from __future__ import annotations

from bot.core.browse.models import TableCell, TableColumn, TableFilter, TableRow
from bot.core.browse.table import Labels
from bot.core.cards import Tone
from bot.core.forms import OPTION, Option, options_of
from bot.core.interface import tr, tr_data
from bot.core.text import one_line
from bot.features.checklists.models.definitions import Area
from bot.features.checklists.models.runs import Answer, Run, Task
from bot.features.checklists.rules.browsing import ANSWER, AREA, NO_OWNER, OWNER

_TONES = {
    Answer.PROBLEM: Tone.CRITICAL,
    Answer.UNEXPLAINED: Tone.WARNING,
    Answer.OPEN: Tone.WARNING,
}


def task_columns() -> tuple[TableColumn, ...]:
    """Return the columns of the list."""
    return (
        TableColumn("item", tr("Item")),
        TableColumn("checklist", tr("Checklist")),
        TableColumn("owner", tr("Owner")),
        TableColumn("answer", tr("Answer")),
        TableColumn("posted", tr("Posted")),
        TableColumn("case", tr("Case")),
    )


def task_filters(labels: Labels) -> tuple[TableFilter, ...]:
    """Return what the list can be narrowed by."""
    owners = [Option(NO_OWNER, tr("No owner"))]
    owners += [Option(each, one_line(each, OPTION)) for each in labels(OWNER) if each != NO_OWNER]
    return (
        TableFilter(ANSWER, tr("Answer"), options_of(Answer)),
        TableFilter(OWNER, tr("Owner"), tuple(owners)),
        TableFilter(AREA, tr("Area"), options_of(Area)),
    )


def task_row(run: Run, task: Task) -> TableRow:
    """Show an item of an open checklist."""
    case = task.case
    return TableRow(
        f"{run.key} {task.item.id}",
        (
            TableCell(text=tr_data(task.item.title), note=run.label),
            TableCell(text=tr_data(run.title), thread=run.room),
            TableCell(text=task.owner.name if task.owner else tr("No owner")),
            TableCell(
                text=task.answer.said,
                note=task.who.name if task.who else "",
                tone=_TONES.get(task.answer),
            ),
            TableCell(at=run.posted_at),
            TableCell(text=f"C-{case}", row=("cases", f"{case:08d}")) if case else TableCell(),
        ),
    )
