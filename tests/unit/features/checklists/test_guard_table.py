"""What the open checklists ask, as a list."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.browse.models import TablePage, TableQuery
from bot.core.browse.tables import BrowseTables
from bot.core.permissions import Role
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Answer, Run
from tests.unit.conftest import BEN, Team
from tests.unit.features.checklists.guarding import changed, checklist_run


def answered(team: Team) -> Run:
    run = checklist_run(team.clock.now)
    first = msgspec.structs.replace(run.tasks[0], answer=Answer.PROBLEM, owner=BEN[0], case=12)
    return msgspec.structs.replace(run, tasks=(first, *run.tasks[1:], changed(team.clock.now)))


@pytest.fixture
async def tables(team: Team) -> BrowseTables:
    async with team.app.store.transaction() as tx:
        tx.put(RUNS, answered(team))
    return BrowseTables(team.app)


async def items(tables: BrowseTables, **query: object) -> TablePage:
    page = await tables.rows(Role.VIEWER, "guard", msgspec.convert(query, TableQuery))
    assert page is not None
    return page


async def test_each_item_of_an_open_checklist_is_a_row(team: Team, tables: BrowseTables) -> None:
    run = answered(team)
    page = await items(tables)
    assert page.total == len(run.tasks)
    [problem] = (await items(tables, filters={"answer": "problem"})).rows
    assert problem.cells[0].text == run.tasks[0].item.title
    assert [cell.text for cell in problem.cells[2:4]] == ["Ben", "Problem"]
    assert problem.cells[5].row == ("cases", "00000012")
    assert [row.key for row in (await items(tables, filters={"owner": "Ben"})).rows] == [
        problem.key
    ]


async def test_what_people_answered_is_not_searched(tables: BrowseTables) -> None:
    assert (await items(tables, search="temp-va")).matching == 0
    assert (await items(tables, search="account security")).matching > 0


async def test_a_checklist_that_is_over_has_no_rows(team: Team, tables: BrowseTables) -> None:
    page = await items(tables)
    assert await tables.page(Role.VIEWER, "guard", page.rows[0].key) is not None
    async with team.app.store.transaction() as tx:
        tx.put(RUNS, msgspec.structs.replace(answered(team), open=False))
    page = await items(tables)
    assert page.total == 0
    assert page.empty.startswith("No checklist is open.")
