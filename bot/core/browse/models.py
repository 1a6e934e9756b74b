"""A table to look through: what is asked of it, and what is shown. The same for every front end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.core.cards import Card, Tone
from bot.core.forms import Option

PAGE_ROWS = 100
"""Rows on a page."""
SEARCH = "search"
"""Where all tables are searched: the name of no table."""
FOUND_ROWS = 10
"""Rows of each table that a search over all of them shows."""
LONGEST_SEARCH = 100
"""Characters of what is searched for; the rest is not read."""
LONGEST_VALUE = 80
"""Characters of a filter's value, or of a column's name, as a browser sends it."""
MOST_PAGES = 100_000
ALL = "all"
"""The value of a filter that narrows nothing although it has a usual value."""
ROWS_APART = "/"
"""Stands between the keys of several rows, for which a button is pressed."""

SortValue = str | float | tuple[str, float] | None
"""What a row is sorted by in a column, of one kind in each; None: not known, and always last."""


class RowMark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is kept at hand of a row, to sort, filter and search without reading what it shows.

    It says the same in every language.
    """

    key: str
    sorts: tuple[SortValue, ...]
    """By column, in their order."""
    words: str = ""
    """What a search looks in, in small letters."""
    tags: tuple[str, ...] = ()
    """What the filters look for: ``tag_of(name, value)``."""
    seen_at: float = 0.0
    """When it was last known to be as it says, in seconds of the epoch; 0: never, or always."""


class TableColumn(msgspec.Struct, frozen=True):
    """A column: its name in addresses, and its label for people."""

    name: str
    label: str
    sortable: bool = True
    number: bool = False
    """Numbers stand at the end of their cell, below each other."""


class TableFilter(msgspec.Struct, frozen=True):
    """Something that the rows can be narrowed by, and what it may be."""

    name: str
    label: str
    options: tuple[Option, ...]
    usual: str = ""
    """What it is unless another value, or ``ALL``, is asked for."""


class BulkAction(msgspec.Struct, frozen=True):
    """Something that can be done with several rows at once: a button's action, for their keys."""

    action: str
    label: str


class TableQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a table. Unknown columns and filters are ignored."""

    search: str = ""
    sort: str = ""
    """A column's name; empty: as the table is sorted at first."""
    descending: bool = False
    filters: Mapping[str, str] = {}
    page: int = 1


class TableCell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell. Every text may come from outside."""

    text: str = ""
    note: str = ""
    """A second, quieter line."""
    at: datetime | None = None
    """An instant, which each reader sees in their own words; it stands in place of the text."""
    tone: Tone | None = None
    """How bad that is; a colour alone says nothing, so the text says it too."""
    row: tuple[str, str] | None = None
    """The table and the key of a row that the text leads to."""
    thread: str = ""
    """The name of a message whose thread can be opened."""


class TableRow(msgspec.Struct, frozen=True):
    """A row as it is shown; a cell for each column."""

    key: str
    cells: tuple[TableCell, ...]
    opens: bool = True
    """There is a page about it."""
    pictured: bool = False
    """It is a product that may have a picture, which stands at ``picture`` behind its address."""


class TablePage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a table, and what else can be asked of it."""

    name: str
    title: str
    query: TableQuery
    """As it was understood: the page that there is, the column by which it is sorted."""
    columns: tuple[TableColumn, ...]
    filters: tuple[TableFilter, ...] = ()
    actions: tuple[BulkAction, ...] = ()
    rows: tuple[TableRow, ...] = ()
    matching: int = 0
    """How many rows fit, on all pages."""
    total: int = 0
    """How many rows there are, whatever is asked."""
    empty: str = ""
    """What to do where there is no row at all."""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return pages_of(self.matching)


class RowPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page about one row."""

    title: str
    cards: tuple[Card, ...]
    charted: str = ""
    """What the chart of its prices shows, in words; empty: there is none. It is drawn at
    ``history``, behind the address of the page."""
    thread: str = ""
    """The name of the message whose thread belongs to it."""
    pictured: bool = False
    """It may have a picture; see ``TableRow``."""


def tag_of(name: str, value: str) -> str:
    """Return the tag of a row that a filter finds."""
    return f"{name}={value}"


def pages_of(rows: int) -> int:
    """Return how many pages so many rows make; one at least."""
    return max(1, -(-rows // PAGE_ROWS))
