"""What people wrote in cases, to be searched; what was removed is not there any more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.core.browse.arranging import searchable
from bot.core.browse.models import RowMark, TableCell, TableColumn, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each
from bot.core.text import at_word
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Entry

MOST = 20_000
"""So many entries of timelines are looked through, those of the newest cases."""
TEXT = 200
"""Characters of a note that a row shows."""


async def _keys(app: AppContext) -> AsyncIterator[str]:
    count = 0
    async for entry in each(app.store, ENTRIES, newest=True):
        count += 1
        if count > MOST:
            return
        if entry.words:
            yield entry.key


async def _entry(app: AppContext, key: str) -> Entry | None:
    entry = await app.store.get(ENTRIES, key)
    return entry if entry and entry.words else None


async def _mark(app: AppContext, key: str) -> RowMark | None:
    entry = await _entry(app, key)
    if entry is None:
        return None
    return RowMark(
        key=key,
        sorts=(None, None, entry.at.timestamp(), None),
        words=searchable(entry.words),
    )


async def _show(app: AppContext, keys: Sequence[str]) -> Sequence[TableRow]:
    found = [await _entry(app, key) for key in keys]
    return [await _row(app, entry) for entry in found if entry]


async def _row(app: AppContext, entry: Entry) -> TableRow:
    case = await app.store.get(CASES, entry.case)
    label = case.label if case else ""
    return TableRow(
        entry.key,
        (
            TableCell(text=at_word(" ".join(entry.words.split()), TEXT), row=("cases", entry.case)),
            TableCell(text=entry.who.name if entry.who else ""),
            TableCell(at=entry.at),
            TableCell(text=label, thread=label),
        ),
        opens=False,
    )


def note_columns() -> tuple[TableColumn, ...]:
    """Return the columns of the list."""
    return (
        TableColumn("note", tr("Note"), sortable=False),
        TableColumn("who", tr("Written by"), sortable=False),
        TableColumn("when", tr("Written")),
        TableColumn("case", tr("Case"), sortable=False),
    )


NOTES_TABLE = BrowseTable(
    name="notes",
    title=lambda: tr("Notes in cases"),
    columns=note_columns,
    keys=_keys,
    follows=(Followed(ENTRIES),),
    mark=_mark,
    show=_show,
    first="when",
    descending=True,
    empty=lambda: tr("No notes yet."),
    rank=0,
)
