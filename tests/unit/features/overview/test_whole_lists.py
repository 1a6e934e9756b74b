"""What a team gathered is looked through to its end, or it is said what was left out."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import msgspec
import pytest

from bot.core.files import Upload
from bot.core.findings import Severity
from bot.core.listing import Watch
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.service.waking import Waking
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.letters.service.drafts import order_notice
from bot.features.overview.service.suggestions import suggest
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import ReportState
from bot.features.reports.service.follow_ups import FollowUps
from bot.features.watchlist.collections import SELLERS, WATCHES
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from tests.fakes import START
from tests.unit.conftest import ANA, OWN, THIEF, Team, asked, card_text, offer
from tests.unit.features.cases.crowd import CountedStore, case_of, put_all, report_of

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70", fba=False)
ORDER = "028-1234567-1234567"


def cases(count: int) -> list[Case]:
    """Return open cases; the first, which is the oldest, is the worst."""
    return [
        case_of(number, severity=Severity.WARNING if number > 1 else Severity.CRITICAL)
        for number in range(1, count + 1)
    ]


async def test_the_worst_case_comes_first_however_many_are_newer(team: Team) -> None:
    await put_all(team.app.store, CASES, cases(1100))
    shown = card_text(await team.type("/todo"))
    assert shown.startswith("1,100 cases to work on")
    assert "C-1 ·" in shown.split("\n")[2]
    assert "C-1 ·" in card_text(await team.type("/digest"))


@pytest.mark.ci
async def test_each_open_report_is_reminded_of(team: Team) -> None:
    await put_all(team.app.store, CASES, cases(1))
    due = {"state": ReportState.FILED, "filed_at": START, "due_at": START}
    many = [msgspec.structs.replace(report_of(number), **due) for number in range(1, 1003)]
    waiting = [msgspec.structs.replace(each, due_at=START + timedelta(days=9)) for each in many]
    await put_all(team.app.store, REPORTS, [*waiting[:-1], many[-1]])
    team.clock.advance(days=1)
    await FollowUps(team.app).tick()
    await team.dispatcher.deliver()
    [reminder] = [key for key in team.chat.order if "reminder" in key]
    assert reminder.startswith("C-1/R-1002-")
    assert card_text(await team.type("/reports")).startswith("1,002 reports")


async def test_of_many_reports_on_the_case_before_the_last_are_told(team: Team) -> None:
    case = cases(1)[0]
    filed = {"state": ReportState.FILED, "filed_at": START}
    many = [msgspec.structs.replace(report_of(number), **filed) for number in range(1, 31)]
    await put_all(team.app.store, REPORTS, many)
    await put_all(team.app.store, CASES, [msgspec.structs.replace(case, number=2, earlier=1)])
    shown = card_text(await team.type("/case 2"))
    assert "C-1. 25 earlier reports. R-26 " in shown
    assert "R-30 " in shown


async def test_the_last_of_many_products_is_suggested(team: Team) -> None:
    many = [Watch(asin=f"B{n:09d}", marketplace="US", added_at=START) for n in range(2100)]
    last = msgspec.structs.replace(many[-1], title="Sauteuse")
    await put_all(team.app.store, WATCHES, [*many[:-1], last])
    [found] = await suggest(team.app, "product", "saut")
    assert found.value == last.asin
    [found] = await suggest(team.app, "product", last.asin.lower())
    assert found.value == last.asin


async def test_of_many_that_match_those_that_begin_so_come_first(team: Team) -> None:
    ids = [*(f"A{n:05d}XB" for n in range(40)), "B00001", "B00002"]
    await put_all(team.app.store, SELLERS, [Seller(id=id, authorised=(EVERYWHERE,)) for id in ids])
    found = [option.value for option in await suggest(team.app, "seller", "b")]
    assert found[:3] == ["B00001", "B00002", "A00000XB"]
    assert len(found) == 25


async def test_an_open_case_of_mine_is_found_behind_all_that_i_closed(team: Team) -> None:
    [person, _] = ANA
    mine = [
        msgspec.structs.replace(each, assignee=person, assignee_id=person.id, open=each.number == 1)
        for each in cases(1100)
    ]
    await put_all(team.app.store, CASES, mine)
    assert card_text(await team.type("/cases mine")).startswith("1 case (mine)")


async def test_an_offer_joins_the_open_case_however_many_were_closed(team: Team) -> None:
    await team.look(OURS, THEIRS)
    known = await team.app.store.get(CASES, "00000001")
    assert known is not None
    closed = msgspec.structs.replace(
        known, open=False, closed_at=START, reason=CloseReason.FALSE_ALARM
    )
    before = [msgspec.structs.replace(closed, number=number) for number in range(1, 1101)]
    await put_all(team.app.store, CASES, [*before, msgspec.structs.replace(known, number=1101)])
    team.clock.advance(minutes=30)
    await team.look(OURS, offer(THIEF, "11.00", fba=False))
    assert await team.app.store.count(CASES) == 1101
    current = await team.app.store.get(CASES, "00001101")
    assert current is not None
    assert current.entries > known.entries


async def test_looking_for_snoozes_that_end_reads_no_case_that_is_awake(team: Team) -> None:
    until = team.clock.now + timedelta(hours=1)
    sleeper = msgspec.structs.replace(cases(1)[0], snoozed_until=until)
    await put_all(team.app.store, CASES, [sleeper, *cases(300)[1:]])
    counted = CountedStore(team.app.store)
    waking = Waking(dataclasses.replace(team.app, store=counted))
    await waking.tick()
    assert counted.handed.all < 10, "what else it looks at is few"
    team.clock.advance(hours=2)
    await waking.tick()
    woken = await team.app.store.get(CASES, sleeper.key)
    assert woken is not None
    assert woken.snoozed_until is None


@pytest.mark.parametrize(("tables", "says"), [(20, "in the order records"), (21, "newest 20")])
async def test_it_is_said_how_many_order_records_were_looked_through(
    team: Team, tables: int, says: str
) -> None:
    pieces = []
    for place in range(1, tables + 1):
        digest = await team.app.evidence.keep(f"order {place}".encode(), {"at": "now"})
        file = Upload("orders.csv", "text/csv", 9, digest)
        pieces.append(
            EvidenceItem(
                case="00000001", place=place, at=START, kind=EvidenceKind.ORDERS, file=file
            )
        )
    await put_all(team.app.store, EVIDENCE_ITEMS, pieces)
    assert says in await order_notice(team.app, ORDER)


@pytest.mark.parametrize(("count", "hint"), [(25, ""), (26, "The newest 25 cases. For another")])
async def test_a_form_says_that_it_offers_the_newest_cases_alone(
    team: Team, count: int, hint: str
) -> None:
    await put_all(team.app.store, CASES, cases(count))
    which = asked(await team.type("/note")).form.inputs[0]
    assert which.hint.startswith(hint) if hint else not which.hint
