"""A table that a feature brings: its columns, where its rows come from, and what they show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.core.browse.arranging import Judge
from bot.core.browse.models import (
    BulkAction,
    RowMark,
    RowPage,
    TableColumn,
    TableFilter,
    TableRow,
)
from bot.core.permissions import Permission
from bot.core.store import Collection

if TYPE_CHECKING:
    from bot.core.context import AppContext


async def row_of_same_key(_: AppContext, key: str) -> Iterable[str]:
    """Return the one row that has the document's own key."""
    return (key,)


@dataclass(frozen=True)
class Followed:
    """A collection whose changes change rows, and which rows those are."""

    collection: Collection[Any]
    rows: Callable[[AppContext, str], Awaitable[Iterable[str]]] = row_of_same_key
    """Returns the keys of the rows that a document with that key may have changed."""


@dataclass(frozen=True, kw_only=True)
class BrowseTable:
    """A table that a feature brings. What is said to people is said when it is asked."""

    name: str
    """In addresses; it never changes."""
    title: Callable[[], str]
    columns: Callable[[], tuple[TableColumn, ...]]
    keys: Callable[[AppContext], AsyncIterator[str]]
    """Gives the keys of all rows."""
    follows: tuple[Followed, ...]
    mark: Callable[[AppContext, str], Awaitable[RowMark | None]]
    """Returns what is kept at hand of the row with that key; None: there is no such row."""
    show: Callable[[AppContext, Sequence[str]], Awaitable[Sequence[TableRow]]]
    """Reads rows that are shown, as they are now; those that are gone are left out."""
    filters: Callable[[Labels], tuple[TableFilter, ...]] = lambda _: ()
    judges: Mapping[str, Callable[[AppContext, str], Awaitable[Judge | None]]] = field(
        default_factory=dict
    )
    """Filters that the time decides, by name: returns who tells of a value; None: no such one."""
    actions: Callable[[], tuple[BulkAction, ...]] = lambda: ()
    page: Callable[[AppContext, str], Awaitable[RowPage | None]] | None = None
    """Returns the page about a row; None: there is no such row."""
    first: str = ""
    """The column by which it is sorted at first."""
    descending: bool = False
    """Whether that is sorted the largest first."""
    empty: Callable[[], str] = str
    """Says what to do where there is no row at all."""
    permission: Permission = Permission.READ
    rank: int = 9
    """Where it stands in a menu of all: the lowest first; 0: it is searched, and in no menu."""


Labels = Callable[[str], Sequence[str]]
"""Returns the values that the rows have of a filter, the least first."""
