"""Whatever happens to a case: what it says of its products is what these say themselves."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.findings import ATTACK, BUY_BOX, SELLER, Finding, Severity
from bot.core.listing import Watch
from bot.core.money import Money
from bot.core.store import Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import ASINS, Case, CloseReason
from bot.features.cases.rules import transitions
from bot.features.cases.service.alerts import take_findings
from bot.features.cases.service.keeping import record
from bot.features.cases.service.waking import Waking
from bot.features.watchlist.collections import WATCHES
from tests.fakes import START
from tests.signals import ALL, led_by
from tests.tallies import tally_of
from tests.unit.conftest import ANA, OWN, THIEF, Team, offer, opened_team

PRODUCTS = [f"B0{number:08d}" for number in range(14)]
LARGEST = 6_000
"""Bytes of a case, however many products it touches."""

Step = Callable[[Team], Awaitable[None]]

seen = st.builds(
    Finding,
    signal=st.sampled_from([SELLER, SELLER, BUY_BOX, "price-floor"]),
    asin=st.sampled_from(PRODUCTS),
    marketplace=st.just("US"),
    at=st.none(),
    severity=st.sampled_from(Severity),
    headline=st.sampled_from(["One thing", "Another"]),
    seller=st.sampled_from([THIEF, "A2OTHERSELLER"]),
    ended=st.booleans(),
    mark=st.sampled_from(["a", "b"]),
    daily_loss=st.none() | st.builds(Money, st.decimals(0, 99, places=2), st.just("USD")),
)


async def find(findings: list[Finding], team: Team) -> None:
    now = [msgspec.structs.replace(each, at=team.clock()) for each in findings]
    await run_in_transaction(team.app.store, lambda tx: take_findings(team.app, tx, now))


async def find_everywhere(signal: str, severity: Severity, team: Team) -> None:
    """Let the thief be everywhere."""
    several = [
        Finding(
            signal=signal,
            asin=asin,
            marketplace="US",
            at=team.clock(),
            severity=severity,
            headline=f"Here at {team.clock():%H:%M}",
            seller=THIEF,
            mark=f"{team.clock()}",
        )
        for asin in PRODUCTS
    ]
    await find(several, team)


async def end(every: int, team: Team) -> None:
    """Let every so-manieth signal end that goes on in any case, open or closed."""
    active = [
        Finding(
            signal=signal.kind,
            asin=on.asin,
            marketplace="US",
            at=team.clock(),
            severity=signal.severity,
            headline="It is over",
            seller=THIEF,
            ended=True,
        )
        for on in await team.app.store.page(AFFECTED, limit=ALL)
        for signal in on.active
    ]
    await find(active[::every], team)


async def log_attack(asin: str, team: Team) -> None:
    attack = Finding(
        signal=ATTACK,
        asin=asin,
        marketplace="US",
        at=team.clock(),
        severity=Severity.CRITICAL,
        headline="An attack",
        seller=THIEF,
    )
    await run_in_transaction(team.app.store, lambda tx: take_findings(team.app, tx, [attack]))


async def look(asin: str, price: str, holder: str, team: Team) -> None:
    if await team.app.store.get(WATCHES, f"US-{asin}"):
        there = [offer(THIEF, price)] if price else []
        await team.look(offer(OWN, "24.99"), *there, asin=asin, holder=holder)


async def wait(minutes: int, team: Team) -> None:
    team.clock.advance(minutes=minutes)
    await Waking(team.app).tick()


async def typed(text: str, team: Team) -> None:
    with suppress(UserError):
        await team.type(text)


async def watch_again(asin: str, team: Team) -> None:
    watch = Watch(asin=asin, marketplace="US", floor=Money(Decimal(15), "USD"), added_at=START)
    async with team.app.store.transaction() as tx:
        tx.put(WATCHES, msgspec.structs.replace(watch, added_at=team.clock()))


async def change(how: str, team: Team) -> None:
    """Take a step with every case that may take it."""
    for case in await team.app.store.page(CASES):
        with suppress(UserError):
            await run_in_transaction(team.app.store, partial(_change, team, case.key, how))


async def _change(team: Team, key: str, how: str, tx: Transaction) -> None:
    case = await tx.get(CASES, key)
    assert case is not None
    who, now = ANA[0], team.clock()
    match how:
        case "reopen":
            transition = transitions.reopen(case, who, now)
        case "snooze":
            transition = transitions.snooze(case, who, now, now + timedelta(hours=2), "later")
        case "assign":
            transition = transitions.assign(case, who, now)
        case _:
            transition = transitions.close(case, who, now, CloseReason(how), "")
    await record(team.app, tx, case, [transition])


async def trust(team: Team) -> None:
    await team.authorise(THIEF)


async def undo_last(team: Team) -> None:
    if team.announced():
        await team.undo()


products = st.sampled_from(PRODUCTS)
steps: st.SearchStrategy[Step] = st.one_of(
    st.lists(seen, min_size=1, max_size=20).map(lambda several: partial(find, several)),
    st.builds(
        lambda *args: partial(look, *args),
        products,
        st.sampled_from(["", "18.70", "24.50", "14.00"]),
        st.sampled_from([OWN, THIEF]),
    ),
    st.builds(
        lambda *args: partial(find_everywhere, *args),
        st.sampled_from([SELLER, BUY_BOX]),
        st.sampled_from(Severity),
    ),
    st.sampled_from([1, 1, 2, 3]).map(lambda every: partial(end, every)),
    st.sampled_from(["", *PRODUCTS[:3]]).map(lambda asin: partial(log_attack, asin)),
    st.integers(1, 300).map(lambda minutes: partial(wait, minutes)),
    st.sampled_from(["gone", "solved", "false-alarm", "reopen", "snooze", "assign"]).map(
        lambda how: partial(change, how)
    ),
    products.map(lambda asin: partial(typed, f"/unwatch {asin}")),
    products.map(lambda asin: partial(watch_again, asin)),
    st.just(partial(typed, f"/withdraw {THIEF}")),
    st.just(trust),
    st.just(undo_last),
)


async def check(team: Team, case: Case) -> None:
    """Count everything from the beginning."""
    affected = await team.app.store.find(AFFECTED, "case", case.key, limit=ALL)
    assert case.tally == tally_of(affected)
    assert await led_by(team.app.store, case)
    by_place = sorted((each.place, each.asin) for each in affected if each.asin)
    assert [place for place, _ in by_place] == list(range(1, len(by_place) + 1))
    assert case.asins == tuple(asin for _, asin in by_place[:ASINS])
    assert case.holding == (case.held > 0)
    assert len(msgspec.json.encode(case)) < LARGEST


async def live(several: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opened_team(Path(folder)) as team:
            for asin in PRODUCTS:
                await watch_again(asin, team)
            for step in several:
                await step(team)
                cases = await team.app.store.page(CASES)
                for case in cases:
                    await check(team, case)
                known = {case.key for case in cases}
                affected = await team.app.store.page(AFFECTED, limit=ALL)
                assert {each.case for each in affected} == known


@pytest.mark.ci
@settings(max_examples=40, deadline=None)
@given(st.lists(steps, min_size=8, max_size=20))
def test_a_case_says_of_its_products_what_these_say_themselves(several: list[Step]) -> None:
    asyncio.run(live(several))
