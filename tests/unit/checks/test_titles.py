"""The titles of products that have none: what is told is kept, and nobody is asked in vain."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.listing import Watch
from bot.core.monitoring import CatalogProduct
from bot.errors import AccessRefused, LoginError, SourceError, Unavailable
from bot.features.watchlist.collections import WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import FakeSource
from tests.unit.checks.trial import CONFIRM_AFTER, PERIOD
from tests.unit.conftest import Team

MANY = 250


class Nameless(FakeSource):
    """Fails for whatever marketplaces a test says."""

    def __init__(self, errors: dict[str, SourceError]) -> None:
        super().__init__()
        self.errors = errors
        self.titled: list[str] = []

    async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
        self.titled.append(code)
        if code in self.errors:
            raise self.errors[code]
        return {asin: CatalogProduct(f"Pan {asin}") for asin in asins}


async def titled(team: Team, **errors: SourceError) -> tuple[Nameless, int]:
    """Watch products in two regions without titles and ask for these; return how many got one."""
    watches = [
        Watch(asin=f"B{number:09}", marketplace=code, added_at=team.clock.now)
        for code in ("DE", "US")
        for number in range(MANY)
    ]
    async with team.app.store.transaction() as tx:
        for watch in watches:
            tx.put(WATCHES, watch)
    source = Nameless(errors)
    monitor = ListingMonitor(team.app, source, PollingPolicy(PERIOD, CONFIRM_AFTER))
    await monitor.catalog.tick()
    found = [await team.app.store.get(WATCHES, watch.key) for watch in watches]
    return source, sum(1 for watch in found if watch and watch.title)


async def test_a_region_that_lets_nobody_in_is_asked_once(team: Team) -> None:
    for error in (AccessRefused("No role."), LoginError("No login.")):
        source, named = await titled(team, DE=error)
        assert source.titled.count("DE") == 1
        assert named == MANY


async def test_what_passes_by_itself_costs_its_own_products_alone(team: Team) -> None:
    source, named = await titled(team, DE=Unavailable("Down."))
    assert source.titled.count("DE") > 1
    assert named == MANY
