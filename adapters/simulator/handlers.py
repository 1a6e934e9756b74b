"""What answers questions: the world's truth, distorted by the faults of the moment."""

import uuid
from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from random import Random

from msgspec import UNSET
from msgspec.structs import replace

from adapters.simulator.answers.catalog import attributes_of, item_of
from adapters.simulator.answers.listings import listing_item_of
from adapters.simulator.answers.offers import payload_by_asin, payload_by_sku
from adapters.simulator.answers.prices import price_of, unknown_price
from adapters.simulator.faults import Fault, Faults, Strike
from adapters.simulator.questions import (
    CatalogQuestion,
    ListingsQuestion,
    OffersQuestion,
    PricesQuestion,
)
from adapters.simulator.quirks.catalog import distort_item
from adapters.simulator.quirks.listings import distort_listing
from adapters.simulator.quirks.offers import Surroundings, distort
from adapters.simulator.quirks.prices import distort_price
from adapters.simulator.quota import Operation
from adapters.simulator.wire.catalog import ListingItem, ListingResults, Pagination, SearchResults
from adapters.simulator.wire.common import Error, Errors
from adapters.simulator.wire.offers import (
    BatchResponse,
    InnerHeaders,
    InnerRequest,
    InnerResponse,
    OffersBody,
    StatusLine,
)
from adapters.simulator.wire.prices import Price, PricesResponse
from adapters.simulator.world import Listing, World

LISTED_OFFERS = 20
"""Amazon lists at most so many offers, however many it counts."""


