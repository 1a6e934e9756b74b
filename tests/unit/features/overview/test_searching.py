"""Searching all tables: what was removed is not found, and nothing is found without words."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.browse.models import FOUND_ROWS, LONGEST_SEARCH
from bot.core.browse.tables import BrowseTables
from bot.core.permissions import Role
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import case_key
from tests.unit.conftest import OWN, THIEF, Team, asked, offer


@pytest.fixture
async def tables(team: Team) -> BrowseTables:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    await team.type("/note 1 They ship from Marlowe Street")
    return BrowseTables(team.app)


async def found(tables: BrowseTables, text: str) -> dict[str, int]:
    pages = await tables.search(Role.VIEWER, text)
    return {page.name: page.matching for page in pages}


async def test_a_sellers_id_finds_the_case_and_the_seller(tables: BrowseTables) -> None:
    assert await found(tables, THIEF.lower()) == {"cases": 1, "sellers": 1}


async def test_a_closed_case_is_found_too(team: Team, tables: BrowseTables) -> None:
    case = await team.app.store.get(CASES, case_key(1))
    assert case is not None
    async with team.app.store.transaction() as tx:
        tx.put(CASES, msgspec.structs.replace(case, open=False))
    assert (await found(tables, THIEF))["cases"] == 1


async def test_a_note_is_found_and_leads_to_its_case(tables: BrowseTables) -> None:
    [page] = await tables.search(Role.VIEWER, "marlowe")
    assert page.name == "notes"
    assert page.rows[0].cells[0].row == ("cases", case_key(1))
    assert "Marlowe Street" in page.rows[0].cells[0].text


async def test_removed_words_are_not_found(team: Team, tables: BrowseTables) -> None:
    assert await found(tables, "marlowe") == {"notes": 1}
    entries = await team.app.store.find(ENTRIES, "case", case_key(1))
    [place] = [entry.place for entry in entries if "Marlowe" in entry.text]
    ask = asked(await team.type(f"/redact 1 {place}"))
    await team.submit(ask, {"why": "They asked for it"})
    assert await found(tables, "marlowe") == {}
    assert await found(BrowseTables(team.app), "marlowe") == {}


async def test_what_the_machine_wrote_is_no_note(tables: BrowseTables) -> None:
    assert "notes" not in await found(tables, "buy box")


async def test_without_words_nothing_is_found(tables: BrowseTables) -> None:
    assert await found(tables, "") == {}
    assert await found(tables, "   ") == {}
    assert await found(tables, "x" * 10_000 + " marlowe") == {}
    assert await found(tables, "marlowe" + " " * LONGEST_SEARCH + "nonsense") == {"notes": 1}


async def test_only_the_best_rows_are_shown(team: Team, tables: BrowseTables) -> None:
    for number in range(FOUND_ROWS + 5):
        team.clock.advance(minutes=1)
        await team.type(f"/note 1 Pear {number}")
    [page] = await tables.search(Role.VIEWER, "pear")
    assert (page.matching, len(page.rows)) == (FOUND_ROWS + 5, FOUND_ROWS)


async def test_who_may_not_read_finds_nothing(tables: BrowseTables) -> None:
    assert await tables.search(Role.NOBODY, "marlowe") == ()
