"""From Amazon's answer about one product to a snapshot, with care for what it cannot be trusted in.

Source for every rule: 'False-alarm traps' among the facts on Amazon.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from adapters.amazon.answers import OfferDetail, Payload, Summary
from adapters.amazon.buy_box import Seen, boxes_of, holders, lowest_price
from adapters.amazon.values import (
    LONGEST_ID,
    LONGEST_TEXT,
    MOST_COUNTED,
    MOST_OFFERS,
    is_readable_id,
    money,
    plain,
    points,
    whole,
)
from bot.core.identifiers import is_asin
from bot.core.listing import Offer, Snapshot, Watch
from bot.core.marketplaces import Marketplace
from bot.core.text import one_line
from bot.errors import SkuRefused, SourceError

TOO_SOON = "ActiveButTooSoonForProcessing"
KNOWN = (None, "", "Success", "NoBuyableOffers")
"""What the status may be where there are no offers; anything else explains nothing."""

OTHER_CONDITIONS = frozenset({"used", "collectible", "refurbished", "club"})
"""Conditions that were not asked for."""
NOT_NEW = OTHER_CONDITIONS | {
    "likenew",
    "mint",
    "verygood",
    "good",
    "acceptable",
    "poor",
    "refurbishedwarranty",
}
"""Sub-conditions of those. All others, unknown ones too, belong to New, which was asked for."""


def to_snapshot(
    payload: Payload, watch: Watch, market: Marketplace, at: datetime, digest: str
) -> Snapshot:
    """Turn an answer into a snapshot of the offers of condition New.

    An offer without price, or a seller ID that can be read, cannot be listed, but it counts, so
    that the snapshot knows itself to be incomplete.

    Raises:
        SourceError: the answer is about something else, or about nothing.
    """
    _check_subject(payload, watch, market)
    _check_status(payload)
    details = [one for one in (payload.offers or [])[:MOST_OFFERS] if _is_new(one.sub_condition)]
    seen = [Seen(detail, _offer(detail, market.currency)) for detail in details]
    boxes = boxes_of(payload.summary)
    return Snapshot(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=at,
        offers=tuple(one.offer for one in seen if one.offer is not None),
        total=max(_counted(payload.summary), len(seen)),
        holders=holders(boxes, seen, market.currency),
        buy_box_price=lowest_price(boxes, market.currency),
        rank=_rank(payload.summary),
        digest=digest,
    )


def _check_subject(payload: Payload, watch: Watch, market: Marketplace) -> None:
    others = payload.asins() - {watch.asin}
    if others:
        raise _other(min(others), watch)
    if payload.marketplaces() - {market.id}:
        message = f"Amazon's answer is for a marketplace other than {market.code}."
        raise SourceError(message)
    if plain(payload.condition) in OTHER_CONDITIONS:
        message = "Amazon's answer is for a condition other than New."
        raise SourceError(message)


def _other(asin: str, watch: Watch) -> SourceError:
    """Return what it means that the answer is about another product."""
    message = f"Amazon's answer is for {one_line(asin, LONGEST_ID)} instead of {watch.asin}"
    if not watch.sku:
        return SourceError(f"{message}.")
    sku = one_line(watch.sku, LONGEST_TEXT)
    return SkuRefused(
        f"{message}: Amazon lists your SKU {sku} under that product.",
        watch.sku,
        asin if is_asin(asin) else "",
    )


def _check_status(payload: Payload) -> None:
    if payload.status == TOO_SOON:
        message = "Amazon is still processing this listing."
        raise SourceError(message)
    if payload.offers:
        return
    if payload.status not in KNOWN:
        status = one_line(payload.status, LONGEST_TEXT)
        message = f"Amazon sent no offers, and an unknown status: {status!r}."
        raise SourceError(message)
    told = payload.offers is not None or payload.status == "NoBuyableOffers"
    counted = payload.summary is not None and payload.summary.total_offer_count is not None
    if not told and not counted:
        message = "Amazon's answer has neither offers nor an offer count."
        raise SourceError(message)


def _offer(detail: OfferDetail, currency: str) -> Offer | None:
    seller = (detail.seller_id or "").strip()
    price = money(detail.listing_price, currency)
    if price is None or not is_readable_id(seller):
        return None
    feedback = detail.seller_feedback_rating
    prime = detail.prime_information
    origin = detail.ships_from
    return Offer(
        seller=seller,
        price=price,
        shipping=money(detail.shipping, price.currency),
        points=points(detail.points, price.currency),
        fba=detail.is_fulfilled_by_amazon,
        prime=None if prime is None else prime.is_prime,
        feedback_count=None if feedback is None else whole(feedback.feedback_count, MOST_COUNTED),
        positive_percent=(
            None if feedback is None else whole(feedback.seller_positive_feedback_rating, 100)
        ),
        ships_from="" if origin is None else _place(origin.state, origin.country),
    )


def _counted(summary: Summary | None) -> int:
    """Return how many offers of condition New there are, as far as the summary tells.

    Rows without a count are seen at times (issue 848 of selling-partner-api-models); then the count
    of all conditions stands in: too many means 'incomplete', too few would mean 'gone'.
    """
    if summary is None:
        return 0
    rows = summary.number_of_offers
    counts = [whole(row.count, MOST_COUNTED) for row in rows or () if plain(row.condition) == "new"]
    if not rows or None in counts:
        return whole(summary.total_offer_count, MOST_COUNTED) or 0
    return sum(count or 0 for count in counts)


def _rank(summary: Summary | None) -> int | None:
    """Return the place in the category that Amazon names first, as far as it is told."""
    rows = (summary.sales_rankings if summary else None) or []
    return (whole(rows[0].rank, MOST_COUNTED) or None) if rows else None


def _is_new(sub_condition: str | None) -> bool:
    return sub_condition == "new" or plain(sub_condition) not in NOT_NEW


@lru_cache(maxsize=1024)
def _place(state: str | None, country: str | None) -> str:
    place = f"{state}, {country}" if state and country else country or state or ""
    return one_line(place, LONGEST_TEXT)
