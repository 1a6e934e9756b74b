"""How many products are watched, in the log."""

from __future__ import annotations

import structlog.testing

from bot.features.watchlist.service.tally import ProductTally
from tests.unit.conftest import Team


async def test_it_writes_how_many_products_are_watched(team: Team) -> None:
    with structlog.testing.capture_logs() as lines:
        await ProductTally(team.app).tick()
    assert [line["products"] for line in lines] == [2]
