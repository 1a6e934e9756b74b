"""A simulated Keepa: what it tells of sellers and offers, and its tokens."""

import gzip
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from aiohttp import web
from msgspec.structs import asdict, replace

from adapters.simulator.catalogue import Condition, Offer, Seller
from adapters.simulator.faults import Fault, Faults
from adapters.simulator.gateway import Gateway, Plan
from adapters.simulator.outages import json_response
from adapters.simulator.quota import Operation
from adapters.simulator.wire.common import encode
from adapters.simulator.wire.keepa import (
    KeepaAccount,
    KeepaTrouble,
    OfferObject,
    ProductObject,
    ProductsAnswer,
    SellerObject,
    SellersAnswer,
)
from adapters.simulator.world import Listing, World

PREFIX = "/keepa"
KEY = "simulated-keepa-key"
"""The one key that is taken."""
REFILL = 5
"""Tokens a minute, as in the smallest plan."""
BUCKET = 300
SELLER, STOREFRONT = 1, 9
PRODUCT, OFFER_PAGE, STOCK = 1, 6, 2
"""Tokens that questions cost."""
PAGE = 10
EPOCH = 21_564_000
"""Minutes from 1970 to Keepa's beginning."""
YEAR = 365 * 24 * 60
CODES: Mapping[Condition, int] = {Condition.NEW: 1, Condition.USED: 3}
STOCKED = 12
"""Items that every seller has."""


class KeepaTokens:
    """The tokens of the one key; `scale` None never runs out."""

    def __init__(self, scale: float | None, monotonic: Callable[[], float]) -> None:
        self._scale = scale
        self._monotonic = monotonic
        self._left = float(BUCKET)
        self._as_of = monotonic()

    def left(self) -> int:
        """Tokens at this moment; below zero after a costly question."""
        now = self._monotonic()
        gained = (now - self._as_of) / 60 * REFILL * (self._scale or 1.0)
        self._left, self._as_of = min(float(BUCKET), self._left + gained), now
        return math.floor(self._left)

    def take(self, cost: int) -> bool:
        """Use tokens; False where there are none."""
        if self._scale is None:
            return True
        if self.left() <= 0:
            return False
        self._left -= cost
        return True

    def account(self, cost: int, error: KeepaTrouble | None = None) -> KeepaAccount:
        """What an answer says of them."""
        return KeepaAccount(
            tokens_left=self.left(),
            refill_in=60_000 // REFILL,
            refill_rate=REFILL,
            tokens_consumed=cost,
            error=error,
        )


