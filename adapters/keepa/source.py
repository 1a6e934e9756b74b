"""Keepa as a source of facts about sellers, over HTTP. Reads only."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx
import stamina

from adapters.http.exchange import Answer, exchange
from adapters.keepa.answers import KeepaMeta, read_meta, read_product, read_seller
from adapters.keepa.readings import offers_reading, seller_reading
from adapters.keepa.tokens import TokenBucket
from bot.core.marketplaces import Marketplace
from bot.core.seller_facts import MOST_OFFERS, FactsBudget, OffersReading, SellerReading
from bot.errors import LoginError, QuotaExceeded, SourceError, Unavailable

T = TypeVar("T")

USER_AGENT = "Brandwarden/0.1 (Language=Python)"
DOMAINS: Mapping[str, int] = {
    code: number
    for number, code in enumerate(
        ["US", "UK", "DE", "FR", "JP", "CA", "-", "IT", "ES", "IN", "MX", "BR"], start=1
    )
    if code != "-"
}
"""Keepa's number of a marketplace, by our code."""

SELLER_COST = 10
"""Tokens: 1 for the seller and 9 for the storefront as Keepa has it. A fresh reading of the
storefront would cost 50 and is never requested."""
PAGE = 10
OFFERS_COST = 1 + 6 * (MOST_OFFERS // PAGE) + 2
"""Tokens at most: 1 for the product, 6 for each page of ten offers that is found, 2 for stocks."""

TRIES = 2
LARGEST_ANSWER = 16 * 1024 * 1024
"""Bytes. A storefront has up to 100,000 products, of about 25 bytes each."""
SECONDS = 25.0
"""For a seller."""
OFFERS_SECONDS = 45.0
"""For offers, which Keepa fetches from Amazon: it states 2 to 20 seconds."""
MOST_WORDS = 60

_REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN)
_KEY_REFUSED = (
    "Keepa refused the key. Check BRANDWARDEN_KEEPA_KEY, and that the plan of your Keepa account "
    "includes its API."
)


class KeepaSource:
    """Asks Keepa with one key. Without enough tokens a request is refused and never waits."""

    name = "Keepa"

    def __init__(
        self,
        key: str,
        http: httpx.AsyncClient,
        *,
        endpoint: str,
        simulated: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the key; nothing is sent yet."""
        self._key = key
        self._http = http
        self._endpoint = endpoint.rstrip("/")
        self._simulated = simulated
        self._tokens = TokenBucket(monotonic)
        self._retry = stamina.AsyncRetryingCaller(
            attempts=TRIES, timeout=None, wait_initial=0.5, wait_max=5.0
        ).on(Unavailable)

    def __repr__(self) -> str:
        """Say nothing of the key."""
        return f"KeepaSource({self._endpoint!r})"

    @property
    def simulated(self) -> bool:
        """What it tells is invented."""
        return self._simulated

    @property
    def budget(self) -> FactsBudget:
        """What may be asked now, as far as it is known without asking."""
        return self._tokens.budget

    def covers(self, marketplace: str) -> bool:
        """Tell whether Keepa knows the marketplace with that code."""
        return marketplace in DOMAINS

    async def seller(
        self, marketplace: str, seller: str, *, waited_for: bool = False
    ) -> SellerReading | None:
        """Return what Keepa knows of a seller; None where it knows nobody of that ID.

        Raises:
            QuotaExceeded: there are too few tokens now.
            LoginError: Keepa refuses the key.
            SourceError: it could not tell.
        """
        params = {"domain": str(_domain(marketplace)), "seller": seller, "storefront": "1"}
        self._tokens.require(SELLER_COST, waited_for=waited_for)
        body = await self._ask("/seller", params, SELLER_COST, SECONDS)
        told = self._told(lambda: read_seller(body, seller))
        return None if told is None else seller_reading(told, marketplace, seller)

    async def offers(
        self, marketplace: str, asin: str, *, waited_for: bool = False
    ) -> OffersReading | None:
        """Return the live offers of a product; None where Keepa does not know it.

        Raises: as ``seller`` does.
        """
        params = {
            "domain": str(_domain(marketplace)),
            "asin": asin,
            "offers": str(MOST_OFFERS),
            "only-live-offers": "1",
            "stock": "1",
            "history": "0",
        }
        self._tokens.require(OFFERS_COST, waited_for=waited_for)
        body = await self._ask("/product", params, OFFERS_COST, OFFERS_SECONDS)
        told = self._told(lambda: read_product(body, asin))
        market = Marketplace.named(marketplace)
        return None if told is None else offers_reading(told, market, asin)

    async def check(self) -> FactsBudget:
        """Ask how many tokens are left, which costs none. Raises as ``seller`` does."""
        body = await self._ask("/token", {}, 0, SECONDS)
        if read_meta(body).tokens_left is None:
            raise self._noted(SourceError("Keepa's answer does not say how many tokens are left."))
        return self.budget

    async def _ask(self, path: str, params: Mapping[str, str], cost: int, seconds: float) -> bytes:
        try:
            return await self._retry(self._send, path, params, cost, seconds)
        except SourceError as error:
            raise self._noted(error) from None

    async def _send(self, path: str, params: Mapping[str, str], cost: int, seconds: float) -> bytes:
        request = self._http.build_request(
            "GET",
            self._endpoint + path,
            params={"key": self._key, **params},
            headers={"user-agent": USER_AGENT, "accept": "application/json"},
        )
        self._tokens.spend(cost)
        answer = await exchange(self._http, request, seconds, LARGEST_ANSWER, self.name)
        meta = read_meta(answer.body)
        self._tokens.learn(meta.tokens_left, meta.refill_rate)
        failure = self._failure(answer, meta)
        if failure is not None:
            raise failure
        self._tokens.worked()
        return answer.body

    def _failure(self, answer: Answer, meta: KeepaMeta) -> SourceError | None:
        """Return the error of an answer that is none."""
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            seconds = (meta.refill_in or 60_000) / 1000
            self._tokens.pause(seconds)
            return QuotaExceeded("Keepa says that its tokens are used up (429).", seconds)
        if answer.status in _REFUSED:
            return LoginError(_KEY_REFUSED)
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Unavailable(f"Keepa answered with an error ({answer.status}).")
        if answer.status != HTTPStatus.OK or meta.error is not None:
            kind = _kind(meta)
            return SourceError(f"Keepa refused the question ({kind or answer.status}).")
        return None

    def _told(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except SourceError as error:
            raise self._noted(error) from None

    def _noted(self, error: SourceError) -> SourceError:
        """Have /health tell of it."""
        self._tokens.failed(str(error))
        return error


def _domain(marketplace: str) -> int:
    """Return Keepa's number of the marketplace. Raises SourceError: it does not know it."""
    found = DOMAINS.get(marketplace)
    if found is None:
        message = f"Keepa does not cover the marketplace {marketplace}."
        raise SourceError(message)
    return found


def _kind(meta: KeepaMeta) -> str:
    """Return the kind of a refusal if it is a plain word; its message may repeat the question."""
    word = (meta.error.type if meta.error else None) or ""
    return word if word.isascii() and word.isalpha() and len(word) <= MOST_WORDS else ""
