"""A third party for tests that knows sellers and offers, or says why it does not."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.core.conditions import Condition
from bot.core.money import Money
from bot.core.router import Router
from bot.core.seller_facts import FactsBudget, OfferSighting, OffersReading, SellerReading
from bot.errors import SourceError
from bot.features.cases.resources import FACTS_SOURCE
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.unit.conftest import ASIN, SECOND, THIEF, Team, usd

TOLD = datetime(2026, 10, 12, 9, tzinfo=UTC)
THIEVES = SellerReading(
    seller=THIEF,
    marketplace="US",
    told_at=TOLD,
    first_seen=datetime(2024, 3, 2, tzinfo=UTC),
    name="BrightLeaf Store 88",
    business="Bright Leaf Trading Co., Ltd.",
    address=("18 Harbor Road", "Example City", "518000", "CN"),
    vat="GB 123 4567 89",
    phone="+1 (800) 123-4567",
    rating=67,
    ratings=3,
    rated_at=datetime(2026, 10, 13, 9, tzinfo=UTC),
    storefront=120,
    storefront_at=datetime(2026, 10, 9, 9, tzinfo=UTC),
    asins=(ASIN, SECOND, "B00M4KCH2A"),
)


def sighting(
    seller: str,
    price: str,
    stock: int | None = None,
    condition: Condition | None = Condition.NEW,
) -> OfferSighting:
    money: Money | None = usd(price) if price else None
    return OfferSighting(seller=seller, condition=condition, price=money, stock=stock)


@dataclass
class FakeFacts:
    """Knows what the test put in; ``trouble`` is why nothing can be told."""

    sellers: dict[str, SellerReading] = field(default_factory=lambda: {THIEF: THIEVES})
    listed: dict[str, OffersReading] = field(default_factory=dict)
    trouble: SourceError | None = None
    asked: list[str] = field(default_factory=list)
    waited_for: list[bool] = field(default_factory=list)
    name: str = "Keepa"
    simulated: bool = False
    budget: FactsBudget = field(default_factory=FactsBudget)

    def covers(self, marketplace: str) -> bool:
        return marketplace != "SE"

    async def seller(
        self, marketplace: str, seller: str, *, waited_for: bool = False
    ) -> SellerReading | None:
        self._ask(f"{marketplace} {seller}", waited_for)
        return self.sellers.get(seller)

    async def offers(
        self, marketplace: str, asin: str, *, waited_for: bool = False
    ) -> OffersReading | None:
        self._ask(f"{marketplace} {asin}", waited_for)
        return self.listed.get(asin)

    async def check(self) -> FactsBudget:
        return self.budget

    def _ask(self, about: str, waited_for: bool) -> None:
        self.asked.append(about)
        self.waited_for.append(waited_for)
        if self.trouble is not None:
            raise self.trouble


async def equip(team: Team, facts: FakeFacts | None) -> None:
    """Let the team's program ask this third party from now on."""
    resources = team.app.resources.having(FACTS_SOURCE, facts)
    team.app = dataclasses.replace(team.app, resources=resources)
    pace = PollingPolicy(timedelta(minutes=10), timedelta(minutes=1))
    team.monitor = ListingMonitor(team.app, team.source, pace)
    await team.monitor.load()
    team.router = Router(team.app, team.monitor)
