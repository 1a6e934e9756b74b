"""Hits of a search of the catalog for products of ours, each with what a person would call it.

They were written before the rules that judge them, by somebody who does not see those rules. The
unread files are there to count what is missed: never read them to change a rule. ``*_own.jsonl``
has the products of one half, a brand each; a hit names the one that it was found for by its place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeVar

import msgspec

Half = Literal["read", "unread"]
Label = Literal["copy", "ours", "other"]
FOLDER = Path(__file__).parent
T = TypeVar("T")


class Product(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A product of ours.

    ``image`` is the perceptual hash of the main image, 64 bits in hex digits: a picture compressed
    again, cropped or marked is at most 10 bits away, another one more than 16. ``price`` is a
    decimal number in the currency of the marketplace.
    """

    asin: str
    title: str
    brand: str
    image: str
    product_type: str
    price: str


class Hit(Product, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was found for the product at the place ``own``.

    ``ours`` is another product of our brand. A ``copy`` bears a name like our brand, or our title
    or picture under another brand. ``other`` is the rest: rivals, parts that fit, marked resale.
    """

    own: int
    label: Label


def own(half: Half) -> tuple[Product, ...]:
    """Return the products of a half; a hit's ``own`` counts from 0 in it."""
    return tuple(_lines(f"{half}_own.jsonl", Product))


def hits(half: Half) -> tuple[Hit, ...]:
    """Return the hits of a half, mixed."""
    return tuple(_lines(f"{half}.jsonl", Hit))


def _lines(name: str, kind: type[T]) -> list[T]:
    lines = (FOLDER / name).read_bytes().splitlines()
    return [msgspec.json.decode(line, type=kind) for line in lines]
