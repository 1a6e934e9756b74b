"""The marketplace as a server on the loopback interface."""

import time
from collections import deque
from collections.abc import Callable
from random import Random
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl

from aiohttp import web

from adapters.simulator.account import AccountHandlers
from adapters.simulator.account_routes import AccountRoutes
from adapters.simulator.aplus import AplusRoutes
from adapters.simulator.faults import Faults
from adapters.simulator.gateway import Gateway, LogEntry, Plan
from adapters.simulator.handlers import Handlers
from adapters.simulator.keepa import KEY, PREFIX, KeepaRoutes, KeepaTokens
from adapters.simulator.login import Credentials, Denial, Login
from adapters.simulator.notification_queue import SimulatedQueue
from adapters.simulator.notification_routes import NotificationRoutes
from adapters.simulator.outages import denied, json_response, refusal
from adapters.simulator.pages import Pages
from adapters.simulator.questions import (
    read_batch,
    read_catalog,
    read_listing,
    read_listings,
    read_offers,
    read_prices,
)
from adapters.simulator.quota import Operation, Quotas
from adapters.simulator.scenario import Scenario
from adapters.simulator.searching import CatalogSearches, read_keywords
from adapters.simulator.summaries import Summaries
from adapters.simulator.summary_questions import URI as SUMMARY_URI
from adapters.simulator.wire.common import encode
from adapters.simulator.world import ScenarioClock, WallClock, World
from bot.core.clocks import utc_now

HOST = "127.0.0.1"
LARGEST_BODY = 256 * 1024


