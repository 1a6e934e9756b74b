"""Which evidence a stored document names."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.core.files import Upload
from bot.features.cases.models.cases import Entry
from bot.features.evidence.models.custody import Stamp


def named(value: object) -> Iterator[str]:
    """Return the SHA-256 of all bytes that the document, or something in it, names."""
    if isinstance(value, msgspec.Struct):
        yield from filter(None, _own(value))
        for field in value.__struct_fields__:
            yield from named(getattr(value, field))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from named(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from named(each)


def _own(value: msgspec.Struct) -> tuple[str, ...]:
    match value:
        case Upload():
            return value.content, value.copy
        case Stamp():
            return (value.token,)
        case Entry():
            return (value.evidence,)
    return ()
