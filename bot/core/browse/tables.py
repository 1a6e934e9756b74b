"""All tables of the features, and the answers to what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.browse.arranging import Judge, cut_page, fitting, ordered
from bot.core.browse.indexing import RowIndex
from bot.core.browse.models import (
    ALL,
    FOUND_ROWS,
    LONGEST_SEARCH,
    PAGE_ROWS,
    RowPage,
    TablePage,
    TableQuery,
    tag_of,
)
from bot.core.browse.table import BrowseTable
from bot.core.context import AppContext
from bot.core.permissions import Role


class BrowseTables:
    """Answers what is asked of the tables; keeps what it takes to do that fast."""

    def __init__(self, app: AppContext) -> None:
        """Know the tables that the features bring."""
        self._app = app
        self._tables = {each.name: each for each in app.features.tables}
        self._indexes = {each.name: RowIndex(app, each) for each in app.features.tables}

    def menu(self, role: Role) -> list[tuple[str, str]]:
        """Return the name and title of each table that the role may see, for a menu."""
        seen = [each for each in self._seen(role) if each.rank]
        return [(each.name, each.title()) for each in seen]

    async def search(self, role: Role, text: str) -> tuple[TablePage, ...]:
        """Return the best rows of each table that have all words; without words, nothing."""
        asked = text[:LONGEST_SEARCH].strip()
        if not asked:
            return ()
        pages = [
            await self.rows(role, table.name, _everywhere(table, asked), FOUND_ROWS)
            for table in self._seen(role)
        ]
        return tuple(page for page in pages if page is not None and page.matching)

    def _seen(self, role: Role) -> list[BrowseTable]:
        seen = [each for each in self._tables.values() if role.can(each.permission)]
        return sorted(seen, key=lambda table: table.rank or len(seen))

    async def rows(
        self, role: Role, name: str, query: TableQuery, most: int = PAGE_ROWS
    ) -> TablePage | None:
        """Return a page of the table, with no more than ``most`` rows; None: no such table.

        Raises:
            NotAllowed: the role may not see it.
        """
        table = self._tables.get(name)
        if table is None:
            return None
        role.require(table.permission)
        every = await self._indexes[name].marks()
        asked, tags, judges = await self._understood(table, query)
        names = [column.name for column in table.columns()]
        place = names.index(asked.sort)
        found = ordered(
            fitting(every, asked.search, tags, judges), place, descending=asked.descending
        )
        number, cut = cut_page(found, query.page)
        return TablePage(
            name=name,
            title=table.title(),
            query=msgspec.structs.replace(asked, page=number),
            columns=table.columns(),
            filters=table.filters(self._indexes[name].values),
            actions=table.actions(),
            rows=tuple(await table.show(self._app, [mark.key for mark in cut[:most]])),
            matching=len(found),
            total=len(every),
            empty=table.empty(),
        )

    async def page(self, role: Role, name: str, key: str) -> RowPage | None:
        """Return the page about a row; None: there is none. Raises NotAllowed."""
        table = self._tables.get(name)
        if table is None or table.page is None:
            return None
        role.require(table.permission)
        return await table.page(self._app, key)

    async def _understood(
        self, table: BrowseTable, query: TableQuery
    ) -> tuple[TableQuery, Sequence[str], Sequence[Judge]]:
        """Return what of the query the table knows, the tags wanted, and who tells of the rest."""
        known = query.sort in {column.name for column in table.columns() if column.sortable}
        chosen = {
            each.name: value
            for each in table.filters(lambda _: ())
            if (value := query.filters.get(each.name, each.usual))
        }
        asked = TableQuery(
            search=query.search[:LONGEST_SEARCH].strip(),
            sort=query.sort if known else table.first,
            descending=query.descending if known else table.descending,
            filters=chosen,
        )
        narrowing = {name: value for name, value in chosen.items() if value != ALL}
        judges = [
            await table.judges[name](self._app, value)
            for name, value in narrowing.items()
            if name in table.judges
        ]
        tags = [tag_of(*each) for each in narrowing.items() if each[0] not in table.judges]
        return asked, tags, [judge for judge in judges if judge is not None]


def _everywhere(table: BrowseTable, text: str) -> TableQuery:
    """Return the question that finds the text in all rows, whatever is usually shown."""
    filters = {each.name: ALL for each in table.filters(lambda _: ()) if each.usual}
    return TableQuery(search=text, filters=filters)
