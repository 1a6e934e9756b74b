"""A product that Amazon does not know and never did is no outage; it is named apart."""

from __future__ import annotations

import pytest

from bot.core.collections import OUTAGES
from bot.core.listing import Watch
from bot.errors import LoginError, SkuRefused, SourceError, Unavailable, UnknownProduct
from bot.features.reviews.models.quarters import Quarter
from bot.features.reviews.service.facts import gather
from bot.features.watchlist.collections import STATUSES, WATCHES
from bot.features.watchlist.service.health import read_health
from bot.features.watchlist.service.outages import OutageWatch
from tests.unit.conftest import ASIN, OWN, SECOND, Team, card_text, offer

WRONG = "B0NOTEXIST"
KEY = f"US-{WRONG}"
UNKNOWN = UnknownProduct(f"Amazon does not know {WRONG} in the marketplace US.")
OURS = offer(OWN, "24.99")
QUARTER = Quarter(2026, 4)


async def watch_wrong(team: Team, error: SourceError = UNKNOWN) -> None:
    """See the two products of the team, and watch one that does not exist."""
    for asin in (ASIN, SECOND):
        await team.look(OURS, asin=asin)
    async with team.app.store.transaction() as tx:
        tx.put(WATCHES, Watch(asin=WRONG, marketplace="US", added_at=team.clock.now))
    await read_as(team, error)


async def read_as(team: Team, error: SourceError, asin: str = WRONG) -> None:
    team.source.results[f"US-{asin}"] = error
    watch = await team.app.store.get(WATCHES, f"US-{asin}")
    assert watch is not None
    await team.monitor.check([watch])


async def outages(team: Team) -> int:
    """Let an hour pass, in which the other products are seen, and count outages."""
    watching = OutageWatch(team.app)
    await watching.tick()
    team.clock.advance(minutes=61)
    for asin in (ASIN, SECOND):
        await team.look(OURS, asin=asin)
    await watching.tick()
    await team.dispatcher.deliver()
    return await team.app.store.count(OUTAGES)


async def test_it_is_no_outage_and_named_apart(team: Team) -> None:
    await watch_wrong(team)
    assert not await outages(team)
    health = card_text(await team.type("/health"))
    assert f"Amazon does not know 1 product: {WRONG} on amazon.com" in health
    assert "Checked 2 of 3 products" in health
    assert "Could not check: 0" in health
    assert "Could not check 1" not in health
    todo = card_text(await team.type("/todo"))
    assert f"Amazon does not know 1 product: {WRONG}" in todo
    listed = card_text(await team.type("/watches"))
    assert "Amazon does not know it" in listed


async def test_the_digest_names_it_apart(team: Team) -> None:
    await watch_wrong(team)
    digest = card_text(await team.type("/digest"))
    assert f"Amazon does not know 1 product: {WRONG} on amazon.com." in digest


async def test_the_review_does_not_count_it_as_unseen(team: Team) -> None:
    await watch_wrong(team)
    assert (await gather(team.app, QUARTER)).unseen == []
    await read_as(team, SourceError("Unreadable."))
    assert [each.name for each in (await gather(team.app, QUARTER)).unseen] == [WRONG]


async def test_a_product_that_was_seen_and_becomes_unknown_could_not_be_checked(
    team: Team,
) -> None:
    await watch_wrong(team)
    await team.look(OURS, asin=WRONG)
    await read_as(team, UNKNOWN)
    health = await read_health(team.app)
    assert [watch.asin for watch, _ in health.failing] == [WRONG]
    assert health.unknown == []
    assert await outages(team) == 1


@pytest.mark.parametrize(
    "error", [Unavailable("Down."), LoginError("No login."), SkuRefused("No such SKU.", "A-1")]
)
async def test_what_says_nothing_about_the_product_makes_no_outage_of_it(
    team: Team, error: SourceError
) -> None:
    await watch_wrong(team)
    await read_as(team, error)
    assert [watch.asin for watch, _ in (await read_health(team.app)).unknown] == [WRONG]


async def test_what_fails_otherwise_has_failed_since_then(team: Team) -> None:
    await watch_wrong(team)
    team.clock.advance(days=3)
    await read_as(team, SourceError("Unreadable."))
    status = await team.app.store.get(STATUSES, KEY)
    assert status is not None
    assert (status.unknown, status.failing_since) == (False, team.clock.now)


async def test_what_was_never_told_of_is_an_outage_as_before(team: Team) -> None:
    await watch_wrong(team, Unavailable("Down."))
    assert await outages(team) == 1


async def test_many_are_counted_and_some_named(team: Team) -> None:
    await watch_wrong(team)
    for number in range(4):
        async with team.app.store.transaction() as tx:
            tx.put(
                WATCHES, Watch(asin=f"B00000000{number}", marketplace="DE", added_at=team.clock.now)
            )
        team.source.results[f"DE-B00000000{number}"] = UNKNOWN
    watches = [await team.app.store.get(WATCHES, f"DE-B00000000{number}") for number in range(4)]
    await team.monitor.check([each for each in watches if each])
    said = (await read_health(team.app)).strange
    assert said.startswith("Amazon does not know 5 products: B000000000 on amazon.de, ")
    assert said.endswith(", 2 more")
