"""What counts as an incident: each attack once, and no case that was none."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.findings import ATTACK, BUY_BOX, PRICE_FLOOR, PROBLEM, SELLER, Severity
from bot.core.labeled import AttackKind
from bot.core.scanning import AT_ONCE
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack
from bot.features.attacks.service.incidents import incidents, read_incidents
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.cases.models.signals import Signal
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import Seller
from tests.fakes import START
from tests.signals import with_signals
from tests.unit.conftest import ANA, THIEF, Team


def case_with(*kinds: str, number: int = 1, seller: str = THIEF, days: float = 0) -> Case:
    """Return a case with these signals, opened so many days ago."""
    at = START - timedelta(days=days)
    case = Case(
        number=number,
        fingerprint=f"US/{seller or number}",
        marketplace="US",
        seller=seller,
        opened_at=at,
    )
    signals = [
        Signal(kind=kind, asin=f"B{place}", headline=kind, severity=Severity.INFO, since=at)
        for place, kind in enumerate(kinds)
    ]
    return with_signals(case, *signals)[0]


def attack_in(case: int, number: int = 1, days: float = 0) -> Attack:
    at = START - timedelta(days=days)
    return Attack(
        number=number,
        kind=AttackKind.PHISHING,
        began_at=at,
        marketplace="US",
        case=case,
        logged_by=ANA[0],
        logged_at=at,
    )


async def put(team: Team, *documents: Case | Attack | Seller) -> None:
    async with team.app.store.transaction() as tx:
        for each in documents:
            match each:
                case Case():
                    tx.put(CASES, each)
                case Attack():
                    tx.put(ATTACKS, each)
                case Seller():
                    tx.put(SELLERS, each)


async def told(team: Team) -> list[tuple[str, str]]:
    return [(each.ref, each.method.value) for each in await incidents(team.app)]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((SELLER,), "follow-up"),
        ((BUY_BOX,), "follow-up"),
        ((SELLER, PRICE_FLOOR), "follow-up"),
        ((PRICE_FLOOR,), "price-war"),
        (("hidden-sellers",), ""),
        ((PROBLEM,), ""),
    ],
)
async def test_what_a_seller_does_is_told_by_the_cases_signals(
    team: Team, kinds: tuple[str, ...], expected: str
) -> None:
    await put(team, case_with(*kinds))
    assert await told(team) == ([("C-1", expected)] if expected else [])


async def test_a_case_without_a_seller_is_nobodys_attack(team: Team) -> None:
    await put(team, case_with(BUY_BOX, seller=""), case_with(PRICE_FLOOR, seller="", number=2))
    assert await told(team) == []


async def test_a_trusted_seller_wages_no_price_war(team: Team) -> None:
    await put(team, case_with(PRICE_FLOOR), Seller(id=THIEF, left_alone=("B0",)))
    assert await told(team) == []


@pytest.mark.parametrize("reason", CloseReason)
async def test_a_case_that_was_none_does_not_count(team: Team, reason: CloseReason) -> None:
    closed = msgspec.structs.replace(case_with(SELLER), open=False, reason=reason)
    await put(team, closed)
    none = reason in (CloseReason.AUTHORISED, CloseReason.LAWFUL, CloseReason.FALSE_ALARM)
    assert (await told(team) == []) is none


@pytest.mark.parametrize(
    ("reason", "violation", "decided"),
    [
        (None, False, False),
        (CloseReason.GONE, False, False),
        (CloseReason.REPORTED, False, True),
        (None, True, True),
    ],
)
async def test_an_unknown_seller_is_an_attacker_once_a_person_decided_so(
    team: Team, reason: CloseReason | None, violation: bool, decided: bool
) -> None:
    case = case_with(SELLER)
    await put(
        team,
        msgspec.structs.replace(case, open=reason is None, reason=reason, violation=violation),
    )
    [found] = await incidents(team.app)
    assert (found.decided, found.reported) == (decided, decided)


@pytest.mark.parametrize("reported", [True, False])
async def test_a_logged_attack_is_reported_with_its_case(team: Team, reported: bool) -> None:
    case = msgspec.structs.replace(case_with(SELLER, ATTACK), violation=reported)
    await put(team, case, attack_in(1))
    [found] = await incidents(team.app)
    assert (found.decided, found.reported) == (True, reported)


async def test_a_case_with_an_attack_is_told_by_the_attack_alone(team: Team) -> None:
    await put(team, case_with(SELLER, ATTACK), attack_in(1), attack_in(1, number=2))
    assert await told(team) == [("A-1", "phishing"), ("A-2", "phishing")]


async def test_an_attack_that_was_a_false_alarm_does_not_count(team: Team) -> None:
    closed = msgspec.structs.replace(case_with(ATTACK), open=False, reason=CloseReason.FALSE_ALARM)
    await put(team, closed, attack_in(1))
    assert await told(team) == []


@pytest.mark.parametrize("reason", [CloseReason.AUTHORISED, CloseReason.LAWFUL])
async def test_what_turned_out_to_be_allowed_is_no_attack_though_it_was_logged(
    team: Team, reason: CloseReason
) -> None:
    """To sell, and cheaply, is what may be allowed; a phishing mail stays an attack."""
    kinds = (AttackKind.FOLLOW_UP, AttackKind.PRICE_WAR, AttackKind.PHISHING)
    logged = [
        msgspec.structs.replace(attack_in(1, number=number), kind=kind)
        for number, kind in enumerate(kinds, 1)
    ]
    closed = msgspec.structs.replace(case_with(SELLER, ATTACK), open=False, reason=reason)
    await put(team, closed, *logged)
    assert await told(team) == [("A-3", "phishing")]


async def test_the_hour_is_known_only_of_what_the_watch_saw(team: Team) -> None:
    await put(team, case_with(SELLER), case_with(ATTACK, number=2), attack_in(2))
    assert {each.ref: each.timed for each in await incidents(team.app)} == {
        "C-1": True,
        "A-1": False,
    }


async def test_they_come_in_the_order_of_time_since_a_moment(team: Team) -> None:
    cases = [case_with(SELLER, number=n, seller=f"A{n}", days=20 - n) for n in range(1, 6)]
    attacks = [attack_in(99, number=n, days=20 - n - 0.5) for n in range(1, 6)]
    await put(team, *cases, *attacks)
    known = await incidents(team.app, START - timedelta(days=17))
    assert [each.ref for each in known] == ["C-3", "A-3", "C-4", "A-4", "C-5", "A-5"]
    assert all(first.at <= second.at for first, second in pairwise(known))


async def test_a_case_that_is_numbered_late_is_not_missed(team: Team) -> None:
    """A reading's time may lie before that of the case numbered before it."""
    late = [case_with(SELLER, number=n, seller=f"A{n}", days=n) for n in range(1, 4)]
    await put(team, *late)
    known = await incidents(team.app, START - timedelta(days=1, hours=1))
    assert [each.ref for each in known] == ["C-1"]


async def test_many_records_are_read_in_pages_that_let_others_have_their_turn(
    tmp_path: Path,
) -> None:
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    async with store.transaction() as tx:
        for number in range(1, 2 * AT_ONCE + 10):
            tx.put(CASES, case_with(SELLER, number=number, seller=f"A{number}"))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    assert len(await read_incidents(store)) == 2 * AT_ONCE + 9
    beside.cancel()
    assert turns >= 3
    await store.close()
