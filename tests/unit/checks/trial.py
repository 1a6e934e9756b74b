"""A program that watches an Amazon for days, in virtual time and without a socket."""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import httpx

from adapters.amazon.login import Credentials
from adapters.amazon.quota import Time
from adapters.amazon.sp_api import SpApiSource
from adapters.scheduling.cadence import CronCadences
from adapters.simulator.quota import Operation as Served
from adapters.simulator.quota import Quotas
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS, FEATURES
from bot.bootstrap.timetable import TICK
from bot.core.context import AppContext, Brand
from bot.core.links import Links
from bot.core.listing import Watch, WatchStatus
from bot.core.monitoring import OfferSource, Reading
from bot.core.outbox import Outbox
from bot.core.questions import Bucket, Operation
from bot.features.watchlist.collections import SKU_CHECKS, STATUSES, WATCHES
from bot.features.watchlist.models.skus import SkuCheck, SkuVerdict
from checks.monitor import ListingMonitor
from checks.planner import Planner, next_questions
from checks.timing import PollingPolicy
from tests.fakes import MemoryEvidence, RecordingEngine

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
OWN = "A3ALDERFINCH01"
PERIOD = timedelta(minutes=10)
CONFIRM_AFTER = timedelta(minutes=1)
PACE = PollingPolicy(PERIOD, CONFIRM_AFTER)
AUTO = PollingPolicy(None, CONFIRM_AFTER)
AT_ONCE = (
    Served.SEARCH_CATALOG,
    Served.COMPETITIVE_PRICING,
    Served.COMPETITIVE_SUMMARY,
    Served.APLUS_RECORDS,
)


