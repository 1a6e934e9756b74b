"""Batches: which products are asked for together, and how; and what a part of an answer says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import quote

import msgspec

from adapters.amazon.answers import Part, Payload, read_payload
from adapters.amazon.denials import quoted
from adapters.amazon.exchange import LONGEST_REASON, Unreadable
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation, batched
from bot.core.text import one_line
from bot.errors import QuotaExceeded, SkuRefused, SourceError, Unavailable, UnknownProduct

CONDITION, CUSTOMER = "New", "Consumer"
"""Whose offers are asked for."""
LOWEST_STATUS = 100
HIGHEST_STATUS = 599


class Ask(msgspec.Struct, frozen=True):
    """One product that is asked for; ``place`` is its watch's place among those to be read."""

    place: int
    watch: Watch
    market: Marketplace

    @property
    def operation(self) -> Operation:
        """Return the route: products of our own by SKU, which is five times faster."""
        return batched(own=bool(self.watch.sku))

    @property
    def key(self) -> str:
        """Return the name by which Amazon is asked: the SKU where there is one, else the ASIN."""
        return self.watch.sku or self.watch.asin

    @property
    def uri(self) -> str:
        """Return the path of the single request.

        A SKU may hold any character (source: issue 4431 of selling-partner-api-models).
        """
        kind = "listings" if self.watch.sku else "items"
        return f"/products/pricing/v0/{kind}/{quote(self.key, safe='')}/offers"

    @property
    def name(self) -> str:
        """Return the product as it is called in an error."""
        sku = f" (your SKU {self.watch.sku})" if self.watch.sku else ""
        return one_line(f"{self.watch.asin}{sku}", LONGEST_REASON)


class _Request(msgspec.Struct, frozen=True):
    uri: str
    marketplace: str = msgspec.field(name="MarketplaceId")
    method: str = "GET"
    condition: str = msgspec.field(default=CONDITION, name="ItemCondition")
    customer: str = msgspec.field(default=CUSTOMER, name="CustomerType")


def query(ask: Ask) -> Mapping[str, str]:
    """Return the query of a request for one product (source: getItemOffers in productPricingV0)."""
    return {
        "MarketplaceId": ask.market.id,
        "ItemCondition": CONDITION,
        "CustomerType": CUSTOMER,
    }


class _Requests(msgspec.Struct, frozen=True):
    requests: list[_Request]


def plan(asks: Iterable[Ask]) -> list[list[Ask]]:
    """Sort into batches of one marketplace and one route, no product twice in one.

    Amazon refuses a whole batch for a duplicate; the second of two goes to a following batch.
    """
    asked: Counter[tuple[str, Operation, str]] = Counter()
    groups: defaultdict[tuple[str, Operation, int], list[Ask]] = defaultdict(list)
    for ask in asks:
        group = (ask.market.id, ask.operation)
        repeat = asked[(*group, ask.key)]
        asked[(*group, ask.key)] += 1
        groups[(*group, repeat)].append(ask)
    return [
        group[start : start + operation.products]
        for (_, operation, _), group in groups.items()
        for start in range(0, len(group), operation.products)
    ]


def encode(batch: list[Ask]) -> bytes:
    """Write the request body of a batch (source: BatchRequest in the model productPricingV0)."""
    return msgspec.json.encode(_Requests([_Request(ask.uri, ask.market.id) for ask in batch]))


def payload_of(ask: Ask, part: Part | None) -> Payload:
    """Return the offers that a part of a batch tells.

    Raises:
        Unavailable, QuotaExceeded: it failed in a way that may pass.
        SourceError: it failed for good, cannot be read, or there is none.
    """
    if part is None:
        message = f"Amazon's answer does not include {ask.name}."
        raise SourceError(message)
    check_answered(ask, part)
    payload = read_payload(part.body)
    if payload is None:
        message = f"Amazon's answer about {ask.name} has no content.{_words(part)}"
        raise SourceError(message)
    return payload


def check_answered(ask: Ask, part: Part) -> None:
    """Check that a part answers what was asked, and not about another marketplace.

    Raises:
        Unavailable, QuotaExceeded: it failed in a way that may pass.
        SourceError: it failed for good.
    """
    _check_status(ask, part)
    echo = part.request
    if echo is not None and echo.marketplace_id not in (None, ask.market.id):
        message = f"Amazon's answer is for a marketplace other than {ask.market.code}."
        raise SourceError(message)


def _words(part: Part) -> str:
    """Return Amazon's own words as a sentence, where it gave any."""
    said = quoted(part.body)
    return f" Amazon says: {said}." if said else ""


def _check_status(ask: Ask, part: Part) -> None:
    code = None if part.status is None else part.status.code
    match code:
        case None | HTTPStatus.OK:
            return
        case _ if not LOWEST_STATUS <= code <= HIGHEST_STATUS:
            # The figure is not shown: it may have thousands of digits.
            message = f"Amazon's answer about {ask.name} has an invalid status."
            raise Unreadable(message)
        case HTTPStatus.TOO_MANY_REQUESTS:
            message = f"Amazon is limiting our requests and did not answer for {ask.name}."
            raise QuotaExceeded(message)
        case _ if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            message = f"Amazon could not answer for {ask.name} ({code}).{_words(part)}"
            raise Unavailable(message)
        case _:
            raise _refused(ask, code, part)


def _refused(ask: Ask, code: int, part: Part) -> SourceError:
    """Return what it means that Amazon tells nothing about a product, now or ever."""
    message = f"Amazon refused the request for {ask.name} ({code})."
    words = _words(part)
    unknown = _is_unknown(ask, words)
    if code in (HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND):
        message = f"Amazon does not know {ask.name} in the marketplace {ask.market.code}."
        # It mostly says the same of what was asked.
        words = "" if ask.key in words else words
        if unknown and not ask.watch.sku:
            return UnknownProduct(message + words)
    message += words
    return SkuRefused(message, ask.watch.sku) if ask.watch.sku else SourceError(message)


def _is_unknown(ask: Ask, words: str) -> bool:
    """Tell whether Amazon says of this ASIN that there is none, and not of something else."""
    said = words.lower()
    return ask.watch.asin.lower() in said and "asin" in said.replace(ask.watch.asin.lower(), "")
