"""The list of sellers, and what the team writes down of them."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.browse.models import TablePage, TableQuery
from bot.core.browse.tables import BrowseTables
from bot.core.permissions import Role
from bot.features.cases.collections import CASES, SELLER_NOTES, SELLER_PROFILES
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.profiles import SellerProfile
from tests.unit.conftest import ASIN, OWN, SECOND, THIEF, VIK, Team, asked, notice, offer

FRIEND = "A2FRIENDLY0001"
ANSWERS = {"nickname": "Walter", "price": "24.99", "note": "Signed our MAP policy"}


@pytest.fixture
async def tables(team: Team) -> BrowseTables:
    """A seller with a case on two products, and one who is trusted."""
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"), asin=SECOND)
    await team.authorise(FRIEND, ASIN)
    return BrowseTables(team.app)


async def sellers(tables: BrowseTables, **query: object) -> TablePage:
    page = await tables.rows(Role.VIEWER, "sellers", msgspec.convert(query, TableQuery))
    assert page is not None
    return page


async def write(team: Team, **changes: str) -> str:
    ask = asked(await team.press("seller-note", THIEF))
    return notice(await team.submit(ask, {**ANSWERS, **changes}))


async def test_a_row_says_where_since_when_and_whether_trusted(tables: BrowseTables) -> None:
    first, second = (await sellers(tables)).rows
    assert [cell.text for cell in first.cells[:2]] == [THIEF, "2"]
    assert first.cells[1].note == "Pan 1, Pan 2"
    assert first.cells[2].at is not None
    assert (first.cells[3].text, first.cells[3].note) == ("1", "of 1 case")
    assert first.cells[4].text == "Not trusted"
    assert second.key == FRIEND
    assert (second.cells[4].text, second.cells[4].note) == ("Authorized", "on 1 product")


async def test_a_row_counts_all_cases_of_a_seller_however_many(
    team: Team, tables: BrowseTables
) -> None:
    first = await team.app.store.get(CASES, case_key(1))
    assert first is not None
    later = first.opened_at + timedelta(days=1)
    async with team.app.store.transaction() as tx:
        for number in range(2, 151):
            closed = msgspec.structs.replace(
                first, number=number, fingerprint=f"old {number}", opened_at=later, open=False
            )
            tx.put(CASES, closed)
    row = next(row for row in (await sellers(tables)).rows if row.key == THIEF)
    assert row.cells[2].at == first.opened_at
    assert (row.cells[3].text, row.cells[3].note) == ("1", "of 150 cases")


async def test_sellers_are_narrowed_by_trust_and_cases(tables: BrowseTables) -> None:
    for filters, found in (
        ({"trust": "authorised"}, [FRIEND]),
        ({"trust": "none"}, [THIEF]),
        ({"cases": "open"}, [THIEF]),
        ({"cases": "none", "trust": "none"}, []),
    ):
        page = await sellers(tables, filters=filters)
        assert [row.key for row in page.rows] == found


async def test_notes_are_written_shown_and_found(team: Team, tables: BrowseTables) -> None:
    await sellers(tables)
    assert await write(team) == f"Saved the notes on {THIEF}."
    [row] = (await sellers(tables, search="map policy walter")).rows
    assert (row.cells[0].text, row.cells[0].note) == ("Walter", THIEF)
    assert (row.cells[5].text, row.cells[6].text) == ("USD 24.99", "Signed our MAP policy")
    page = await tables.page(Role.VIEWER, "sellers", THIEF)
    assert page is not None
    assert page.title == "Walter"
    assert page.cards[0].body == "Signed our MAP policy"
    assert page.cards[1].title == "Their newest cases"


async def test_the_form_shows_what_is_kept_and_empty_answers_remove_it(
    team: Team, tables: BrowseTables
) -> None:
    await write(team)
    ask = asked(await team.press("seller-note", THIEF))
    assert [getattr(each, "initial", "") for each in ask.form.inputs] == [
        "Walter",
        "USD 24.99",
        "Signed our MAP policy",
    ]
    await team.submit(ask, {"nickname": "", "price": "", "note": ""})
    assert await team.app.store.get(SELLER_NOTES, THIEF) is None


async def test_what_is_no_price_is_asked_again(team: Team, tables: BrowseTables) -> None:
    ask = asked(await team.press("seller-note", THIEF))
    again = asked(await team.submit(ask, {**ANSWERS, "price": "cheap"}))
    assert "price" in again.errors


async def test_notes_are_removed_with_what_is_known_of_the_seller(
    team: Team, tables: BrowseTables
) -> None:
    await write(team)
    ask = asked(await team.type(f"/redact seller {THIEF}"))
    assert "Walter" in "\n".join(str(each) for each in (ask.form, ask.form.inputs))
    await team.submit(ask, {"why": "They asked for it"})
    assert await team.app.store.get(SELLER_NOTES, THIEF) is None
    assert (await sellers(tables, search="walter")).rows == ()


async def test_a_name_of_the_sellers_own_page_stands_with_the_id(
    team: Team, tables: BrowseTables
) -> None:
    await sellers(tables)
    profile = SellerProfile(
        seller=THIEF,
        marketplace="US",
        name="BrightLeaf Store",
        source="https://www.amazon.com/sp",
        read_at=team.clock.now,
    )
    async with team.app.store.transaction() as tx:
        tx.put(SELLER_PROFILES, profile)
    assert (await sellers(tables, search="brightleaf")).rows[0].cells[0].text == (
        f"BrightLeaf Store ({THIEF})"
    )


async def test_a_viewer_writes_nothing(team: Team) -> None:
    assert notice(await team.press("seller-note", THIEF, VIK)).startswith("Only members can")
    assert notice(await team.press("seller-note", "nonsense")) != ""
    assert await team.app.store.get(SELLER_NOTES, THIEF) is None
