"""From Amazon's competitive summaries to ours, with care for what is not told.

Source: getCompetitiveSummary in the model productPricing_2022-05-01.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from adapters.amazon.answers import Echo, Part, read_parts
from adapters.amazon.batches import Ask, check_answered
from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable
from adapters.amazon.matching import match
from adapters.amazon.summary_answers import (
    FeaturedRow,
    LowestRow,
    OfferRow,
    SegmentRow,
    SimilarRow,
    encode_summaries,
    read_body,
    read_featured,
    read_lowest,
    read_offer,
    read_similar,
)
from adapters.amazon.values import LONGEST_TEXT, MOST_OFFERS, is_readable_id, money, points
from bot.core.competitive_summary import (
    CompetitiveSummary,
    ConditionOffer,
    FeaturedOffer,
    Segment,
    SummaryReading,
)
from bot.core.conditions import Condition, condition_of, sub_condition_of
from bot.core.identifiers import is_asin
from bot.core.listing import Offer, Watch
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.core.text import one_line
from bot.errors import SourceError

MOST_SIMILAR = 100
MOST_SEGMENTS = 100
WHOLE = Decimal(100)
CONSUMER = "Consumer"
FULFILLED = {"AFN": True, "MFN": False}
PRIME = {"NATIONAL": True, "REGIONAL": True, "NONE": False}


async def ask_summaries(
    client: SpApiClient, watches: Sequence[Watch], market: Marketplace
) -> bytes:
    """Ask once for the summaries of products of one marketplace; return the answer as it came.

    Raises:
        SourceError: the request failed as a whole.
    """
    content = encode_summaries((watch.asin for watch in watches), market)
    return await client.post(Operation.COMPETITIVE_SUMMARY, content, again=False)


def read_summaries(
    content: bytes, watches: Sequence[Watch], market: Marketplace, at: datetime
) -> list[SummaryReading]:
    """Return a reading for each watch, in their order.

    Raises:
        Unreadable: the answer is no JSON, or has no list of responses.
    """
    # Asked for by ASIN, our own products too: there is no such operation for SKUs.
    asks = [
        Ask(place, msgspec.structs.replace(watch, sku=""), market)
        for place, watch in enumerate(watches)
    ]
    parts = match(map(_named, read_parts(content)), asks)
    return [_reading(watches[ask.place], ask, parts.get(ask.key), at) for ask in asks]


def _named(part: Part) -> Part:
    """Return the part with what it answers: here the body tells it, and no echo does."""
    try:
        body = read_body(part.body)
    except Unreadable:
        return part
    return msgspec.structs.replace(
        part, request=Echo(asin=body.asin, marketplace_id=body.marketplace_id)
    )


def _reading(watch: Watch, ask: Ask, part: Part | None, at: datetime) -> SummaryReading:
    raw = b"" if part is None else bytes(part.body)
    try:
        return SummaryReading(watch, _summary(ask, part, at), raw)
    except SourceError as error:
        return SummaryReading(watch, error, raw)


def _summary(ask: Ask, part: Part | None, at: datetime) -> CompetitiveSummary:
    """Return what a part tells.

    Raises:
        SourceError: it failed, or tells nothing.
    """
    if part is None:
        message = f"Amazon's answer does not include {ask.name}."
        raise SourceError(message)
    check_answered(ask, part)
    body = read_body(part.body)
    currency = ask.market.currency
    featured = _featured(read_featured(body), currency)
    offers, unread = _by_condition(read_lowest(body), currency, featured=bool(featured))
    similar = _similar(read_similar(body))
    if not offers and featured is None and similar is None:
        message = f"Amazon's answer about {ask.name} has no content."
        raise SourceError(message)
    return CompetitiveSummary(
        asin=ask.watch.asin,
        marketplace=ask.watch.marketplace,
        at=at,
        offers=offers,
        unread=unread,
        featured=featured,
        similar=similar,
        digest=hashlib.sha256(part.body).hexdigest(),
    )


def _by_condition(
    rows: list[LowestRow] | None, currency: str, *, featured: bool
) -> tuple[Mapping[Condition, tuple[ConditionOffer, ...]], Mapping[Condition, int]]:
    """Return the offers by condition, and how many could not be read.

    By the model a list has at least one offer: a condition that has none can only be absent. So it
    is told by its absence, unless something was not understood, or the answer contradicts itself.
    """
    if rows is None:
        return {}, {}
    offers: dict[Condition, tuple[ConditionOffer, ...]] = {}
    unread: dict[Condition, int] = {}
    sure = True
    for row in rows[:MOST_OFFERS]:
        asked = row.lowest_priced_offers_input
        condition = None if asked is None else condition_of(asked.item_condition)
        if asked is None or condition is None or row.offers is None:
            sure = False
        elif asked.offer_type in (None, CONSUMER):
            several = [_offer_in(condition, raw, currency) for raw in row.offers[:MOST_OFFERS]]
            read = tuple(one for one in several if one is not None)
            offers[condition] = offers.get(condition, ()) + read
            if len(read) < len(several):
                unread[condition] = unread.get(condition, 0) + len(several) - len(read)
    if sure and not (featured and Condition.NEW not in offers):
        offers = {condition: offers.get(condition, ()) for condition in Condition}
    return offers, unread


def _offer_in(condition: Condition, raw: msgspec.Raw, currency: str) -> ConditionOffer | None:
    """Return an offer that is listed under a condition; None where it cannot be read.

    One that names another condition than its list contradicts itself.
    """
    row = read_offer(raw)
    offer = None if row is None else _offer(row, currency)
    if row is None or offer is None or (row.condition and condition_of(row.condition) != condition):
        return None
    sub_condition = sub_condition_of(row.sub_condition)
    return ConditionOffer(condition=condition, sub_condition=sub_condition, offer=offer)


def _offer(row: OfferRow, currency: str) -> Offer | None:
    seller = (row.seller_id or "").strip()
    price = money(None if row.listing_price is None else row.listing_price.price, currency)
    if price is None or not is_readable_id(seller):
        return None
    prime = row.prime_details
    return Offer(
        seller=seller,
        price=price,
        shipping=money(row.shipping, price.currency),
        points=points(row.worth_of_points, price.currency),
        fba=FULFILLED.get(row.fulfillment_type or ""),
        prime=None if prime is None else PRIME.get(prime.eligibility or ""),
    )


def _featured(rows: list[FeaturedRow] | None, currency: str) -> tuple[FeaturedOffer, ...] | None:
    """Return who is featured; None where it is not told, or where an offer cannot be read."""
    if rows is None:
        return None
    new = [row for row in rows if condition_of(row.buying_option_type) is Condition.NEW]
    if rows and not new:
        return None
    raws = [raw for row in new[:MOST_OFFERS] for raw in (row.segmented_featured_offers or ())]
    several = [_featured_offer(raw, currency) for raw in raws[:MOST_OFFERS]]
    read = tuple(one for one in several if one is not None)
    return read if len(read) == len(several) else None


def _featured_offer(raw: msgspec.Raw, currency: str) -> FeaturedOffer | None:
    row = read_offer(raw)
    offer = None if row is None else _offer(row, currency)
    if row is None or offer is None:
        return None
    rows = (row.featured_offer_segments or ())[:MOST_SEGMENTS]
    return FeaturedOffer(offer=offer, segments=tuple(map(_segment, rows)))


def _segment(row: SegmentRow) -> Segment:
    share = row.weight
    known = share is not None and share.is_finite() and 0 <= share <= WHOLE
    return Segment(
        membership=one_line(row.customer_membership or "", LONGEST_TEXT),
        share=share if known else None,
        country=one_line(row.place.country_code or "", LONGEST_TEXT),
        postal_code=one_line(row.place.value or "", LONGEST_TEXT),
    )


def _similar(rows: list[SimilarRow] | None) -> tuple[str, ...] | None:
    """Return the ASINs that can be read, each once, in Amazon's order."""
    if rows is None:
        return None
    asins = (item.asin for row in rows[:MOST_SIMILAR] for item in (row.items or ())[:MOST_SIMILAR])
    unique = dict.fromkeys(asin for asin in asins if asin and is_asin(asin))
    return tuple(unique)[:MOST_SIMILAR]