@dataclass
class Amazon:
    """Answers in process, keeps its quotas, and remembers when it was asked about what."""

    slow: float = 0.2
    """Seconds before an answer."""
    doubtful: float = 0.0
    """The share of the readings that show no offers, which has to be confirmed."""
    reads: dict[str, list[float]] = field(default_factory=dict)
    glances: dict[str, list[float]] = field(default_factory=dict)
    """When a product was looked at cheaply."""
    strangers: list[tuple[str, str, float]] = field(default_factory=list)
    """Who comes to which product, at which second."""
    summaries: dict[str, list[float]] = field(default_factory=dict)
    """When each product was asked for in all conditions."""
    miscounted: set[str] = field(default_factory=set)
    """Products of which the cheap look counts an offer too many."""
    pages: Callable[[str, float], dict[str, object]] | None = None
    """What the catalogue says of a product at a second; None: it knows none."""
    suppressed: dict[str, float] = field(default_factory=dict)
    """SKUs that are taken down, and from which second on."""
    statuses: list[int] = field(default_factory=list)
    """SKUs in each question after how our listings are."""
    aplus: list[str] = field(default_factory=list)
    """Products whose A+ content was asked for."""
    prices_down: bool = False
    """Cheap looks are answered with an error page."""
    doubts: dict[str, float] = field(default_factory=dict)
    """When a product was last seen without offers, and not confirmed yet."""
    waits: list[float] = field(default_factory=list)
    """Seconds from when each confirmation was due to when it was asked."""
    requests: list[int] = field(default_factory=list)
    """Products in each request."""
    refused: int = 0
    """Requests beyond the quota."""
    logins: int = 0
    login_refused: bool = False
    denied: str | None = None
    """The details with which it refuses access behind the login; None: it grants it."""
    down_in: str = ""
    """The region in which it answers with an error page."""
    failed: int = 0
    """Requests answered so."""
    open_answers: int = 0
    most_open: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        """Fill the buckets."""
        time = asyncio.get_running_loop().time
        self._quotas_of = defaultdict[str, Quotas](lambda: Quotas(1.0, time))

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        path = request.url.raw_path.decode().partition("?")[0]
        now = asyncio.get_running_loop().time()
        if path.endswith("/token"):
            self.logins += 1
            if self.login_refused:
                return _answer({"error": "invalid_grant"}, 400)
            return _answer({"access_token": "Atza|1", "expires_in": 3600})
        operation = _operation(path)
        if (refusal := self._refusal(request.url.host, operation)) is not None:
            return refusal
        if operation is Served.SEARCH_LISTINGS:
            return await self._listings(request.url.params)
        if operation in AT_ONCE:
            answer = self._at_once(operation, request, now)
            if self.pages and operation is Served.SEARCH_CATALOG:
                # It shows what was so when it was asked for.
                await asyncio.sleep(self.slow)
            return answer
        if request.method == "GET":
            body: object = {
                "payload": self._payload(path, request.url.params["MarketplaceId"], now)
            }
            self.requests.append(1)
        else:
            parts = json.loads(request.content)["requests"]
            self.requests.append(len(parts))
            body = {"responses": [self._part(part, now) for part in parts]}
        self.open_answers += 1
        self.most_open = max(self.most_open, self.open_answers)
        try:
            await asyncio.sleep(self.slow)
        finally:
            self.open_answers -= 1
        return _answer(body)

    def _refusal(self, host: str, operation: Served) -> httpx.Response | None:
        if not self._quotas_of[host].take(operation):
            self.refused += 1
            return httpx.Response(429, stream=httpx.ByteStream(b""))
        if self.denied is not None:
            error = {"code": "Unauthorized", "message": "Denied.", "details": self.denied}
            return _answer({"errors": [error]}, 403)
        if self.down_in and f"-{self.down_in}." in host:
            self.failed += 1
            return _answer("", 503)
        return None

    def _at_once(self, operation: Served, request: httpx.Request, now: float) -> httpx.Response:
        """Answer what is no look at offers."""
        if operation is Served.COMPETITIVE_SUMMARY:
            return self._summaries(json.loads(request.content)["requests"], now)
        if operation is Served.APLUS_RECORDS:
            self.aplus.append(request.url.params["asin"])
            return _answer({"publishRecordList": []})
        if operation is Served.SEARCH_CATALOG:
            asins = request.url.params["identifiers"].split(",")
            return _answer({"items": [self.pages(asin, now) for asin in asins if self.pages]})
        if self.prices_down:
            return _answer("", 503)
        return _answer({"payload": self._prices(request.url.params, now)})

    def _summaries(self, parts: Sequence[Mapping[str, str]], now: float) -> httpx.Response:
        """Tell that nobody offers anything that is not new."""
        told = []
        for part in parts:
            asin, marketplace = part["asin"], part["marketplaceId"]
            self.summaries.setdefault(f"{marketplace} {asin}", []).append(now)
            body = {"asin": asin, "marketplaceId": marketplace, "lowestPricedOffers": []}
            told.append({"status": {"statusCode": 200}, "body": body})
        return _answer({"responses": told})

    def _prices(self, params: Mapping[str, str], now: float) -> list[dict[str, object]]:
        """Tell how many offers there are, and who holds the Buy Box."""
        told: list[dict[str, object]] = []
        for asin in params["Asins"].split(","):
            key = f"{params['MarketplaceId']} {asin}"
            self.glances.setdefault(key, []).append(now)
            others = len(self.strangers_on(asin, now)) + (asin in self.miscounted)
            count = [{"condition": "New", "Count": 1 + others}]
            pricing = {"CompetitivePrices": [], "NumberOfOfferListings": count}
            product = {"CompetitivePricing": pricing}
            told.append({"ASIN": asin, "status": "Success", "Product": product})
        return told

    async def _listings(self, params: Mapping[str, str]) -> httpx.Response:
        """Tell how our listings are, as they are when the answer is written."""
        now = asyncio.get_running_loop().time()
        asked = params["identifiers"].split(",")
        self.statuses.append(len(asked))
        items = [self._listing(sku, params["marketplaceIds"], now) for sku in asked]
        await asyncio.sleep(self.slow)
        return _answer({"numberOfResults": len(items), "items": items})

    def _listing(self, sku: str, marketplace: str, now: float) -> dict[str, object]:
        down = self.suppressed.get(sku, math.inf) <= now
        summary = {
            "marketplaceId": marketplace,
            "productType": "KITCHEN",
            "status": [] if down else ["BUYABLE", "DISCOVERABLE"],
        }
        actions = [{"action": "LISTING_SUPPRESSED"}]
        issue = {
            "code": "18155",
            "severity": "ERROR",
            "enforcements": {"actions": actions, "exemption": {"status": "NOT_EXEMPT"}},
        }
        return {"sku": sku, "summaries": [summary], "issues": [issue] if down else []}

    def strangers_on(self, asin: str, now: float) -> list[str]:
        """Return who else offers a product."""
        return [seller for name, seller, since in self.strangers if name == asin and since <= now]

    def _part(self, part: Mapping[str, str], now: float) -> dict[str, object]:
        payload = self._payload(part["uri"], part["MarketplaceId"], now)
        echo = {"uri": part["uri"], "MarketplaceId": part["MarketplaceId"]}
        return {"status": {"statusCode": 200}, "request": echo, "body": {"payload": payload}}

    def _payload(self, uri: str, marketplace: str, now: float) -> dict[str, object]:
        kind, name = uri.split("/")[-3:-1]
        asin = unquote(name)
        key = f"{marketplace} {asin}"
        self.reads.setdefault(key, []).append(now)
        doubted = self.doubts.pop(key, None)
        if doubted is not None:
            self.waits.append(now - doubted - CONFIRM_AFTER.total_seconds())
        empty = doubted is None and self._chance.random() < self.doubtful
        if empty:
            self.doubts[key] = now
        others = [_offer_of(seller) for seller in self.strangers_on(asin, now)]
        summary = {**_SUMMARY, "TotalOfferCount": 1 + len(others)}
        return {
            "ASIN" if kind == "items" else "SKU": asin,
            "status": "Success",
            "marketplaceId": marketplace,
            "Summary": _NOTHING if empty else summary,
            "Offers": [] if empty else [_offer_of(OWN), *others],
        }


