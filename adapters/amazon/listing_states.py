"""How our own listings are, asked by their SKUs: up to twenty in one request, or one alone.

Source: searchListingsItems and getListingsItem in the model listingsItems_2021-08-01. What cannot
be read of a listing is not told of it; it spoils no other one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.content_answers import lenient
from adapters.amazon.exchange import decode
from adapters.amazon.listing_asks import one_sku, search_skus
from adapters.amazon.listing_issues import issues_of
from adapters.amazon.matching import asked_sku
from adapters.amazon.state_answers import (
    StateOffer,
    StateStock,
    StateSummary,
    read_answer,
    read_offers,
    read_parts,
    read_stocks,
    read_summaries,
    sku_of,
)
from adapters.amazon.values import LONGEST_TEXT, MOST_COUNTED, whole
from bot.core.clocks import Clock
from bot.core.identifiers import is_asin
from bot.core.listing import Watch
from bot.core.listing_status import ListingState, StatusReading
from bot.core.marketplaces import Marketplace
from bot.core.sku_lists import fits_lists
from bot.core.text import one_line
from bot.errors import Refused, SourceError

INCLUDED = "summaries,issues,offers,fulfillmentAvailability"
BUYABLE = "BUYABLE"
DISCOVERABLE = "DISCOVERABLE"
CONSUMERS = "B2C"
OUR_OWN = "DEFAULT"
"""The fulfillment channel of units that we send ourselves; all others are Amazon's."""
MOST_ITEMS = 100
"""Listings of one answer that are read; twenty are asked for."""
MOST_ROWS = 100
"""Rows of one data set that are read."""


async def ask_states(
    client: SpApiClient, seller: str, watches: Sequence[Watch], market: Marketplace
) -> bytes:
    """Send the question, once; return the answer as it came. Raises SourceError."""
    skus = [watch.sku for watch in watches]
    return await search_skus(client, seller, skus, market, INCLUDED, again=False)


async def ask_state(
    client: SpApiClient, seller: str, watch: Watch, market: Marketplace, clock: Clock
) -> StatusReading:
    """Ask about one listing alone, once.

    Raises:
        SourceError: nothing can be said of it, nor perhaps of any other.
    """
    try:
        content = await one_sku(client, seller, watch.sku, market, INCLUDED, again=False)
    except Refused as error:
        if error.status == HTTPStatus.NOT_FOUND:
            return StatusReading(watch, error, error.body)
        raise
    at = clock()
    if content is None:
        return StatusReading(watch, _gone(watch, seller, market, at))
    raw = msgspec.Raw(content)
    try:
        named = sku_of(raw)
        if named and asked_sku(named, {watch.sku}) != watch.sku:
            raise SourceError(OTHER_SKU)
        return StatusReading(watch, _state(raw, watch, seller, market, at), content)
    except SourceError as error:
        return StatusReading(watch, error, content)


def read_states(
    content: bytes, seller: str, watches: Sequence[Watch], market: Marketplace, at: datetime
) -> list[StatusReading]:
    """Return a reading for each watch, in their order.

    Raises:
        SourceError: the answer is not one about listings.
    """
    answer = decode(read_answer, content)
    skus = {watch.sku for watch in watches}
    found: dict[str, msgspec.Raw] = {}
    for item in answer.items[:MOST_ITEMS]:
        found.setdefault(asked_sku(lenient(sku_of, item) or "", skus), item)
    counted = whole(answer.number_of_results, MOST_COUNTED)
    # A listing without a name, or with another one, may be any of those that seem to be missing.
    told = counted is not None and counted <= len(answer.items) and found.keys() <= skus
    return [_reading(watch, found, seller, market, at, told=told) for watch in watches]


def _reading(
    watch: Watch,
    found: dict[str, msgspec.Raw],
    seller: str,
    market: Marketplace,
    at: datetime,
    *,
    told: bool,
) -> StatusReading:
    """Read one listing; ``told``: one that was not found is not there."""
    if not fits_lists(watch.sku):
        return StatusReading(watch, SourceError(ALONE_ONLY))
    raw = found.get(watch.sku)
    if raw is None:
        gone = _gone(watch, seller, market, at)
        return StatusReading(watch, gone if told else SourceError(CUT_SHORT))
    try:
        return StatusReading(watch, _state(raw, watch, seller, market, at), bytes(raw))
    except SourceError as error:
        return StatusReading(watch, error, bytes(raw))


ALONE_ONLY = "Amazon cannot look up this SKU together with others."
CUT_SHORT = "Amazon's answer leaves out listings that it counts."
OTHER_PRODUCT = "Amazon says that this SKU belongs to another product."
OTHER_SKU = "Amazon's answer is about another SKU."


def _gone(watch: Watch, seller: str, market: Marketplace, at: datetime) -> ListingState:
    return ListingState(sku=watch.sku, seller=seller, marketplace=market.code, at=at, listed=False)


def _state(
    raw: msgspec.Raw, watch: Watch, seller: str, market: Marketplace, at: datetime
) -> ListingState:
    """Return what Amazon tells of a listing. Raises SourceError: it is about another product."""
    parts = decode(read_parts, raw)
    summaries = lenient(read_summaries, parts.summaries)
    here = [one for one in summaries or () if one.marketplace_id == market.id]
    summary = here[0] if here else StateSummary()
    page = (summary.asin or "").strip().upper()
    if is_asin(page) and page != watch.asin:
        raise SourceError(OTHER_PRODUCT)
    issues, unread = issues_of(parts.issues, market, at)
    stocks = lenient(read_stocks, parts.fulfillment_availability)
    status = summary.status
    return ListingState(
        sku=watch.sku,
        seller=seller,
        marketplace=market.code,
        at=at,
        # What has no summary in a marketplace is not for sale there.
        listed=summaries is None or bool(here),
        asin=page if is_asin(page) else "",
        buyable=None if status is None else BUYABLE in status,
        discoverable=None if status is None else DISCOVERABLE in status,
        product_type=one_line(summary.product_type or "", LONGEST_TEXT),
        issues=issues,
        unread=unread,
        offered=_offered(lenient(read_offers, parts.offers), market),
        stock=_stock(stocks),
        by_amazon=_by_amazon(stocks),
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _offered(rows: Sequence[StateOffer] | None, market: Marketplace) -> bool | None:
    if rows is None:
        return None
    return any(
        row.marketplace_id == market.id and row.offer_type == CONSUMERS for row in rows[:MOST_ROWS]
    )


def _stock(rows: Sequence[StateStock] | None) -> int | None:
    """Return how many units there are; None where a channel does not say, as FBA's may not."""
    counts = [whole(row.quantity, MOST_COUNTED) for row in (rows or ())[:MOST_ROWS]]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _by_amazon(rows: Sequence[StateStock] | None) -> bool | None:
    """Tell whether Amazon sends the units; None where it is not told."""
    codes = [row.fulfillment_channel_code for row in (rows or ())[:MOST_ROWS]]
    if not codes or None in codes:
        return None
    return any(code != OUR_OWN for code in codes)
