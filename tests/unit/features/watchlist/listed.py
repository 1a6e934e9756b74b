"""Listings of an account, and an account that tells them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.own_listings import ListingStatus, OwnListing, OwnListings, Progress
from bot.errors import SourceError
from tests.unit.conftest import OWN


def listing(
    sku: str,
    asin: str = "B0LISTED01",
    marketplace: str = "US",
    *,
    condition: str = "new",
    status: ListingStatus = ListingStatus.ACTIVE,
    seller: str = OWN,
    title: str = "",
) -> OwnListing:
    return OwnListing(
        seller=seller,
        sku=sku,
        asin=asin,
        marketplace=marketplace,
        condition=condition,
        status=status,
        title=title or f"Title of {sku}",
    )


def several(number: int, marketplace: str = "US") -> list[OwnListing]:
    return [listing(f"K-{each}", f"B{each:09}", marketplace) for each in range(number)]


class FakeAccount:
    """Tells what a test puts in."""

    def __init__(self, *listings: OwnListing) -> None:
        self.listings: dict[str, list[OwnListing]] = {}
        for each in listings:
            self.listings.setdefault(each.marketplace, []).append(each)
        self.hidden = 0
        """How many more are counted than listed."""
        self.marketplaces: tuple[str, ...] | SourceError = tuple(self.listings) or ("US",)
        self.errors: dict[str, SourceError] = {}
        self.asked: list[tuple[tuple[str, ...], str]] = []
        self.steps: list[tuple[int, int]] = []
        """What is told on the way."""

    async def sells_in(self, code: str) -> tuple[str, ...]:
        assert code == "US"
        if isinstance(self.marketplaces, SourceError):
            raise self.marketplaces
        return self.marketplaces

    async def own_listings(
        self, sellers: Sequence[str], code: str, progress: Progress
    ) -> OwnListings:
        self.asked.append((tuple(sellers), code))
        for read, total in self.steps:
            await progress(read, total)
        if code in self.errors:
            raise self.errors[code]
        found = tuple(self.listings.get(code, ()))
        return OwnListings(found, len(found) + self.hidden)
