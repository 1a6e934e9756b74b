"""What is asked of a table, as an address says it: whoever has the address sees the same."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

import msgspec

from bot.core.browse.models import (
    LONGEST_SEARCH,
    LONGEST_VALUE,
    MOST_PAGES,
    TablePage,
    TableQuery,
)

SEARCH, SORT, PAGE = "q", "sort", "page"
DOWN = "-"
"""Begins the name of a column that is sorted the largest first."""
MOST_FILTERS = 12
_OWN = frozenset({SEARCH, SORT, PAGE})


def read_query(given: Mapping[str, str]) -> TableQuery:
    """Read what an address asks; what is too long or no number is ignored."""
    sort = given.get(SORT, "")[:LONGEST_VALUE]
    filters = [(name, value) for name, value in given.items() if name not in _OWN and value]
    page = given.get(PAGE, "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= len(_MOST) else 1
    return TableQuery(
        search=given.get(SEARCH, "")[:LONGEST_SEARCH],
        sort=sort.removeprefix(DOWN),
        descending=sort.startswith(DOWN),
        filters={
            name[:LONGEST_VALUE]: value[:LONGEST_VALUE] for name, value in filters[:MOST_FILTERS]
        },
        page=min(max(1, number), MOST_PAGES),
    )


def table_address(name: str, query: TableQuery, page: int = 1) -> str:
    """Return the address that asks the same of a table, for one of its pages."""
    fields = dict(query.filters)
    if query.search:
        fields[SEARCH] = query.search
    if query.sort:
        fields[SORT] = sort_name(query.sort, descending=query.descending)
    if page > 1:
        fields[PAGE] = str(page)
    return f"/{quote(name, safe='')}" + (f"?{urlencode(fields)}" if fields else "")


def resorted(page: TablePage, column: str) -> str:
    """Return the address that sorts a table by the column; by the same one, the other way."""
    again = page.query.sort == column
    asked = msgspec.structs.replace(
        page.query, sort=column, descending=again and not page.query.descending
    )
    return table_address(page.name, asked)


def sort_name(column: str, *, descending: bool) -> str:
    """Return how an address calls a column and the direction."""
    return f"{DOWN}{column}" if descending else column


def row_address(table: str, key: str) -> str:
    """Return the address of the page about a row."""
    return f"/{quote(table, safe='')}/{quote(key, safe='')}"


_MOST = str(MOST_PAGES)
