"""The list of products: what was last seen of each, and whether that could be checked."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.browse.models import TablePage, TableQuery, TableRow
from bot.core.browse.tables import BrowseTables
from bot.core.permissions import Role
from bot.errors import NotAllowed
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import CloseReason, case_key
from bot.features.cases.rules.inputs import ClosingInput
from bot.features.cases.service.working import close_case
from bot.features.watchlist.collections import SOURCE_FAULTS, STATUSES, WATCHES
from bot.features.watchlist.models.health import ACCOUNT, SourceFault
from tests.unit.conftest import ANA, ASIN, OWN, SECOND, THIEF, Team, offer

KEY = f"US-{ASIN}"


@pytest.fixture
def tables(team: Team) -> BrowseTables:
    return BrowseTables(team.app)


async def products(tables: BrowseTables, **asked: object) -> TablePage:
    page = await tables.rows(Role.VIEWER, "products", msgspec.convert(asked, TableQuery))
    assert page is not None
    return page


def by_column(page: TablePage, row: TableRow) -> dict[str, str]:
    return {column.name: cell.text for column, cell in zip(page.columns, row.cells, strict=True)}


async def first(tables: BrowseTables) -> dict[str, str]:
    page = await products(tables)
    return by_column(page, page.rows[0])


async def test_a_row_says_what_was_last_seen(team: Team, tables: BrowseTables) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"), holder=THIEF)
    row = await first(tables)
    assert row == {
        "name": "Pan 1",
        "ours": "USD 24.99",
        "lowest": "USD 19.99",
        "buy-box": THIEF,
        "sellers": "2",
        "case": row["case"],
        "seen": "not yet",
        "check": "Checked",
    }
    assert row["case"].startswith("C-1 · ")


async def test_an_open_case_is_shown_however_many_were_closed_since(
    team: Team, tables: BrowseTables
) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    [case], [on] = await team.app.store.page(CASES), await team.app.store.page(AFFECTED)
    async with team.app.store.transaction() as tx:
        for number in range(2, 40):
            tx.put(AFFECTED, msgspec.structs.replace(on, case=case_key(number)))
            tx.put(CASES, msgspec.structs.replace(case, number=number, open=False))
    assert (await first(tables))["case"].startswith("C-1 · ")


async def test_what_nobody_looked_at_is_not_known(tables: BrowseTables) -> None:
    row = await first(tables)
    assert row["check"] == "Not checked yet"
    assert (row["ours"], row["lowest"], row["buy-box"], row["sellers"]) == ("Not known",) * 4
    assert row["case"] == "none"


async def test_a_failure_is_shown_with_its_reason(team: Team, tables: BrowseTables) -> None:
    watch = await team.app.store.get(WATCHES, KEY)
    assert watch is not None
    await team.monitor.check([watch])
    page = await products(tables)
    assert page.rows[0].cells[-1].text == "Could not check"
    assert page.rows[0].cells[-1].note == "nothing prepared"
    assert [each.key for each in (await products(tables, filters={"check": "failed"})).rows] == [
        KEY
    ]


async def test_where_nothing_can_be_asked_no_product_counts_as_checked(
    team: Team, tables: BrowseTables
) -> None:
    await team.look(offer(OWN, "24.99"))
    async with team.app.store.transaction() as tx:
        tx.put(SOURCE_FAULTS, SourceFault(ACCOUNT, "The login was refused.", team.clock.now))
    row = await first(tables)
    assert row["check"] == "Could not check"
    assert (await products(tables, filters={"check": "done"})).matching == 0
    assert (await products(tables, filters={"check": "failed"})).matching == 2


async def test_time_alone_makes_a_check_overdue(team: Team, tables: BrowseTables) -> None:
    await team.look(offer(OWN, "24.99"))
    assert (await products(tables, filters={"check": "overdue"})).matching == 0
    team.clock.advance(hours=2)
    assert (await first(tables))["check"] == "Check is overdue"
    assert (await products(tables, filters={"check": "overdue"})).matching == 1


async def test_changes_are_seen_at_the_next_question(team: Team, tables: BrowseTables) -> None:
    await team.look(offer(OWN, "24.99"))
    assert (await products(tables, filters={"case": "open"})).matching == 0
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    assert (await products(tables, filters={"case": "open"})).matching == 1
    async with team.app.store.transaction() as tx:
        asked = ClosingInput(case="1", reason=CloseReason.FALSE_ALARM)
        await close_case(team.app, tx, ANA[0], asked, may_trust=False)
    assert (await products(tables, filters={"case": "open"})).matching == 0


async def test_what_is_not_watched_any_more_has_no_row(team: Team, tables: BrowseTables) -> None:
    assert (await products(tables)).total == 2
    async with team.app.store.transaction() as tx:
        tx.delete(WATCHES, KEY)
    page = await products(tables)
    assert [row.key for row in page.rows] == [f"US-{SECOND}"]
    assert await tables.page(Role.VIEWER, "products", KEY) is None


async def test_a_search_finds_names_and_asins(tables: BrowseTables) -> None:
    assert [row.key for row in (await products(tables, search=SECOND.lower())).rows] == [
        f"US-{SECOND}"
    ]
    page = await products(tables, search="no such thing")
    assert (page.matching, page.total, page.rows) == (0, 2, ())


async def test_unknown_columns_and_filters_are_as_if_nobody_had_asked(
    tables: BrowseTables,
) -> None:
    page = await products(tables, sort="nonsense", filters={"nonsense": "1"}, page=99)
    assert (page.query.sort, page.query.page, page.matching) == ("name", 1, 2)


async def test_the_page_of_a_product_has_what_was_seen_and_its_cases(
    team: Team, tables: BrowseTables
) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    page = await tables.page(Role.VIEWER, "products", KEY)
    assert page is not None
    assert page.title == "Pan 1"
    assert page.thread == "C-1"
    assert [card.title for card in page.cards] == [
        "1 unknown seller: Pan 1",
        "Cases on this product",
    ]


async def test_the_page_of_a_product_that_could_not_be_checked_says_so(
    team: Team, tables: BrowseTables
) -> None:
    await team.look(offer(OWN, "24.99"))
    status = await team.app.store.get(STATUSES, KEY)
    assert status is not None
    async with team.app.store.transaction() as tx:
        tx.put(STATUSES, msgspec.structs.replace(status, failure="Amazon did not answer."))
    page = await tables.page(Role.VIEWER, "products", KEY)
    assert page is not None
    assert page.cards[0].title.startswith("Could not check")
    assert "Amazon did not answer." in page.cards[0].body


async def test_who_may_not_read_sees_nothing(tables: BrowseTables) -> None:
    assert tables.menu(Role.NOBODY) == []
    with pytest.raises(NotAllowed):
        await tables.rows(Role.NOBODY, "products", TableQuery())
    with pytest.raises(NotAllowed):
        await tables.page(Role.NOBODY, "products", KEY)


async def test_looking_writes_nothing(team: Team, tables: BrowseTables) -> None:
    changes = team.app.store.follow(STATUSES)
    await products(tables)
    await tables.page(Role.VIEWER, "products", KEY)
    assert changes.take() == set()
