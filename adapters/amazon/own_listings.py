"""All of our own listings in a marketplace: by search, and beyond what that shows by a report."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, decode
from adapters.amazon.listing_values import condition_of, listing_of
from adapters.amazon.reports import Reports
from bot.core.marketplaces import Marketplace
from bot.core.own_listings import ListingStatus, OwnListing, OwnListings, Progress
from bot.core.questions import Operation
from bot.errors import LoginError, Refused, SourceError

MOST_SEARCHED = 1000
"""SKUs that one search pages through (source: the model listingsItems_2021-08-01)."""
MOST_PAGES = 2 * MOST_SEARCHED // Operation.SEARCH_LISTINGS.products
"""Pages of one search; more of them go in a circle."""
BUYABLE = "BUYABLE"


class _OwnSummary(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    asin: str | None = None
    condition_type: str | None = None
    status: list[str] | None = None
    item_name: str | None = None


class _OwnItem(msgspec.Struct, frozen=True):
    sku: str | None = None
    summaries: list[_OwnSummary] | None = None


class _NextPage(msgspec.Struct, frozen=True, rename="camel"):
    next_token: str | None = None


class _Page(msgspec.Struct, frozen=True, rename="camel"):
    items: list[_OwnItem]
    number_of_results: int
    pagination: _NextPage | None = None

    @property
    def next_token(self) -> str:
        return (self.pagination.next_token or "") if self.pagination else ""


_read_page = msgspec.json.Decoder(_Page).decode


async def read_own_listings(
    client: SpApiClient,
    reports: Reports,
    sellers: Sequence[str],
    market: Marketplace,
    progress: Progress,
) -> OwnListings:
    """Return our listings under the first of our seller IDs that has any there.

    Raises:
        SourceError: Amazon did not answer about one of them, or lets us see none of them.
    """
    errors: list[SourceError] = []
    answered = None
    for seller in sellers:
        try:
            found = await _read(client, reports, seller, market, progress)
        except (LoginError, Refused) as error:
            # It may be our seller ID of another region, which this account does not speak for.
            errors.append(error)
            continue
        if found.listings:
            return found
        answered = found
    if answered is None:
        raise errors[0] if errors else SourceError(NO_SELLER)
    return answered


NO_SELLER = "Your seller ID is not set, so Amazon cannot be asked for your listings."


async def _read(
    client: SpApiClient,
    reports: Reports,
    seller: str,
    market: Marketplace,
    progress: Progress,
) -> OwnListings:
    search = _Search(client, seller, market, progress)
    first = await search.page("ASC")
    if first.number_of_results > MOST_SEARCHED:
        await progress(0, first.number_of_results)
        listings = await reports.listings(seller, market)
        return OwnListings(listings, len(listings))
    return await search.rest(first)


class _Search:
    """One search by SKU, read from both ends at the same time until they meet.

    Each page names the next one, so that the pages of one direction cannot be asked for at once;
    two directions use the quota where answers take longer than it asks for.
    """

    def __init__(
        self, client: SpApiClient, seller: str, market: Marketplace, progress: Progress
    ) -> None:
        self._client = client
        self._path = Operation.SEARCH_LISTINGS.path.format(quote(seller, safe=""))
        self._seller = seller
        self._market = market
        self._progress = progress
        self._found: dict[str, OwnListing] = {}
        self._counted = 0

    async def rest(self, first: _Page) -> OwnListings:
        """Read what follows the first page."""
        seen = await self._take(first)
        if first.next_token:
            backward: set[str] = set()
            goes_on = await self._both(first.next_token, seen, backward)
            if len(self._found) < self._counted and goes_on:
                # They did not meet: Amazon sorted by something else. Then one of them goes on.
                await self._follow("ASC", goes_on, seen, set())
        return OwnListings(tuple(self._found.values()), self._counted)

    async def page(self, order: str, token: str = "") -> _Page:
        """Ask for one page."""
        params = {
            "marketplaceIds": self._market.id,
            "includedData": "summaries",
            "sortBy": "sku",
            "sortOrder": order,
            "pageSize": str(Operation.SEARCH_LISTINGS.products),
        }
        if token:
            params["pageToken"] = token
        content = await self._client.get(Operation.SEARCH_LISTINGS, params, path=self._path)
        return decode(_read_page, content)

    async def _both(self, token: str, forward: set[str], backward: set[str]) -> str:
        """Read both directions until they meet; return where the first one would go on."""
        try:
            async with asyncio.TaskGroup() as group:
                ahead = group.create_task(self._follow("ASC", token, forward, backward))
                group.create_task(self._follow("DESC", "", backward, forward))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return ahead.result()

    async def _follow(self, order: str, token: str, mine: set[str], other: set[str]) -> str:
        """Read one direction until it meets the other one; return where it would go on."""
        for _ in range(MOST_PAGES):
            page = await self.page(order, token)
            skus = await self._take(page)
            mine |= skus
            if not skus.isdisjoint(other) or not page.next_token:
                return page.next_token
            if page.next_token == token:
                break
            token = page.next_token
        raise Unreadable(ENDLESS)

    async def _take(self, page: _Page) -> set[str]:
        self._counted = page.number_of_results
        listings = [listing for each in page.items if (listing := self._listing(each)) is not None]
        self._found |= {each.sku: each for each in listings}
        await self._progress(len(self._found), self._counted)
        return {each.sku for each in listings}

    def _listing(self, item: _OwnItem) -> OwnListing | None:
        here = (one for one in item.summaries or () if one.marketplace_id == self._market.id)
        summary = next(here, _OwnSummary())
        return listing_of(
            seller=self._seller,
            sku=item.sku,
            market=self._market,
            asin=summary.asin,
            title=summary.item_name,
            condition=condition_of(summary.condition_type),
            status=_status(summary.status),
        )


ENDLESS = "Amazon's list of your listings does not end."


def _status(told: list[str] | None) -> ListingStatus:
    if told is None:
        return ListingStatus.UNKNOWN
    return ListingStatus.ACTIVE if BUYABLE in told else ListingStatus.INACTIVE
