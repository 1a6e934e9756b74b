"""How many products are watched."""

from __future__ import annotations

from tests.unit.conftest import SECOND, Team, notice


async def test_it_says_how_many_products_are_watched(team: Team) -> None:
    assert notice(await team.type("/count")) == "2 products watched."
    await team.type(f"/unwatch {SECOND}")
    assert notice(await team.type("/count")) == "1 product watched."
