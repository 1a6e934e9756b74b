"""A reported seller who offers the product, but not new, is there: they have not left."""

from __future__ import annotations

from datetime import timedelta

from bot.core.condition_history import ConditionHistory, ConditionStay
from bot.core.conditions import Condition
from bot.core.store import run_in_transaction
from bot.features.reports.models.lint_input import LastObservation
from bot.features.reports.service.presences import last_observation_of, presences
from bot.features.watchlist.collections import CONDITION_HISTORIES
from tests.unit.conftest import ASIN, OWN, THIEF, Team, offer
from tests.unit.features.reports.dockets import REPORT

KEY = f"US-{ASIN}"


async def sells_used(team: Team, *, gone: bool = False) -> ConditionStay:
    now = team.clock.now
    stay = ConditionStay(
        seller=THIEF,
        condition=Condition.USED,
        since=now - timedelta(days=3),
        seen_at=now - timedelta(hours=2),
        gone_at=now - timedelta(hours=1) if gone else None,
    )
    async with team.app.store.transaction() as tx:
        tx.put(CONDITION_HISTORIES, ConditionHistory(key=KEY, stays=(stay,)))
    return stay


async def observed(team: Team) -> LastObservation:
    report = REPORT
    assert (report.seller, report.asins) == (THIEF, (ASIN,))
    return await run_in_transaction(team.app.store, lambda tx: last_observation_of(tx, report))


async def test_who_sells_it_used_is_there_as_of_the_look_that_saw_it(team: Team) -> None:
    await team.look(offer(OWN, "24.99"))
    stay = await sells_used(team)
    known = await observed(team)
    assert (known.there, known.seen_at, known.first_seen) == (True, stay.seen_at, stay.since)


async def test_who_sells_it_new_too_is_there_as_of_the_look_at_new_offers(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await sells_used(team)
    known = await observed(team)
    assert (known.there, known.seen_at) == (True, team.clock.now)


async def test_who_sold_it_used_has_left_when_that_is_over(team: Team) -> None:
    await team.look(offer(OWN, "24.99"))
    stay = await sells_used(team, gone=True)
    known = await observed(team)
    assert (known.there, known.gone_at) == (False, stay.gone_at)


async def test_their_stay_counts_like_one_of_new_offers(team: Team) -> None:
    stay = await sells_used(team)
    [known] = await run_in_transaction(
        team.app.store, lambda tx: presences(tx, "US", THIEF, [ASIN])
    )
    assert (known.since, known.gone_at) == (stay.since, None)
