"""The shapes of pages in the catalogue, as far as they are read, each data set apart.

Source: Item in the model catalogItems_2022-04-01. Every field may be absent, and unknown ones are
passed over. A data set that is absent, or has another shape, costs no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from adapters.amazon.answers import Loose
from adapters.amazon.exchange import Unreadable, decode

T = TypeVar("T")
ABSENT = msgspec.Raw(b"null")


class SummaryRow(msgspec.Struct, frozen=True, rename="camel"):
    """The main facts in a marketplace, in its own language."""

    marketplace_id: str | None = None
    item_name: str | None = None
    brand: str | None = None


class ImageRow(msgspec.Struct, frozen=True):
    """One size of a picture."""

    variant: str | None = None
    link: str | None = None
    height: Loose = None
    width: Loose = None


class ImagesRow(msgspec.Struct, frozen=True, rename="camel"):
    """The pictures in a marketplace."""

    marketplace_id: str | None = None
    images: list[ImageRow] | None = None


class TypeRow(msgspec.Struct, frozen=True, rename="camel"):
    """The product type in a marketplace."""

    marketplace_id: str | None = None
    product_type: str | None = None


class Relation(msgspec.Struct, frozen=True, rename="camel"):
    """How it belongs to other products."""

    type: str | None = None
    parent_asins: list[str] | None = None
    child_asins: list[str] | None = None


class RelationsRow(msgspec.Struct, frozen=True, rename="camel"):
    """The relationships in a marketplace."""

    marketplace_id: str | None = None
    relationships: list[Relation] | None = None


class IdentifierRow(msgspec.Struct, frozen=True, rename="camel"):
    """A number of the product."""

    identifier_type: str | None = None
    identifier: str | None = None


class IdentifiersRow(msgspec.Struct, frozen=True, rename="camel"):
    """The numbers in a marketplace."""

    marketplace_id: str | None = None
    identifiers: list[IdentifierRow] | None = None


class AttributeRow(msgspec.Struct, frozen=True):
    """A value of an attribute, in a marketplace and a language."""

    value: Loose = None
    language_tag: str | None = None
    marketplace_id: str | None = None


class ContentItem(msgspec.Struct, frozen=True, rename="camel"):
    """A product with the data sets that were told."""

    asin: str | None = None
    attributes: msgspec.Raw = ABSENT
    identifiers: msgspec.Raw = ABSENT
    images: msgspec.Raw = ABSENT
    product_types: msgspec.Raw = ABSENT
    relationships: msgspec.Raw = ABSENT
    summaries: msgspec.Raw = ABSENT


class _Items(msgspec.Struct, frozen=True):
    items: list[msgspec.Raw]


_read_items = msgspec.json.Decoder(_Items).decode
_read_item = msgspec.json.Decoder(ContentItem).decode
_read_attributes = msgspec.json.Decoder(dict[str, msgspec.Raw] | None).decode
_read_values = msgspec.json.Decoder(list[AttributeRow]).decode
read_summaries = msgspec.json.Decoder(list[SummaryRow] | None).decode
read_images = msgspec.json.Decoder(list[ImagesRow] | None).decode
read_types = msgspec.json.Decoder(list[TypeRow] | None).decode
read_relations = msgspec.json.Decoder(list[RelationsRow] | None).decode
read_identifiers = msgspec.json.Decoder(list[IdentifiersRow] | None).decode


def read_items(content: bytes) -> Iterator[tuple[ContentItem, msgspec.Raw]]:
    """Yield the products of an answer, each with its bytes; an unreadable one is left out.

    Raises:
        Unreadable: the answer is no JSON, or has no list of items.
    """
    for raw in decode(_read_items, content).items:
        item = lenient(_read_item, raw)
        if item is not None:
            yield item, raw


def read_attributes(item: ContentItem) -> Mapping[str, msgspec.Raw]:
    """Return the values of attributes by name; empty where they are not told or unreadable."""
    return lenient(_read_attributes, item.attributes) or {}


def read_values(raw: msgspec.Raw) -> list[AttributeRow] | None:
    """Return the values of an attribute; None where it has another shape."""
    return lenient(_read_values, raw)


def lenient(read: Callable[[bytes | msgspec.Raw], T], raw: msgspec.Raw) -> T | None:
    """Decode what may be unreadable: then it is None."""
    try:
        return decode(read, raw)
    except Unreadable:
        return None