_PRICE = {"CurrencyCode": "EUR", "Amount": 10}
_BOX = {"condition": "new", "sellerId": OWN, "LandedPrice": _PRICE}
_SUMMARY = {"TotalOfferCount": 1, "BuyBoxPrices": [_BOX]}
_NOTHING = {"TotalOfferCount": 0, "BuyBoxPrices": []}
_SERVED = {
    "competitiveSummary": Served.COMPETITIVE_SUMMARY,
    "competitivePrice": Served.COMPETITIVE_PRICING,
    "itemOffers": Served.ITEM_OFFERS_BATCH,
    "listingOffers": Served.LISTING_OFFERS_BATCH,
    "items": Served.ITEM_OFFERS,
    "listings": Served.LISTING_OFFERS,
}


def _offer_of(seller: str) -> dict[str, object]:
    return {
        "SellerId": seller,
        "SubCondition": "new",
        "ListingPrice": _PRICE,
        "Shipping": _PRICE,
    }


def _answer(body: object, status: int = 200) -> httpx.Response:
    return httpx.Response(status, stream=httpx.ByteStream(json.dumps(body).encode()))


def _operation(path: str) -> Served:
    if path.startswith("/catalog/"):
        return Served.SEARCH_CATALOG
    if path.startswith("/aplus/"):
        return Served.APLUS_RECORDS
    if path.startswith("/listings/"):
        return Served.SEARCH_LISTINGS
    return next(_SERVED[part] for part in reversed(path.split("/")) if part in _SERVED)


class OffersAlone:
    """A source that knows nothing but offers and names."""

    simulated = True

    def __init__(self, source: SpApiSource) -> None:
        """Ask ``source``."""
        self.read, self.products = source.read, source.products
        self._source = source

    def buckets(self, region: str) -> Sequence[Bucket]:
        """Return the quotas of the operations that tell offers."""
        return self._source.buckets(region)

    async def ask(self, operation: Operation, watches: Sequence[Watch]) -> list[Reading]:
        """Send one request; see `bot.core.questions.MeteredSource`."""
        return await self._source.ask(operation, watches)


