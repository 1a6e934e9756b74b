"""The offers in an answer of Amazon's that is kept as evidence, as rows of a table.

It is read again only to be printed; what is not as expected is left out of the table, and the
answer itself is in the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from bot.core.money import Money
from bot.core.written import written_money
from bot.features.reports.models.dossier import OfferRow

MOST = 20
"""Offers that are told."""


class _Price(msgspec.Struct, frozen=True, rename="pascal"):
    currency_code: str = ""
    amount: Decimal | None = None

    def written(self, language: str) -> str:
        if self.amount is None:
            return ""
        return written_money(Money(self.amount, self.currency_code), language)


class _Origin(msgspec.Struct, frozen=True, rename="pascal"):
    country: str = ""


class _Feedback(msgspec.Struct, frozen=True, rename="pascal"):
    feedback_count: int | None = None
    seller_positive_feedback_rating: int | None = None


class _Offer(msgspec.Struct, frozen=True, rename="pascal"):
    seller_id: str
    listing_price: _Price
    shipping: _Price = _Price()
    ships_from: _Origin | None = None
    is_fulfilled_by_amazon: bool | None = None
    is_buy_box_winner: bool = False
    seller_feedback_rating: _Feedback | None = None


class _Payload(msgspec.Struct, frozen=True):
    offers: list[_Offer] = msgspec.field(default=[], name="Offers")


class _Answer(msgspec.Struct, frozen=True):
    payload: _Payload


def offers_in(content: bytes, asin: str, language: str) -> tuple[OfferRow, ...]:
    """Return the offers of an answer about one product; none where it reads otherwise."""
    try:
        answer = msgspec.json.decode(content, type=_Answer)
        return tuple(_rows(answer.payload.offers[:MOST], asin, language))
    except (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError):
        return ()


def _rows(offers: list[_Offer], asin: str, language: str) -> Iterator[OfferRow]:
    for offer in offers:
        feedback = offer.seller_feedback_rating or _Feedback()
        yield OfferRow(
            asin=asin,
            seller=offer.seller_id,
            price=offer.listing_price.written(language),
            shipping=offer.shipping.written(language),
            ships_from=offer.ships_from.country if offer.ships_from else "",
            fba=offer.is_fulfilled_by_amazon,
            positive_percent=feedback.seller_positive_feedback_rating,
            feedback_count=feedback.feedback_count,
            buy_box=offer.is_buy_box_winner,
        )
