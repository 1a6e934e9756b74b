"""From Keepa's answers to readings: every value bounded, and none that cannot be true. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from adapters.keepa.answers import KeepaOffer, KeepaProduct, KeepaSeller
from adapters.keepa.moments import moment_of
from bot.core.conditions import Condition
from bot.core.identifiers import is_asin, is_seller_id
from bot.core.marketplaces import Marketplace
from bot.core.money import WITHOUT_CENTS, Money
from bot.core.seller_facts import MOST_OFFERS, OfferSighting, OffersReading, SellerReading
from bot.core.text import one_line

_T = TypeVar("_T")

LONGEST_NAME = 100
LONGEST_LINE = 150
LINES = 10
LONGEST_NUMBER = 40
MOST_PRODUCTS = 100_000
"""Keepa lists no longer storefront."""
MOST_COUNTED = 10**9
MOST_STOCK = 10**6
ALL_TIME = 3
"""The place of the figure of all time, behind those of 30, 90 and 365 days."""

_USED, _REFURBISHED, _COLLECTIBLE = range(2, 6), 6, range(7, 11)


def seller_reading(told: KeepaSeller, marketplace: str, seller: str) -> SellerReading:
    """Return the seller's data."""
    rating, ratings = _rating(told)
    products = _whole(_at(told.total_storefront_asins, 1), MOST_COUNTED)
    return SellerReading(
        seller=seller,
        marketplace=marketplace,
        told_at=moment_of(told.last_update),
        first_seen=moment_of(told.tracking_since or told.tracked_since),
        name=one_line(told.seller_name or "", LONGEST_NAME),
        business=one_line(told.business_name or "", LONGEST_NAME),
        address=tuple(_lines(told.address)),
        vat=one_line(told.vat_id or "", LONGEST_NUMBER),
        phone=one_line(told.phone_number or "", LONGEST_NUMBER),
        rating=rating,
        ratings=ratings,
        rated_at=moment_of(told.last_rating_update),
        storefront=products,
        storefront_at=moment_of(_at(told.total_storefront_asins, 0)),
        asins=tuple(
            asin for asin in (told.asin_list or ())[:MOST_PRODUCTS] if asin and is_asin(asin)
        ),
    )


def offers_reading(told: KeepaProduct, market: Marketplace, asin: str) -> OffersReading:
    """Return the live offers of a product; one that names no seller is left out."""
    return OffersReading(
        asin=asin,
        marketplace=market.code,
        told_at=moment_of(told.last_update),
        offers=tuple(
            OfferSighting(
                seller=offer.seller_id,
                condition=_condition(offer.condition),
                price=_price(offer.offer_csv, market.currency),
                stock=_whole(_at(offer.stock_csv, -1), MOST_STOCK),
                seen_at=moment_of(offer.last_seen),
            )
            for offer in _live(told)
            if offer.seller_id is not None and is_seller_id(offer.seller_id)
        ),
    )


def _live(told: KeepaProduct) -> Iterator[KeepaOffer]:
    """Give the offers that are live: an answer may have old ones, too."""
    offers = told.offers or []
    for place in (told.live_offers_order or ())[:MOST_OFFERS]:
        if 0 <= place < len(offers):
            yield offers[place]


def _rating(told: KeepaSeller) -> tuple[int | None, int | None]:
    """Return the share of positive ratings and their number, of all time."""
    share = _whole(_at(told.positive_rating, ALL_TIME), 100)
    number = _whole(_at(told.rating_count, ALL_TIME), MOST_COUNTED)
    if share is None:
        share = _whole(_at(_at(told.csv, 0), -1), 100)
    if number is None:
        number = _whole(_at(_at(told.csv, 1), -1), MOST_COUNTED)
    return share, number


def _price(csv: Sequence[int] | None, currency: str) -> Money | None:
    """Return the newest price; the last three numbers are moment, price and shipping."""
    amount = _whole(_at(csv, -2), MOST_COUNTED)
    if amount is None:
        return None
    return Money(Decimal(amount) / (1 if currency in WITHOUT_CENTS else 100), currency)


def _condition(code: int | None) -> Condition | None:
    if code == 1:
        return Condition.NEW
    if code in _USED:
        return Condition.USED
    if code == _REFURBISHED:
        return Condition.REFURBISHED
    return Condition.COLLECTIBLE if code in _COLLECTIBLE else None


def _lines(address: Sequence[str | None] | None) -> Iterator[str]:
    for line in (address or ())[:LINES]:
        if words := one_line(line or "", LONGEST_LINE):
            yield words


def _whole(number: int | None, most: int) -> int | None:
    """Return a number that can be true; Keepa writes -1 and -2 for what it does not know."""
    return number if number is not None and 0 <= number <= most else None


def _at(values: Sequence[_T | None] | None, place: int) -> _T | None:
    """Return a value by its place; None where there is none."""
    if values is None or not -len(values) <= place < len(values):
        return None
    return values[place]
