"""Which bytes of the vault a document names, whatever its type: a field's text is a SHA-256."""

from __future__ import annotations

import re
from collections.abc import Collection as Some
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from bot.core.files import Upload

T = TypeVar("T", bound=msgspec.Struct)

_NAME = re.compile(rb'"([0-9a-f]{64})"')


def named(document: msgspec.Struct) -> Iterator[str]:
    """Return all that the document may name, in any field at any depth.

    A hash of something else may be among them: nothing that is named is ever missed.
    """
    return (found[1].decode() for found in _NAME.finditer(msgspec.json.encode(document)))


def without(document: T, gone: Some[str]) -> T:
    """Return the document as it names none of these bytes: their files are taken out of its lists.

    A file is gone when its original or its copy is. The document must be able to do without.
    """
    kept: T = _without(document, gone)
    return kept


def _without(value: Any, gone: Some[str]) -> Any:
    match value:
        case Upload():
            return None if value.content in gone or value.copy in gone else value
        case msgspec.Struct():
            fields = {
                name: _without(getattr(value, name), gone) for name in value.__struct_fields__
            }
            return msgspec.structs.replace(value, **fields)
        case tuple() | list():
            return type(value)(
                left for each in value if (left := _without(each, gone)) is not None or each is None
            )
        case dict():
            return {key: _without(each, gone) for key, each in value.items()}
        case str() if value in gone:
            return ""
    return value
