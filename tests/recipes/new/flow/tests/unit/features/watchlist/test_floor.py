"""A price floor is set in a form."""

from __future__ import annotations

from bot.core.listing import Watch
from bot.features.watchlist.collections import WATCHES
from tests.unit.conftest import ASIN, Team, asked, notice, usd


async def test_the_product_has_the_floor(team: Team) -> None:
    form = asked(await team.type("/floor"))
    said = notice(await team.submit(form, {"product": ASIN, "floor": "20"}))
    assert said.endswith("below USD 20.00.")
    watch = await team.app.store.get(WATCHES, Watch.key_of("US", ASIN))
    assert watch is not None
    assert watch.floor == usd("20.00")


async def test_what_cannot_be_read_is_refused_beside_its_field(team: Team) -> None:
    form = asked(await team.type("/floor"))
    again = asked(await team.submit(form, {"product": "a pan", "floor": "20"}))
    assert list(again.errors) == ["product"]
    again = asked(await team.submit(form, {"product": ASIN, "floor": "much"}))
    assert list(again.errors) == ["floor"]