class KeepaRoutes:
    """Leads questions to Keepa to their answers. `wall` tells when it read what it tells."""

    def __init__(
        self,
        world: World,
        faults: Faults,
        gateway: Gateway,
        tokens: KeepaTokens,
        wall: Callable[[], datetime],
    ) -> None:
        self._world = world
        self._faults = faults
        self._gateway = gateway
        self._tokens = tokens
        self._wall = wall

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Serve all of them."""
        router.add_get(f"{PREFIX}/seller", self._seller)
        router.add_get(f"{PREFIX}/product", self._product)
        router.add_get(f"{PREFIX}/token", self._token)

    async def _seller(self, request: web.Request) -> web.StreamResponse:
        def answer(now: float) -> tuple[KeepaAccount, int]:
            id = request.query.get("seller", "")
            found = self._world.sellers.get(id)
            cost = (SELLER + STOREFRONT) if found else 0
            sellers = {id: self._told(found, now)} if found else {}
            account = self._tokens.account(cost)
            return SellersAnswer(sellers=sellers, **asdict(account)), cost

        return await self._serve(request, Operation.KEEPA_SELLER, (), answer)

    async def _product(self, request: web.Request) -> web.StreamResponse:
        asin = request.query.get("asin", "")

        def answer(now: float) -> tuple[KeepaAccount, int]:
            listing = self._world.listing(asin, now)
            products = (self._listed(listing),) if listing else ()
            offers = len(products[0].offers) if products else 0
            cost = PRODUCT + OFFER_PAGE * -(-offers // PAGE) + STOCK
            return ProductsAnswer(products=products, **asdict(self._tokens.account(cost))), cost

        return await self._serve(request, Operation.KEEPA_PRODUCT, (asin,), answer)

    async def _token(self, request: web.Request) -> web.StreamResponse:
        return await self._serve(
            request, Operation.KEEPA_TOKEN, (), lambda _now: (self._tokens.account(0), 0)
        )

    async def _serve(
        self,
        request: web.Request,
        operation: Operation,
        asins: tuple[str, ...],
        answer: Callable[[float], tuple[KeepaAccount, int]],
    ) -> web.StreamResponse:
        """Answer, unless the key is wrong or the tokens are used up."""

        def respond(now: float) -> web.Response:
            if request.query.get("key") != KEY:
                return self._refusal(HTTPStatus.PAYMENT_REQUIRED, "PAYMENT_REQUIRED")
            strike = self._faults.striker(operation, asins, now)
            body, cost = answer(now)
            if strike(Fault.KEEPA_TOKENS) is not None or (cost and not self._tokens.take(cost)):
                return self._refusal(HTTPStatus.TOO_MANY_REQUESTS, "NOT_ENOUGH_TOKEN")
            return _packed(json_response(HTTPStatus.OK, encode(body)), request)

        return await self._gateway.serve(request, operation, lambda _body: Plan(asins, respond))

    def _refusal(self, status: HTTPStatus, kind: str) -> web.Response:
        trouble = KeepaTrouble(kind, "The question was refused.")
        return json_response(status, encode(self._tokens.account(0, trouble)))

    def _told(self, seller: Seller, now: float) -> SellerObject:
        minute = self._minute()
        offered = [
            listing.product.asin
            for listing in self._world.listings(now)
            if seller.id in listing.offers
        ]
        asins = tuple(dict.fromkeys((*offered, *seller.storefront)))
        return SellerObject(
            domain_id=1,
            seller_id=seller.id,
            seller_name=seller.name,
            business_name=seller.business,
            address=seller.address or None,
            vat_id=seller.vat,
            phone_number=seller.phone,
            tracking_since=minute - YEAR,
            last_update=minute,
            last_rating_update=minute,
            rating_count=(0, 0, seller.feedback, seller.feedback),
            positive_rating=(seller.positive,) * 4,
            total_storefront_asins=(minute, len(asins)) if asins else None,
            asin_list=asins or None,
        )

    def _listed(self, listing: Listing) -> ProductObject:
        minute = self._minute()
        offers = [self._offer(offer, minute) for offer in listing.ranked]
        first = listing.ranked[0] if listing.ranked else None
        if first is not None:
            # Those whom Amazon counts and does not list; Keepa reads the page of all offers.
            offers += [
                replace(self._offer(first, minute), seller_id=f"A9UNSEEN{number:06}")
                for number in range(listing.hidden)
            ]
        return ProductObject(
            asin=listing.product.asin,
            domain_id=1,
            last_update=minute,
            offers=tuple(offers),
            live_offers_order=tuple(range(len(offers))),
        )

    def _offer(self, offer: Offer, minute: int) -> OfferObject:
        price, shipping = (int(amount * 100) for amount in (offer.price, offer.shipping))
        return OfferObject(
            seller_id=offer.seller,
            condition=CODES.get(offer.condition, 0),
            last_seen=minute,
            offer_csv=(minute, price, shipping),
            stock_csv=(minute, STOCKED),
        )

    def _minute(self) -> int:
        return int(self._wall().timestamp()) // 60 - EPOCH


def _packed(response: web.Response, request: web.Request) -> web.Response:
    """The answer packed, as Keepa sends it to whoever takes it so."""
    body = response.body
    if isinstance(body, bytes) and "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(body)
        response.headers["content-encoding"] = "gzip"
    return response