class Marketplace:
    """A simulated marketplace: `async with Marketplace(scenario) as m:` serves at `m.base_url`.

    - `clock` tells scenario time; by default it starts now and runs as fast as the wall clock.
    - `port` 0 takes any free port.
    - `expires_in` is the life of an access token in real seconds, told by `monotonic`.
    - `quota_scale` multiplies Amazon's request rates; None lifts the quotas.
    - `seed` decides what SHUFFLED_TIES does.

    `faults` is the switchboard for tests, and `slow_down` lets each answer take its time;
    `notifications` is the queue that the world's events and tests of notifications come to. Raises
    OSError when the port is taken.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        clock: ScenarioClock | None = None,
        credentials: Credentials | None = None,
        port: int = 0,
        expires_in: int = 3600,
        quota_scale: float | None = 1.0,
        monotonic: Callable[[], float] = time.monotonic,
        seed: int = 0,
    ) -> None:
        self.clock = clock or WallClock(utc_now())
        self.credentials = credentials or Credentials()
        self.world = World(scenario)
        self.faults = Faults(scenario.faults)
        self._login = Login(self.credentials, expires_in, monotonic)
        chance = Random(seed)  # noqa: S311 - it shuffles offers and keeps no secret
        self._handlers = Handlers(self.world, self.faults, utc_now, chance)
        self._searches = CatalogSearches(self.world, self.faults)
        self._summaries = Summaries(self.world, self.faults)
        self._pages = Pages(self.world)
        quotas = Quotas(quota_scale, monotonic)
        self._gateway = Gateway(self.clock, self.faults, self._login, quotas)
        account = AccountHandlers(self.world, self.faults, utc_now)
        self._account = AccountRoutes(self._gateway, account, lambda: self.base_url)
        self._aplus = AplusRoutes(self._gateway, self.world, self.faults)
        tokens = KeepaTokens(quota_scale, monotonic)
        self._keepa = KeepaRoutes(self.world, self.faults, self._gateway, tokens, utc_now)
        self.notifications = SimulatedQueue(self.world, self.clock)
        self._notifications = NotificationRoutes(self._gateway, self.notifications.send_test)
        self._port = port
        self._runner = web.AppRunner(
            self._app(), handler_cancellation=True, access_log=None, shutdown_timeout=1.0
        )

    @property
    def base_url(self) -> str:
        """Where it serves, without a slash at the end. Valid while it is running."""
        return f"http://{HOST}:{self._port}"

    @property
    def keepa_url(self) -> str:
        """Where its Keepa serves, which takes the key `keepa_key`."""
        return f"{self.base_url}{PREFIX}"

    @property
    def keepa_key(self) -> str:
        """The one key that its Keepa takes."""
        return KEY

    @property
    def log(self) -> deque[LogEntry]:
        """The latest requests, oldest first."""
        return self._gateway.log

    def slow_down(self, seconds: float) -> None:
        """Let each answer take so many real seconds, half of them on the request's way here."""
        self._gateway.latency = seconds

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._gateway.closing.set()
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY)
        pricing = "/products/pricing/v0"
        app.router.add_post("/auth/o2/token", self._token)
        app.router.add_post(f"/batches{pricing}/itemOffers", self._item_offers)
        app.router.add_post(f"/batches{pricing}/listingOffers", self._listing_offers)
        app.router.add_get(f"{pricing}/items/{{key}}/offers", self._item_offers_alone)
        app.router.add_get(f"{pricing}/listings/{{key}}/offers", self._listing_offers_alone)
        app.router.add_get(f"{pricing}/competitivePrice", self._competitive_price)
        app.router.add_post(f"/batches{SUMMARY_URI}", self._competitive_summary)
        app.router.add_get("/catalog/2022-04-01/items", self._catalog)
        app.router.add_get("/listings/2021-08-01/items/{seller}", self._listings)
        app.router.add_get("/listings/2021-08-01/items/{seller}/{sku}", self._listing)
        self._account.add_to(app.router)
        self._aplus.add_to(app.router)
        self._keepa.add_to(app.router)
        self._notifications.add_to(app.router)
        app.router.add_get("/dp/{asin}", self._product_page)
        app.router.add_get("/sp", self._seller_page)
        app.router.add_get("/images/{asin}.svg", self._picture)
        app.router.add_get("/report/{door}", self._report_page)
        app.router.add_get("/ap/signin", self._login_page)
        app.router.add_get("/errors/validateCaptcha", self._captcha_page)
        app.router.add_get("/errors/503", self._dog_page)
        return app

    async def _token(self, request: web.Request) -> web.StreamResponse:
        def read(body: bytes) -> Plan:
            form = dict(parse_qsl(body.decode(errors="replace")))
            return Plan((), lambda _now: self._login_answer(form))

        return await self._gateway.serve(request, Operation.TOKEN, read)

    def _login_answer(self, form: dict[str, str]) -> web.Response:
        outcome = self._login.grant(form)
        if not isinstance(outcome, Denial):
            return json_response(200, encode(outcome))
        return json_response(401 if outcome.error == "invalid_client" else 400, encode(outcome))

    async def _item_offers(self, request: web.Request) -> web.StreamResponse:
        return await self._batch(request, Operation.ITEM_OFFERS_BATCH, by_sku=False)

    async def _listing_offers(self, request: web.Request) -> web.StreamResponse:
        return await self._batch(request, Operation.LISTING_OFFERS_BATCH, by_sku=True)

    async def _batch(
        self, request: web.Request, operation: Operation, *, by_sku: bool
    ) -> web.StreamResponse:
        def read(body: bytes) -> Plan:
            questions = read_batch(body, "listings" if by_sku else "items")
            asins = tuple(self._handlers.asin_of(item.key, by_sku=by_sku) for item in questions)
            return Plan(
                asins,
                lambda now: json_response(
                    200, encode(self._handlers.offers(questions, now, by_sku=by_sku))
                ),
            )

        return await self._gateway.serve(request, operation, read)

    async def _item_offers_alone(self, request: web.Request) -> web.StreamResponse:
        return await self._alone(request, Operation.ITEM_OFFERS, by_sku=False)

    async def _listing_offers_alone(self, request: web.Request) -> web.StreamResponse:
        return await self._alone(request, Operation.LISTING_OFFERS, by_sku=True)

    async def _alone(
        self, request: web.Request, operation: Operation, *, by_sku: bool
    ) -> web.StreamResponse:
        def read(_body: bytes) -> Plan:
            question = read_offers(request.match_info["key"], request.query)

            def answer(now: float) -> web.Response:
                status, body = self._handlers.offers_of(question, now, by_sku=by_sku)
                return json_response(status.value, encode(body))

            return Plan((self._handlers.asin_of(question.key, by_sku=by_sku),), answer)

        return await self._gateway.serve(request, operation, read)

    async def _competitive_price(self, request: web.Request) -> web.StreamResponse:
        def read(_body: bytes) -> Plan:
            question = read_prices(request.query)
            asins = tuple(
                self._handlers.asin_of(key, by_sku=question.by_sku) for key in question.keys
            )
            return Plan(
                asins, lambda now: json_response(200, encode(self._handlers.prices(question, now)))
            )

        return await self._gateway.serve(request, Operation.COMPETITIVE_PRICING, read)

    async def _competitive_summary(self, request: web.Request) -> web.StreamResponse:
        return await self._gateway.serve(
            request, Operation.COMPETITIVE_SUMMARY, self._summaries.plan
        )

    async def _catalog(self, request: web.Request) -> web.StreamResponse:
        if "keywords" in request.query:
            return await self._search(request)

        def read(_body: bytes) -> Plan:
            question = read_catalog(request.query)
            return Plan(
                question.asins,
                lambda now: json_response(
                    200, encode(self._handlers.catalog(question, now, self.base_url))
                ),
            )

        return await self._gateway.serve(request, Operation.SEARCH_CATALOG, read)

    async def _search(self, request: web.Request) -> web.StreamResponse:
        def read(_body: bytes) -> Plan:
            question = read_keywords(request.query)
            return Plan(
                (),
                lambda now: json_response(
                    200, encode(self._searches.search(question, now, self.base_url))
                ),
            )

        return await self._gateway.serve(request, Operation.SEARCH_CATALOG, read)

    async def _listings(self, request: web.Request) -> web.StreamResponse:
        if "identifiers" not in request.query:
            return await self._account.search(request)

        def read(_body: bytes) -> Plan:
            question = read_listings(request.match_info["seller"], request.query)

            def answer(now: float) -> web.Response:
                found = self._handlers.listings(question, now)
                if found is None:
                    return denied()
                return json_response(200, encode(found))

            asins = (self._handlers.asin_of(sku, by_sku=True) for sku in question.skus)
            return Plan(tuple(asins), answer)

        return await self._gateway.serve(request, Operation.SEARCH_LISTINGS, read)

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        def read(_body: bytes) -> Plan:
            seller, sku = request.match_info["seller"], request.match_info["sku"]
            question = read_listing(seller, sku, request.query)

            def answer(now: float) -> web.Response:
                if question.seller != self._handlers.own_seller:
                    return denied()
                found = self._handlers.listing(question, now)
                if found is None:
                    text = f"SKU '{sku}' not found in marketplace {question.marketplace}"
                    return refusal(404, "NOT_FOUND", text)
                return json_response(200, encode(found))

            return Plan((self._handlers.asin_of(sku, by_sku=True),), answer)

        return await self._gateway.serve(request, Operation.GET_LISTING, read)

    async def _product_page(self, request: web.Request) -> web.StreamResponse:
        asin = request.match_info["asin"]
        seller = request.query.get("m")
        return await self._shop_page(
            request, (asin,), lambda now: self._pages.product(asin, seller, now)
        )

    async def _seller_page(self, request: web.Request) -> web.StreamResponse:
        seller = request.query.get("seller", "")
        return await self._shop_page(request, (), lambda now: self._pages.seller(seller, now))

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        asin = request.match_info["asin"]
        accept = request.headers.get("Accept", "*/*")
        drawn = "image/svg" in accept or "*" in accept
        return await self._page(
            request, (asin,), lambda now: self._pages.picture(asin, now, drawn=drawn)
        )

    async def _report_page(self, request: web.Request) -> web.StreamResponse:
        door = request.match_info["door"]
        return await self._page(request, (), lambda _now: self._pages.report(door))

    async def _login_page(self, request: web.Request) -> web.StreamResponse:
        return await self._page(request, (), lambda _now: self._pages.login())

    async def _captcha_page(self, request: web.Request) -> web.StreamResponse:
        return await self._page(request, (), lambda _now: self._pages.captcha())

    async def _dog_page(self, request: web.Request) -> web.StreamResponse:
        return await self._page(request, (), lambda _now: self._pages.sorry())

    async def _shop_page(
        self,
        request: web.Request,
        asins: tuple[str, ...],
        answer: Callable[[float], web.Response],
    ) -> web.StreamResponse:
        """Answer with a page, unless a fault stands in its place."""

        def shown(now: float) -> web.Response:
            strike = self.faults.striker(Operation.PAGE, asins, now)
            return self._pages.instead(strike, request.path_qs) or answer(now)

        return await self._page(request, asins, shown)

    async def _page(
        self,
        request: web.Request,
        asins: tuple[str, ...],
        answer: Callable[[float], web.Response],
    ) -> web.StreamResponse:
        return await self._gateway.serve(request, Operation.PAGE, lambda _body: Plan(asins, answer))
