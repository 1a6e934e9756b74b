"""Offers from Amazon's Selling Partner API."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

import httpx
import msgspec

from adapters.amazon import account, listings, prices, summaries
from adapters.amazon.answers import Part, StatusLine, read_parts
from adapters.amazon.aplus import read_aplus
from adapters.amazon.batches import Ask, encode, payload_of, plan, query
from adapters.amazon.catalog import Catalog
from adapters.amazon.client import SpApiClient
from adapters.amazon.listing_states import ask_state, ask_states, read_states
from adapters.amazon.login import LOGIN_URL, Credentials, Login
from adapters.amazon.matching import match
from adapters.amazon.notifications import SCOPE, Notifications
from adapters.amazon.own_contents import own_contents
from adapters.amazon.own_listings import read_own_listings
from adapters.amazon.pages import PageReader
from adapters.amazon.performance import read_performance
from adapters.amazon.quota import Time
from adapters.amazon.reports import Reports
from adapters.amazon.searching import read_search, search_catalog
from adapters.amazon.snapshots import to_snapshot
from adapters.amazon.spoilers import Spoilers
from bot.core.account_health import HealthReading
from bot.core.aplus import AplusReading
from bot.core.catalog_search import CatalogPage
from bot.core.clocks import Clock, utc_now
from bot.core.competitive import PriceReading
from bot.core.competitive_summary import SummaryReading
from bot.core.listing import Watch
from bot.core.listing_content import ListingContent
from bot.core.listing_status import StatusReading
from bot.core.marketplaces import Marketplace
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.own_listings import OwnListings, Progress
from bot.core.page_content import PageReading
from bot.core.questions import OFFERS, Bucket, Operation
from bot.errors import QuotaExceeded, Refused, SourceError, Unavailable

TIMEOUT = 30.0
"""Seconds for one request with its whole answer."""
CONNECTIONS = 100
"""At once: more than may wait for answers in all regions, lest one waits for another to end."""
KEPT_OPEN = 30.0
"""Seconds for which an idle connection is kept: longer than the pause between two batches."""


LOCAL = ("all://127.0.0.1", "all://localhost")
"""This machine is asked directly: a proxy from the environment would be given the credentials."""


def endpoint_of(region: str) -> str:
    """Return the address of the API for a region: ``na``, ``eu`` or ``fe``."""
    return f"https://sellingpartnerapi-{region}.amazon.com"


class SpApiSource:
    """The offers that Amazon's Selling Partner API tells to one selling account.

    ``endpoint`` replaces the addresses of all regions, for a sandbox or a simulation; ``simulated``
    must be set for the latter. ``timeout`` is in seconds, for one request. ``transport`` carries
    the requests in place of sockets.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        login_url: str = LOGIN_URL,
        endpoint: str = "",
        simulated: bool = False,
        timeout: float = TIMEOUT,
        clock: Clock = utc_now,
        passing: Time | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Prepare one HTTP client for life; nothing is sent yet."""
        self.simulated = simulated
        self._endpoint = endpoint
        self._timeout = timeout
        self._clock = clock
        self._time = passing or Time()
        # Each request has its own limit in time, which counts more than the single steps do.
        limits = httpx.Limits(max_connections=CONNECTIONS, keepalive_expiry=KEPT_OPEN)
        direct = {} if transport else dict.fromkeys(LOCAL)
        self._http = httpx.AsyncClient(
            timeout=None,  # noqa: S113 (see above)
            limits=limits,
            mounts=direct,
            transport=transport,
        )
        self._login, self._grantless = (
            Login(
                self._http,
                login_url,
                credentials,
                timeout=timeout,
                monotonic=self._time.monotonic,
                scope=scope,
            )
            for scope in ("", SCOPE)
        )
        spoilers = Spoilers()
        self._catalog = Catalog(spoilers, simulated=simulated)
        self._pages = PageReader(spoilers, clock, simulated=simulated)
        self._clients: dict[str, SpApiClient] = {}

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Look at the watches; one reading for each, in their order. Never raises SourceError.

        A product that Amazon could not tell about at the moment is asked for once more.
        """
        readings: dict[int, Reading] = {}
        asks = [
            Ask(place, watch, market)
            for place, watch in enumerate(watches)
            if (market := Marketplace.find(watch.marketplace)) is not None
        ]
        again = await self._read_batches(asks, readings)
        await self._read_batches(again, readings)
        return [
            readings.get(place) or Reading(watch, _unknown_marketplace(watch.marketplace))
            for place, watch in enumerate(watches)
        ]

    def buckets(self, region: str, operations: Iterable[Operation] = OFFERS) -> list[Bucket]:
        """Return the quotas of some operations: those that tell offers, unless others are named."""
        return self._client(region).buckets(region, operations)

    async def ask(self, operation: Operation, watches: Sequence[Watch]) -> list[Reading]:
        """Send one request, once, about products of one marketplace; a reading for each.

        Raises:
            SourceError: the request failed as a whole, and says nothing about any product.
        """
        market = _market_of(watches)
        asks = [Ask(place, watch, market) for place, watch in enumerate(watches)]
        client = self._client(market.region)
        if operation.products == 1:
            parts = {asks[0].key: await _alone(client, operation, asks[0])}
        else:
            content = await client.post(operation, encode(asks), again=False)
            parts = dict(match(read_parts(content), asks))
        at = self._clock()
        return [_reading(ask, parts.get(ask.key), at) for ask in asks]

    def price_quota(self, region: str) -> Bucket:
        """Return the quota of cheap looks; see `bot.core.competitive.CompetitiveSource`."""
        [bucket] = self.buckets(region, (Operation.COMPETITIVE_PRICING,))
        return bucket

    async def competitive_prices(self, watches: Sequence[Watch]) -> list[PriceReading]:
        """Look at products cheaply; see `bot.core.competitive.CompetitiveSource`."""
        market = _market_of(watches)
        content = await prices.competitive_prices(self._client(market.region), watches, market)
        return prices.read_prices(content, watches, market, self._clock())

    def summary_quota(self, region: str) -> Bucket:
        """Return the quota of offers of all conditions; see `competitive_summaries`."""
        [bucket] = self.buckets(region, (Operation.COMPETITIVE_SUMMARY,))
        return bucket

    async def competitive_summaries(self, watches: Sequence[Watch]) -> list[SummaryReading]:
        """Ask for offers of all conditions; see `bot.core.competitive_summary.SummarySource`."""
        market = _market_of(watches)
        content = await summaries.ask_summaries(self._client(market.region), watches, market)
        return summaries.read_summaries(content, watches, market, self._clock())

    def page_quota(self, region: str) -> Bucket:
        """Return the quota of reading pages; see `bot.core.page_content.MeteredPageSource`."""
        [bucket] = self.buckets(region, (Operation.SEARCH_CATALOG,))
        return bucket

    async def page_contents(self, watches: Sequence[Watch]) -> list[PageReading]:
        """Read what pages say; see `bot.core.page_content.PageSource`."""
        market = _market_of(watches)
        return await self._pages.read(self._client(market.region), watches, market)

    def aplus_quota(self, region: str) -> Bucket:
        """Return the quota of A+ content; see `bot.core.aplus.AplusSource`."""
        [bucket] = self.buckets(region, (Operation.APLUS_RECORDS,))
        return bucket

    async def aplus_contents(self, watches: Sequence[Watch]) -> list[AplusReading]:
        """Read A+ content; see `bot.core.aplus.AplusSource`."""
        market = _market_of(watches)
        client = self._client(market.region)
        return [await read_aplus(client, watch, market, self._clock) for watch in watches]

    def search_quota(self, region: str) -> Bucket:
        """Return the quota of the catalogue; see `bot.core.catalog_search.CatalogSearch`."""
        [bucket] = self.buckets(region, (Operation.SEARCH_CATALOG,))
        return bucket

    async def search_catalog(
        self, code: str, keywords: str, *, brand: str = "", after: str = ""
    ) -> CatalogPage:
        """Search the catalogue; see `bot.core.catalog_search.CatalogSearch`."""
        market = _marketplace(code)
        client = self._client(market.region)
        content = await search_catalog(client, market, keywords, brand, after)
        return read_search(content, market, self._clock(), simulated=self.simulated)

    async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
        """Return products by ASIN in the marketplace with that code; unknown ones are absent.

        Raises:
            SourceError: Amazon answered nothing at all, or there is no such marketplace.
        """
        market = Marketplace.find(code)
        if market is None:
            raise _unknown_marketplace(code)
        return await self._catalog.ask(self._client(market.region), asins, market)

    async def asins_of(self, seller: str, skus: Sequence[str], code: str) -> dict[str, str]:
        """Return what products our SKUs are; see `bot.core.monitoring.ListingsSource`."""
        market = Marketplace.find(code)
        if market is None:
            raise _unknown_marketplace(code)
        return await listings.asins_of(self._client(market.region), seller, skus, market)

    async def own_contents(
        self, seller: str, watches: Sequence[Watch]
    ) -> Mapping[str, ListingContent]:
        """Return our own listing data; see `bot.core.own_content.OwnContentSource`."""
        market = _market_of(watches)
        return await own_contents(self._client(market.region), seller, watches, market)

    def status_quota(self, region: str) -> Bucket:
        """Return the quota of listing states; see `bot.core.listing_status.StatusSource`."""
        [bucket] = self.buckets(region, (Operation.SEARCH_LISTINGS,))
        return bucket

    async def listing_states(self, seller: str, watches: Sequence[Watch]) -> list[StatusReading]:
        """Ask how our listings are; see `bot.core.listing_status.StatusSource`."""
        market = _market_of(watches)
        content = await ask_states(self._client(market.region), seller, watches, market)
        return read_states(content, seller, watches, market, self._clock())

    def lone_status_quota(self, region: str) -> Bucket:
        """Return the quota of single listing states; see `bot.core.listing_status.StatusSource`."""
        [bucket] = self.buckets(region, (Operation.GET_LISTING,))
        return bucket

    async def lone_listing_state(self, seller: str, watch: Watch) -> StatusReading:
        """Ask how one listing is; see `bot.core.listing_status.StatusSource`."""
        market = _marketplace(watch.marketplace)
        return await ask_state(self._client(market.region), seller, watch, market, self._clock)

    async def sells_in(self, code: str) -> tuple[str, ...]:
        """Return where the account sells; see `bot.core.own_listings.AccountSource`."""
        market = _marketplace(code)
        return await account.sells_in(self._client(market.region), market.region)

    async def account_health(self, code: str) -> HealthReading:
        """Return how the account is rated; see `bot.core.account_health.AccountHealthSource`."""
        market = _marketplace(code)
        reports = self._reports(market.region)
        return read_performance(await reports.performance(market), market, self._clock())

    async def inactive_in(self, code: str) -> tuple[str, ...]:
        """Tell where nothing is on sale; see `bot.core.account_health.AccountHealthSource`."""
        market = _marketplace(code)
        return await account.inactive_in(self._client(market.region), market.region)

    async def own_listings(
        self, sellers: Sequence[str], code: str, progress: Progress
    ) -> OwnListings:
        """Return what the account sells; see `bot.core.own_listings.AccountSource`."""
        market = _marketplace(code)
        client = self._client(market.region)
        reports = self._reports(market.region)
        return await read_own_listings(client, reports, sellers, market, progress)

    def notifications(self, region: str) -> Notifications:
        """Return what sets up notifications in a region."""
        grantless = self._client_of(region, self._grantless)
        return Notifications(self._client(region), grantless)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._login.aclose()
        await self._grantless.aclose()
        await self._http.aclose()

    def _reports(self, region: str) -> Reports:
        client = self._client(region)
        return Reports(self._http, client, self._time, simulated=self.simulated)

    def _client(self, region: str) -> SpApiClient:
        client = self._clients.get(region)
        if client is None:
            client = self._clients[region] = self._client_of(region, self._login)
        return client

    def _client_of(self, region: str, login: Login) -> SpApiClient:
        endpoint = self._endpoint or endpoint_of(region)
        return SpApiClient(self._http, login, endpoint, timeout=self._timeout, passing=self._time)

    async def _read_batches(self, asks: list[Ask], readings: dict[int, Reading]) -> list[Ask]:
        """Put the readings in their places; return the asks that are worth another try."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._read_batch(batch, readings)) for batch in plan(asks)]
        return [ask for task in tasks for ask in task.result()]

    async def _read_batch(self, batch: list[Ask], readings: dict[int, Reading]) -> list[Ask]:
        client = self._client(batch[0].market.region)
        try:
            content = await client.post(batch[0].operation, encode(batch))
            parts = match(read_parts(content), batch)
        except SourceError as error:
            # The client has tried again already, as far as that makes sense.
            for ask in batch:
                readings[ask.place] = Reading(ask.watch, error)
            return []
        at = self._clock()
        for ask in batch:
            readings[ask.place] = _reading(ask, parts.get(ask.key), at)
        return [
            ask
            for ask in batch
            if isinstance(readings[ask.place].result, Unavailable | QuotaExceeded)
        ]


async def _alone(client: SpApiClient, operation: Operation, ask: Ask) -> Part:
    """Ask for one product; what Amazon refuses of it is told as in a part of a batch."""
    try:
        content = await client.get(operation, query(ask), path=ask.uri, again=False)
    except Refused as error:
        return Part(status=StatusLine(error.status), body=msgspec.Raw(error.body))
    return Part(status=StatusLine(HTTPStatus.OK), body=msgspec.Raw(content))


def _reading(ask: Ask, part: Part | None, at: datetime) -> Reading:
    raw = b"" if part is None else bytes(part.body)
    try:
        payload = payload_of(ask, part)
        digest = hashlib.sha256(raw).hexdigest()
        return Reading(ask.watch, to_snapshot(payload, ask.watch, ask.market, at, digest), raw)
    except SourceError as error:
        return Reading(ask.watch, error, raw)


def _market_of(watches: Sequence[Watch]) -> Marketplace:
    """Return the marketplace of products that are asked for together. Raises SourceError."""
    return _marketplace(watches[0].marketplace)


def _marketplace(code: str) -> Marketplace:
    """Return the marketplace with that code. Raises SourceError: there is none."""
    market = Marketplace.find(code)
    if market is None:
        raise _unknown_marketplace(code)
    return market


def _unknown_marketplace(code: str) -> SourceError:
    return SourceError(f"{code[:30]!r} is not one of Amazon's marketplaces.")
