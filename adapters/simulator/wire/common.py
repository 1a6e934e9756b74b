"""The shapes that all of Amazon's answers share, and how they become JSON."""

from decimal import Decimal

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encode(body: msgspec.Struct) -> bytes:
    """The JSON of an answer; amounts are numbers, as at Amazon."""
    return _ENCODER.encode(body)


class Error(msgspec.Struct, frozen=True):
    """One of Amazon's errors."""

    code: str
    message: str
    details: str = ""


class Errors(msgspec.Struct, frozen=True):
    """The body of a refusal."""

    errors: tuple[Error, ...]


class Money(msgspec.Struct, frozen=True, rename="pascal"):
    """An amount in a currency."""

    currency_code: str
    amount: Decimal


class SalesRank(msgspec.Struct, frozen=True, rename="pascal"):
    """A place in a category's best sellers."""

    product_category_id: str
    rank: int
