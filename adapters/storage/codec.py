"""Documents as bytes and back: compact JSON.

A document may be older than the program that reads it: fields that the type does not know are
passed over, and new fields with a default take it. Limits that a type checks when it is built are
not asked: they may have been wider then. What cannot be read is an error that names it.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from bot.core.stored import as_stored
from bot.errors import BrandwardenError, StoreError

T = TypeVar("T")


def encode(document: object) -> bytes:
    """Return the document as JSON in one line; a `msgspec.Raw` is taken as it is.

    Raises:
        StoreError: it holds something that JSON cannot hold.
    """
    try:
        return msgspec.json.encode(document)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"A document of type {type(document).__name__} cannot be stored: {error}"
        raise StoreError(message) from error


def decode(data: bytes, kind: type[T], *, collection: str, key: str) -> T:
    """Return what the bytes hold, freshly made for this caller.

    Raises:
        StoreError: they do not hold a document of that type; names the collection and the key.
    """
    try:
        return _decode(data, kind)
    except (ValueError, RecursionError, BrandwardenError) as error:
        message = f"Document {key!r} of {collection!r} cannot be read: {error}"
        raise StoreError(message) from error


def _decode(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=kind)
    except BrandwardenError:
        # A type checked its limits: rare enough to be read twice, so that the others are quick.
        with as_stored():
            return msgspec.json.decode(data, type=kind)