@dataclass(frozen=True)
class Team:
    """A program that watches, and the Amazon that it asks."""

    app: AppContext
    monitor: ListingMonitor
    amazon: Amazon
    source: OfferSource
    pace: PollingPolicy
    open_source: Callable[[], OfferSource]

    def again(self) -> ListingMonitor:
        """Return another program over the same data, as after a restart."""
        return ListingMonitor(self.app, self.open_source(), self.pace)

    async def work(self, seconds: float) -> None:
        """Let so much time pass while what is due is asked for."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await self.monitor.tick()
            await asyncio.sleep(TICK.total_seconds())


def clock() -> datetime:
    """Tell the moment of the running virtual loop."""
    return START + timedelta(seconds=asyncio.get_running_loop().time())


@asynccontextmanager
async def watching(
    amazon: Amazon,
    watches: Sequence[Watch],
    statuses: Sequence[WatchStatus] = (),
    plan: Planner = next_questions,
    pace: PollingPolicy = PACE,
    *,
    beside: bool = False,
) -> AsyncIterator[Team]:
    """Open a program that watches the products; run it with ``tests.virtual.run``.

    It asks for offers alone, or for all else ``beside`` them too, which takes much longer.
    """
    loop = asyncio.get_running_loop()
    sources: list[SpApiSource] = []

    def open_source() -> OfferSource:
        source = SpApiSource(
            Credentials("id", "secret", "token"),
            login_url="https://api.amazon.com/auth/o2/token",
            simulated=True,
            clock=clock,
            passing=Time(loop.time, asyncio.sleep),
            transport=httpx.MockTransport(amazon),
        )
        sources.append(source)
        return source if beside else OffersAlone(source)

    with tempfile.TemporaryDirectory() as folder:
        store = await TinyStore.open(Path(folder), COLLECTIONS)
        app = AppContext(
            store=store,
            scheduler=RecordingEngine(),
            clock=clock,
            monotonic=loop.time,
            brand=Brand(name="Ours", own_sellers=frozenset({OWN}), home="DE", simulated=True),
            links=Links(),
            evidence=MemoryEvidence(),
            outbox=Outbox(clock, ("web",), simulated=True),
            stale_after=3 * PERIOD,
            features=FEATURES,
            cadences=CronCadences(),
        )
        async with store.transaction() as tx:
            for watch in watches:
                tx.put(WATCHES, watch)
                if watch.sku:
                    right = SkuVerdict.RIGHT
                    tx.put(
                        SKU_CHECKS, SkuCheck(key=watch.key, sku=watch.sku, verdict=right, at=START)
                    )
            for status in statuses:
                tx.put(STATUSES, status)
        asked = open_source()
        monitor = ListingMonitor(app, asked, pace, plan)
        await monitor.load()
        try:
            yield Team(app, monitor, amazon, asked, pace, open_source)
        finally:
            await monitor.stop()
            for source in sources:
                await source.aclose()
            await store.close()


def products(count: int, codes: Sequence[str] = ("DE",), sku: str = "") -> list[Watch]:
    """Return watches, spread over the marketplaces; ``sku`` begins their own SKUs, if any."""
    return [
        Watch(
            asin=f"B{number:09}",
            marketplace=codes[number % len(codes)],
            title=f"Product {number}",
            sku=f"{sku}{number}" if sku else "",
            added_at=START,
        )
        for number in range(count)
    ]


def minutes_between(amazon: Amazon, count: int) -> float:
    """Return the mean minutes between two looks at the same product after the first of each."""
    assert len(amazon.reads) == count
    gaps = [
        later - earlier
        for moments in amazon.reads.values()
        for earlier, later in itertools.pairwise(moments[1:])
    ]
    if not gaps:  # Too short for a second round.
        gaps = [moments[1] - moments[0] for moments in amazon.reads.values() if moments[1:]]
    return statistics.fmean(gaps) / 60
