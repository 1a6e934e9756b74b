"""What is written down of a look: what is news, and now and then that it was looked at."""

from __future__ import annotations

from bot.features.watchlist.collections import STATUSES
from tests.unit.conftest import ASIN, OWN, THIEF, Team, offer

KEY = f"US-{ASIN}"


async def seen_ago(team: Team) -> float:
    """Return how many seconds before now the status says that the product was looked at."""
    status = await team.app.store.get(STATUSES, KEY)
    assert status
    assert status.seen_at
    return (team.clock.now - status.seen_at).total_seconds()


async def test_that_it_was_looked_at_is_written_once_a_minute(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    for expected in (20, 40, 0, 20):
        team.clock.advance(seconds=20)
        await team.look(offer(OWN, "49.90"))
        assert await seen_ago(team) == expected


async def test_what_is_new_is_written_at_once(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    team.clock.advance(seconds=5)
    await team.look(offer(OWN, "49.90"), offer(THIEF, "30"))
    team.clock.advance(seconds=5)
    await team.look(offer(OWN, "49.90"))
    status = await team.app.store.get(STATUSES, KEY)
    assert status
    assert status.hurry
    assert await seen_ago(team) == 0


async def test_a_clock_that_was_set_back_is_written_down(team: Team) -> None:
    await team.look(offer(OWN, "49.90"))
    team.clock.advance(seconds=-30)
    await team.look(offer(OWN, "49.90"))
    assert await seen_ago(team) == 0
