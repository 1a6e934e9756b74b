"""Packs: documents that are neighbours in the log, pressed into one line.

Only a compaction makes them. A document that is written later stands in a line of its own, which
takes the place of what the pack says. The line is an object, so that a version that knows no packs
refuses the log instead of missing documents.
"""

from __future__ import annotations

import zlib
from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

SIZE = 16 * 1024
"""Bytes of documents in a pack: the more, the smaller they get and the longer one takes to read."""


class Pack(msgspec.Struct, frozen=True):
    """A line's payload: documents of one table."""

    packed: str
    """The table."""
    first: str
    last: str
    """The keys at its ends, by which a person may tell what is in it."""
    documents: bytes
    """JSON, the documents by key, pressed by zlib; in the payload as base64."""


class Content(NamedTuple):
    """The pressed documents as the payload has them."""

    offset: int
    text: bytes


_packs = msgspec.json.Decoder(Pack)
_documents = msgspec.json.Decoder(dict[str, msgspec.Raw])


def is_pack(payload: bytes) -> bool:
    """Tell whether the payload is a pack's."""
    return payload.startswith(b"{")


def pack(table: str, documents: Mapping[str, bytes]) -> bytes:
    """Return the payload that holds the documents, of which there is at least one."""
    keys = list(documents)
    whole = msgspec.json.encode({key: msgspec.Raw(each) for key, each in documents.items()})
    return msgspec.json.encode(Pack(table, keys[0], keys[-1], zlib.compress(whole)))


def opened(payload: bytes) -> tuple[str, Mapping[str, msgspec.Raw]]:
    """Return a pack's table and documents. Raises msgspec.MsgspecError for what is none."""
    found = _packs.decode(payload)
    return found.packed, _documents.decode(zlib.decompress(found.documents))


def content(payload: bytes) -> Content:
    """Return the pressed documents and where they stand in a pack's payload."""
    end = len(payload) - len(b'"}')
    begin = payload.rindex(b'"', 0, end) + 1
    return Content(begin, payload[begin:end])


def unpacked(text: bytes) -> Mapping[str, msgspec.Raw]:
    """Return the documents that a pack's content holds."""
    return _documents.decode(zlib.decompress(a2b_base64(text)))


def groups(documents: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, bytes]]:
    """Divide documents into those of each pack."""
    group: dict[str, bytes] = {}
    size = 0
    for key, document in documents:
        if group and size + len(document) > SIZE:
            yield group
            group, size = {}, 0
        group[key] = document
        size += len(document)
    if group:
        yield group
