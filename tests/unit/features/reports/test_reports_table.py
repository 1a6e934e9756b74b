"""The list of reports, and the page about one of them."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.browse.models import TablePage, TableQuery
from bot.core.browse.tables import BrowseTables
from bot.core.permissions import Role
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState
from tests.unit.conftest import OWN, THIEF, Team, offer
from tests.unit.features.cases.crowd import report_of


def filed(team: Team) -> Report:
    return msgspec.structs.replace(
        report_of(2),
        state=ReportState.FILED,
        filed_at=team.clock.now,
        complaint="8213477",
        seller=THIEF,
    )


@pytest.fixture
async def tables(team: Team) -> BrowseTables:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    async with team.app.store.transaction() as tx:
        tx.put(REPORTS, report_of(1))
        tx.put(REPORTS, filed(team))
    return BrowseTables(team.app)


async def reports(tables: BrowseTables, **query: object) -> TablePage:
    page = await tables.rows(Role.VIEWER, "reports", msgspec.convert(query, TableQuery))
    assert page is not None
    return page


async def test_a_row_says_against_whom_and_how_it_stands(tables: BrowseTables) -> None:
    newest, draft = (await reports(tables)).rows
    assert newest.cells[0].text.startswith("R-2 · ")
    assert (newest.cells[1].text, newest.cells[2].text) == (THIEF, "Filed")
    assert newest.cells[3].at is not None
    assert newest.cells[6].text == "8213477"
    assert newest.cells[7].row == ("cases", report_of(2).case)
    assert (draft.cells[2].text, draft.cells[3].at, draft.cells[3].text) == (
        "Draft",
        None,
        "not filed",
    )


async def test_reports_are_narrowed_and_found(tables: BrowseTables) -> None:
    assert [row.key for row in (await reports(tables, filters={"state": "draft"})).rows] == [
        report_of(1).key
    ]
    assert (await reports(tables, search="8213477")).matching == 1
    assert (await reports(tables, search="r-1")).matching == 1


async def test_the_text_of_a_report_is_not_searched(team: Team, tables: BrowseTables) -> None:
    await reports(tables)
    assert (await reports(tables, search=report_of(1).text or "counterfeit units")).matching == 0


async def test_the_page_of_a_report_is_its_card(tables: BrowseTables) -> None:
    page = await tables.page(Role.VIEWER, "reports", report_of(1).key)
    assert page is not None
    assert page.cards[0].title == page.title
    assert page.thread == "C-1"
    assert await tables.page(Role.VIEWER, "reports", "000099") is None
