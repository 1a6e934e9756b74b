"""What Keepa's answers look like (source: its documentation of requests and objects, 2026-11).

Only what is used is read: a representative's name and an e-mail address never leave the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from bot.core.text import one_line
from bot.errors import SourceError

T = TypeVar("T")

LONGEST_REASON = 120
"""How many characters of a reason are told."""


class KeepaFault(msgspec.Struct, frozen=True):
    """Why a question was refused."""

    type: str | None = None


class KeepaMeta(msgspec.Struct, frozen=True, rename="camel"):
    """What every answer says, also a refusal; ``refill_in`` are milliseconds."""

    tokens_left: int | None = None
    refill_in: int | None = None
    refill_rate: int | None = None
    error: KeepaFault | None = None


class KeepaSeller(msgspec.Struct, frozen=True, rename="camel"):
    """A seller. The documentation calls the first moment ``trackingSince``, Keepa's own client
    ``trackedSince``."""

    seller_name: str | None = None
    business_name: str | None = None
    address: list[str | None] | None = None
    vat_id: str | None = msgspec.field(name="vatID", default=None)
    phone_number: str | None = None
    tracking_since: int | None = None
    tracked_since: int | None = None
    last_update: int | None = None
    last_rating_update: int | None = None
    rating_count: list[int | None] | None = None
    positive_rating: list[int | None] | None = None
    total_storefront_asins: list[int | None] | None = None
    asin_list: list[str | None] | None = None
    csv: list[list[int] | None] | None = None


class KeepaOffer(msgspec.Struct, frozen=True, rename="camel"):
    """An offer; the lists are histories, the newest value last."""

    seller_id: str | None = None
    condition: int | None = None
    last_seen: int | None = None
    offer_csv: list[int] | None = msgspec.field(name="offerCSV", default=None)
    stock_csv: list[int] | None = msgspec.field(name="stockCSV", default=None)


class KeepaProduct(msgspec.Struct, frozen=True, rename="camel"):
    """A product with its offers; ``live_offers_order`` are places in ``offers``."""

    asin: str | None = None
    last_update: int | None = None
    offers: list[KeepaOffer] | None = None
    live_offers_order: list[int] | None = None


class _Sellers(msgspec.Struct, frozen=True):
    sellers: dict[str, KeepaSeller] | None = None


class _Products(msgspec.Struct, frozen=True):
    products: list[KeepaProduct | None] | None = None


_read_meta = msgspec.json.Decoder(KeepaMeta).decode
_read_sellers = msgspec.json.Decoder(_Sellers).decode
_read_products = msgspec.json.Decoder(_Products).decode


def read_meta(body: bytes) -> KeepaMeta:
    """Return what the answer says of tokens; nothing where it cannot be read."""
    try:
        return _decoded(_read_meta, body)
    except SourceError:
        return KeepaMeta()


def read_seller(body: bytes, seller: str) -> KeepaSeller | None:
    """Return the seller; None where the answer has none of that ID.

    Raises:
        SourceError: it could not be read.
    """
    sellers = _decoded(_read_sellers, body).sellers
    if sellers is None:
        message = "Keepa's answer names no sellers."
        raise SourceError(message)
    return sellers.get(seller)


def read_product(body: bytes, asin: str) -> KeepaProduct | None:
    """Return the product; None where the answer has none of that ASIN.

    Raises:
        SourceError: it could not be read.
    """
    products = _decoded(_read_products, body).products
    if products is None:
        message = "Keepa's answer names no products."
        raise SourceError(message)
    return next((each for each in products if each is not None and each.asin == asin), None)


def _decoded(decode: Callable[[bytes], T], body: bytes) -> T:
    try:
        return decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # The words name a place and a type, never a value.
        message = f"Keepa's answer could not be read ({one_line(str(error), LONGEST_REASON)})."
        raise SourceError(message) from None