class Handlers:
    """Answers all operations. `now` is scenario time in seconds, `wall` the wall clock."""

    def __init__(
        self, world: World, faults: Faults, wall: Callable[[], datetime], chance: Random
    ) -> None:
        self._world = world
        self._faults = faults
        self._wall = wall
        self._chance = chance

    @property
    def own_seller(self) -> str:
        """The seller ID of the own account."""
        return self._world.scenario.own_seller

    def offers(
        self, questions: tuple[OffersQuestion, ...], now: float, *, by_sku: bool
    ) -> BatchResponse:
        """Answer a batch, each question with a status of its own."""
        answers = (self._offers(question, now, by_sku) for question in questions)
        return BatchResponse(tuple(answer for answer in answers if answer is not None))

    def offers_of(
        self, question: OffersQuestion, now: float, *, by_sku: bool
    ) -> tuple[HTTPStatus, OffersBody | Errors]:
        """Answer about one product alone; the status is that of the whole answer."""
        operation = Operation.LISTING_OFFERS if by_sku else Operation.ITEM_OFFERS
        asin = self.asin_of(question.key, by_sku=by_sku)
        strike = self._faults.striker(operation, (asin,), now)
        return self._offers_body(question, asin, now, by_sku, strike)

    def prices(self, question: PricesQuestion, now: float) -> PricesResponse:
        """Answer getCompetitivePricing."""
        answers = (self._price(question, key, now) for key in question.keys)
        return PricesResponse(tuple(answer for answer in answers if answer is not None))

    def catalog(self, question: CatalogQuestion, now: float, base_url: str) -> SearchResults:
        """Answer searchCatalogItems, one page; what is unknown is not mentioned."""
        items = []
        for asin in question.asins:
            listing = self._listing(asin, question.marketplace, now)
            strike = self._faults.striker(Operation.SEARCH_CATALOG, (asin,), now)
            if listing is not None and strike(Fault.MISSING_INNER) is None:
                children = self._world.children(asin, now)
                item = item_of(listing, question.included, base_url, children)
                items.append(distort_item(item, strike))
        end = question.offset + question.page_size
        return SearchResults(
            number_of_results=len(items),
            items=tuple(items[question.offset : end]),
            pagination=Pagination(str(end)) if end < len(items) else UNSET,
        )

    def listings(self, question: ListingsQuestion, now: float) -> ListingResults | None:
        """Answer searchListingsItems; None where the listings are another seller's."""
        if question.seller != self.own_seller:
            return None
        if self._faults.strike(Fault.FALSE_ZERO, Operation.SEARCH_LISTINGS, (), now) is not None:
            return ListingResults(number_of_results=0, items=())
        items, counted = [], 0
        for sku in question.skus:
            listing = self._own_listing(sku, question.marketplace, now)
            if listing is None:
                continue
            counted += 1
            asin = listing.product.asin
            strike = self._faults.striker(Operation.SEARCH_LISTINGS, (asin,), now)
            if strike(Fault.MISSING_INNER) is None:
                items.append(self._item(sku, listing, question.included, strike))
        return ListingResults(number_of_results=counted, items=tuple(items))

    def listing(self, question: ListingsQuestion, now: float) -> ListingItem | None:
        """Answer getListingsItem; None where there is no such listing."""
        [sku] = question.skus
        listing = self._own_listing(sku, question.marketplace, now)
        if listing is None:
            return None
        asin = listing.product.asin
        strike = self._faults.striker(Operation.GET_LISTING, (asin,), now)
        return self._item(sku, listing, question.included, strike)

    def _own_listing(self, sku: str, marketplace: str, now: float) -> Listing | None:
        asin = self._world.asin_of_sku(sku)
        listing = self._listing(asin, marketplace, now) if asin else None
        return None if listing is None or listing.closed else listing

    def _item(
        self, sku: str, listing: Listing, included: frozenset[str], strike: Strike
    ) -> ListingItem:
        item = listing_item_of(sku, listing, self.own_seller, included)
        return distort_listing(self._with_own_texts(item, listing, included), strike)

    def _with_own_texts(
        self, item: ListingItem, listing: Listing, included: frozenset[str]
    ) -> ListingItem:
        """The listing with the texts that its brand sent, where they were asked for."""
        sent = self._world.contributed(listing.product.asin)
        if sent is None or "attributes" not in included:
            return item
        return replace(item, attributes=attributes_of(sent))

    def asin_of(self, key: str, *, by_sku: bool) -> str:
        """The ASIN that a key means; an unknown SKU stands for itself."""
        return (self._world.asin_of_sku(key) or key) if by_sku else key

    def _listing(self, asin: str, marketplace: str, now: float) -> Listing | None:
        listing = self._world.listing(asin, now)
        if listing is None or listing.product.marketplace != marketplace:
            return None
        return listing

    def _offers(self, question: OffersQuestion, now: float, by_sku: bool) -> InnerResponse | None:
        asin = self.asin_of(question.key, by_sku=by_sku)
        operation = Operation.LISTING_OFFERS_BATCH if by_sku else Operation.ITEM_OFFERS_BATCH
        strike = self._faults.striker(operation, (asin,), now)
        if strike(Fault.MISSING_INNER) is not None:
            return None
        status, body = self._offers_body(question, asin, now, by_sku, strike)
        date = format_datetime(self._wall(), usegmt=True)
        return InnerResponse(
            headers=InnerHeaders(str(uuid.uuid4()), date),
            status=StatusLine(status.value, status.phrase),
            body=body,
            request=_echo(question, by_sku),
        )

    def _offers_body(
        self, question: OffersQuestion, asin: str, now: float, by_sku: bool, strike: Strike
    ) -> tuple[HTTPStatus, OffersBody | Errors]:
        if strike(Fault.INNER_500) is not None:
            return _inner_error(HTTPStatus.INTERNAL_SERVER_ERROR, "InternalFailure", "Try again.")
        if strike(Fault.INNER_429) is not None:
            return _inner_error(
                HTTPStatus.TOO_MANY_REQUESTS, "QuotaExceeded", "You exceeded your quota."
            )
        listing = self._listing(asin, question.marketplace, now)
        if listing is None:
            kind = "SKU" if by_sku else "ASIN"
            text = f"{question.key} is an invalid {kind} for marketplace {question.marketplace}"
            return _inner_error(HTTPStatus.BAD_REQUEST, "InvalidInput", text)
        if by_sku:
            payload = payload_by_sku(listing, self._world, question.condition, question.key)
        else:
            payload = payload_by_asin(listing, self._world, question.condition)
        around = Surroundings(self._world.scenario.own_seller, self._wall(), self._chance)
        payload = distort(payload, strike, around)
        return HTTPStatus.OK, OffersBody(replace(payload, offers=payload.offers[:LISTED_OFFERS]))

    def _price(self, question: PricesQuestion, key: str, now: float) -> Price | None:
        asin = self.asin_of(key, by_sku=question.by_sku)
        strike = self._faults.striker(Operation.COMPETITIVE_PRICING, (asin,), now)
        if strike(Fault.MISSING_INNER) is not None:
            return None
        listing = self._listing(asin, question.marketplace, now)
        if listing is None:
            return unknown_price(key, by_sku=question.by_sku)
        sku = key if question.by_sku else None
        return distort_price(price_of(listing, self._world.scenario.own_seller, sku), strike)


def _echo(question: OffersQuestion, by_sku: bool) -> InnerRequest:
    return InnerRequest(
        marketplace_id=question.marketplace,
        item_condition=question.condition.value,
        customer_type=question.customer_type or UNSET,
        asin=UNSET if by_sku else question.key,
        seller_sku=question.key if by_sku else UNSET,
    )


def _inner_error(status: HTTPStatus, code: str, message: str) -> tuple[HTTPStatus, Errors]:
    return status, Errors((Error(code, message),))
