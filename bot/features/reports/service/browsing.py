"""All reports as a list, and the page about one of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.core.browse.models import RowMark, RowPage, TableRow
from bot.core.browse.table import BrowseTable, Followed
from bot.core.context import AppContext
from bot.core.interface import tr
from bot.core.scanning import each
from bot.features.cases.collections import CASES
from bot.features.reports.collections import REPORTS
from bot.features.reports.rules.browsing import report_mark
from bot.features.reports.service.reports import card_of
from bot.features.reports.views.rows import report_columns, report_filters, report_row


async def _keys(app: AppContext) -> AsyncIterator[str]:
    async for report in each(app.store, REPORTS):
        yield report.key


async def _mark(app: AppContext, key: str) -> RowMark | None:
    report = await app.store.get(REPORTS, key)
    return report_mark(report) if report else None


async def _show(app: AppContext, keys: Sequence[str]) -> Sequence[TableRow]:
    found = [await app.store.get(REPORTS, key) for key in keys]
    return [report_row(report) for report in found if report]


async def _page(app: AppContext, key: str) -> RowPage | None:
    report = await app.store.get(REPORTS, key)
    case = await app.store.get(CASES, report.case) if report else None
    if report is None or case is None:
        return None
    async with app.store.transaction() as tx:
        card = await card_of(app, tx, case, report)
    return RowPage(title=card.title, cards=(card,), thread=case.label)


REPORTS_TABLE = BrowseTable(
    name="reports",
    title=lambda: tr("Reports"),
    columns=report_columns,
    keys=_keys,
    follows=(Followed(REPORTS),),
    mark=_mark,
    show=_show,
    filters=report_filters,
    page=_page,
    first="report",
    descending=True,
    empty=lambda: tr("No reports yet"),
    rank=4,
)
