"""A table of a few products, for tests of how the page shows tables."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from bot.core.browse.models import (
    BulkAction,
    RowPage,
    TableCell,
    TableColumn,
    TableFilter,
    TablePage,
    TableQuery,
    TableRow,
)
from bot.core.cards import Button, Card, Menu, Tone
from bot.core.forms import Option
from bot.core.permissions import Role
from bot.errors import NotAllowed

HOSTILE = '<img src=x onerror="alert(1)"> & "quotes"'
COLUMNS = (
    TableColumn("name", "Product"),
    TableColumn("price", "Price", number=True),
    TableColumn("seen", "Last seen"),
    TableColumn("check", "Last check", sortable=False),
)
NAMES = ("Walnut Salad Bowl", "Oak Board", HOSTILE)


class SampleTables:
    """Answers as the gateway would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[TableQuery] = []
        self.actions: tuple[BulkAction, ...] = (BulkAction("close-cases", "Close"),)

    async def menu(self, role: Role) -> list[tuple[str, str]]:
        return [("products", "Products"), ("cases", "Cases")] if role else []

    async def table(self, role: Role, name: str, query: TableQuery) -> TablePage | None:
        if name != "products":
            return None
        if role < Role.VIEWER:
            raise NotAllowed
        self.asked.append(query)
        found = [name for name in NAMES if query.search.casefold() in name.casefold()]
        if query.descending:
            found.reverse()
        return TablePage(
            name="products",
            title="Products",
            query=msgspec.structs.replace(query, sort=query.sort or "name"),
            columns=COLUMNS,
            filters=(TableFilter("case", "Case", (Option("open", "Open"), Option("none", "No"))),),
            actions=self.actions,
            rows=tuple(map(_row, found)),
            matching=250 if query.search == "" else len(found),
            total=250,
            empty="No products yet.",
        )

    async def search(self, role: Role, text: str) -> tuple[TablePage, ...]:
        page = await self.table(role, "products", TableQuery(search=text))
        return (page,) if text and page and page.rows else ()

    async def row(self, _: Role, name: str, key: str) -> RowPage | None:
        if name != "products" or key not in NAMES:
            return None
        card = Card(
            title=key,
            buttons=(Button(label="Acknowledge", action="acknowledge"),),
            menu=Menu(
                "More",
                (Button(label="Snooze", action="snooze"), Button(label="Close", action="close")),
            ),
        )
        return RowPage(title=key, cards=(card,), charted="Price: 24.99 to 19.99", thread="C-1")


def _row(name: str) -> TableRow:
    return TableRow(
        name,
        (
            TableCell(text=name, note=name),
            TableCell(text="USD 24.99"),
            TableCell(at=datetime(2026, 11, 23, 9, 2, tzinfo=UTC)),
            TableCell(text="Could not check", tone=Tone.WARNING, row=("cases", "1"), thread="C-1"),
        ),
    )
