"""The list of cases, and what is done with several of them at once."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.browse.models import TablePage, TableQuery
from bot.core.browse.tables import BrowseTables
from bot.core.collections import AUDIT
from bot.core.interactions import Ask
from bot.core.permissions import Role
from bot.core.scanning import each
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, case_key
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    OWN,
    SECOND,
    THIEF,
    VIK,
    Team,
    asked,
    notice,
    offer,
)

OTHER = "A2OTHERTHIEF01"
BOTH = f"{case_key(1)}/{case_key(2)}"
ACTIONS = ("acknowledge-cases", "assign-cases", "snooze-cases", "close-cases")


@pytest.fixture
async def tables(team: Team) -> BrowseTables:
    """Two cases: one seller on each product."""
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    await team.look(offer(OWN, "24.99"), offer(OTHER, "29.99"), asin=SECOND)
    return BrowseTables(team.app)


async def cases(tables: BrowseTables, **query: object) -> TablePage:
    page = await tables.rows(Role.VIEWER, "cases", msgspec.convert(query, TableQuery))
    assert page is not None
    return page


async def labels(tables: BrowseTables, **query: object) -> list[str]:
    return [row.cells[0].thread for row in (await cases(tables, **query)).rows]


async def case_of(team: Team, number: int) -> Case:
    found = await team.app.store.get(CASES, case_key(number))
    assert found is not None
    return found


async def close(team: Team, chosen: str, reason: str = "false-alarm") -> str:
    ask = asked(await team.press("close-cases", chosen))
    return notice(await team.submit(ask, {"reason": reason, "note": ""}))


async def test_the_worst_open_case_is_first(tables: BrowseTables) -> None:
    page = await cases(tables)
    assert [row.cells[0].thread for row in page.rows] == ["C-1", "C-2"]
    assert [row.cells[2].text for row in page.rows] == ["Critical", "Warning"]
    assert page.rows[1].cells[1].row == ("products", f"US-{SECOND}")


async def test_closed_cases_are_shown_when_they_are_asked_for(
    team: Team, tables: BrowseTables
) -> None:
    await close(team, case_key(2))
    assert await labels(tables) == ["C-1"]
    assert await labels(tables, filters={"state": "closed"}) == ["C-2"]
    assert await labels(tables, filters={"state": "all"}, sort="case") == ["C-1", "C-2"]


async def test_a_snooze_ends_by_the_time_alone(team: Team, tables: BrowseTables) -> None:
    ask = asked(await team.press("snooze-cases", case_key(1)))
    assert notice(await team.submit(ask, {"hours": "4"})) == "Snoozed 1 case."
    assert await labels(tables, filters={"state": "snoozed"}) == ["C-1"]
    assert await labels(tables, filters={"state": "running"}) == ["C-2"]
    team.clock.advance(hours=5)
    assert await labels(tables, filters={"state": "snoozed"}) == []
    assert await labels(tables, filters={"state": "running"}) == ["C-1", "C-2"]


async def test_cases_are_narrowed_by_owner_and_severity(team: Team, tables: BrowseTables) -> None:
    await team.press("assign", case_key(1), BEN)
    page = await cases(tables, filters={"owner": "Ben"})
    assert [row.cells[4].text for row in page.rows] == ["Ben"]
    [owner] = [each for each in page.filters if each.name == "owner"]
    assert [option.label for option in owner.options] == ["No owner", "Ben"]
    assert await labels(tables, filters={"severity": "2"}) == ["C-1"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (THIEF.lower(), ["C-1"]),
        ("pan 29.99", ["C-2"]),
        ("pan", ["C-1", "C-2"]),
        ("c-1", ["C-1"]),
        (ASIN, ["C-1"]),
    ],
)
async def test_a_search_finds_cases(team: Team, search: str, found: list[str]) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    await team.look(offer(OWN, "24.99"), offer(OTHER, "29.99"), asin=SECOND)
    assert await labels(BrowseTables(team.app), search=search) == found


async def test_the_page_of_a_case_is_its_card_and_its_timeline(tables: BrowseTables) -> None:
    page = await tables.page(Role.VIEWER, "cases", case_key(1))
    assert page is not None
    assert page.title.startswith("C-1 · ")
    assert page.cards[1].title == "Timeline"
    assert page.cards[1].body.startswith("1. ")
    assert await tables.page(Role.VIEWER, "cases", case_key(9)) is None


async def test_the_form_says_how_many_cases_it_is(team: Team, tables: BrowseTables) -> None:
    await close(team, case_key(2))
    ask = asked(await team.press("acknowledge-cases", BOTH))
    assert ask.form.title == "Acknowledge 1 case"
    assert "C-1" in ask.form.intro
    assert "1 selected case is closed" in ask.form.intro


async def test_several_cases_are_acknowledged_and_told_each_in_its_thread(
    team: Team, tables: BrowseTables
) -> None:
    ask = asked(await team.press("acknowledge-cases", BOTH))
    assert notice(await team.submit(ask, {})) == "Acknowledged 2 cases."
    for number in (1, 2):
        assert (await case_of(team, number)).acknowledged_by == ANA[0]
    told = [card.title for card in team.chat.cards.values()]
    assert told.count("Ana acknowledged it.") == 2


async def test_several_cases_are_taken(team: Team, tables: BrowseTables) -> None:
    ask = asked(await team.press("assign-cases", BOTH, BEN))
    assert notice(await team.submit(ask, {}, BEN)) == "2 cases are assigned to you."
    assert (await case_of(team, 2)).assignee == BEN[0]


async def test_who_has_the_cases_is_said_before_they_are_taken(
    team: Team, tables: BrowseTables
) -> None:
    await team.press("assign", case_key(1), BEN)
    assert "Assigned to" not in asked(await team.press("assign-cases", BOTH, BEN)).form.intro
    told = asked(await team.press("assign-cases", BOTH)).form.intro
    assert told == "C-1, C-2\nAssigned to Ben now. They are told."
    await team.press("assign", case_key(2), BEN)
    told = asked(await team.press("assign-cases", BOTH)).form.intro
    assert "Assigned to Ben (2) now." in told


async def test_several_cases_are_closed_for_one_reason(team: Team, tables: BrowseTables) -> None:
    assert await close(team, BOTH) == "Closed 2 cases."
    assert await labels(tables) == []
    assert not (await case_of(team, 1)).open


async def test_what_was_done_meanwhile_is_skipped_with_its_reason(
    team: Team, tables: BrowseTables
) -> None:
    ask = asked(await team.press("acknowledge-cases", BOTH))
    await team.press("acknowledge", case_key(1), BEN)
    told = notice(await team.submit(ask, {}))
    assert told == "Acknowledged 1 case.\nBen already acknowledged C-1."


async def test_no_reason_that_trusts_sellers_is_offered_for_many(
    team: Team, tables: BrowseTables
) -> None:
    ask = asked(await team.press("close-cases", BOTH))
    offered = {option.value for option in getattr(ask.form.inputs[0], "options", ())}
    assert not offered & {"authorised", "lawful", "ours"}
    again = await team.submit(ask, {"reason": "authorised", "note": ""})
    assert isinstance(again[0], Ask)
    assert (await case_of(team, 1)).open


async def test_another_reason_needs_words(team: Team, tables: BrowseTables) -> None:
    ask = asked(await team.press("close-cases", BOTH))
    again = asked(await team.submit(ask, {"reason": "other", "note": "no"}))
    assert "note" in again.errors


@pytest.mark.parametrize("action", ACTIONS)
async def test_a_viewer_changes_nothing(team: Team, action: str) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    assert notice(await team.press(action, case_key(1), VIK)).startswith("Only members can")


@pytest.mark.parametrize("chosen", ["", "nonsense", "/////", f"{case_key(1)}/nonsense"])
async def test_what_is_no_case_changes_nothing(team: Team, chosen: str) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "19.99"))
    assert notice(await team.press("close-cases", chosen))
    assert (await case_of(team, 1)).open


async def test_a_second_delivery_does_nothing_again(team: Team, tables: BrowseTables) -> None:
    ask = asked(await team.press("acknowledge-cases", BOTH))
    await team.submit(ask, {}, id="once")
    assert notice(await team.submit(ask, {}, id="once")) == "This was already done."
    assert (await case_of(team, 1)).entries == 2


async def test_the_record_says_who_closed_which_cases(team: Team, tables: BrowseTables) -> None:
    await close(team, BOTH)
    entries = [entry async for entry in each(team.app.store, AUDIT)]
    [entry] = [each for each in entries if each.act == "close-cases" and each.step]
    assert entry.who == "ana"
    assert entry.ref == BOTH
    assert {f"cases {case_key(1)}", f"cases {case_key(2)}"} <= {*entry.written}
    assert entry.chosen == {"reason": "false-alarm"}
