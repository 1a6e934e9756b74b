"""The parts of PNG, JPEG and WebP files: chunks and segments, in their order, up to the end.

Sources: the PNG specification (W3C, third edition), ITU-T T.81 (JPEG), RFC 9649 (WebP). Nothing is
decoded. Everything raises ValueError whose text goes on from 'It begins like a picture and ...'.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

MOST_PARTS = 20_000
"""Chunks or segments. Honest pictures of 20 MB have some thousand; each one costs time."""

PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
SCAN, END = b"\xda", b"\xd9"
RIFF_HEAD = 12
"""Bytes of ``RIFF``, the length, and ``WEBP``."""

_MARKER = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
_BEHIND_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""Within a scan 0xFF is followed by zero or by a restart marker."""
_LENGTH = 2
"""Bytes in which a segment tells its length, and counts them."""
_DAMAGED = "is cut off or damaged"


class Part(NamedTuple):
    """A chunk or a segment: its name, where it stands, and where its own data does."""

    name: bytes
    """Four letters, or the byte of a JPEG's marker."""
    start: int
    data: int
    until: int
    """Where its data ends. Of a JPEG's scan, the picture itself follows until ``end``."""
    end: int


def jpeg_parts(content: bytes, start: int = 0) -> Iterator[Part]:
    """Go through a JPEG that begins there; the last part is its end."""
    place = start + len(JPEG_START) - 1
    for _ in range(MOST_PARTS):
        found = _MARKER.match(content, place)
        if found is None:
            raise ValueError(_DAMAGED)
        name, data = found[1], found.end()
        if name == END:
            yield Part(name, place, data, data, data)
            return
        length = int.from_bytes(content[data : data + _LENGTH], "big")
        if length < _LENGTH:
            raise ValueError(_DAMAGED)
        end = until = data + length
        if name == SCAN:
            behind = _BEHIND_SCAN.search(content, until)
            end = behind.start() if behind else len(content)
        yield Part(name, place, data + _LENGTH, until, end)
        place = end
    raise ValueError("has too many parts")


def png_parts(content: bytes) -> Iterator[Part]:
    """Go through a PNG; the last part is its end."""
    place = len(PNG_START)
    for _ in range(MOST_PARTS):
        if place + 12 > len(content):
            raise ValueError(_DAMAGED)
        length, name = struct.unpack_from(">I4s", content, place)
        data = place + 8
        end = data + length + 4
        if end > len(content):
            raise ValueError(_DAMAGED)
        yield Part(name, place, data, data + length, end)
        if name == b"IEND":
            return
        place = end
    raise ValueError("has too many parts")


def webp_parts(content: bytes) -> Iterator[Part]:
    """Go through a WebP as far as it says that it goes."""
    whole = webp_end(content)
    place = RIFF_HEAD
    for _ in range(MOST_PARTS):
        if place >= whole:
            return
        if place + 8 > whole:
            raise ValueError(_DAMAGED)
        name, length = struct.unpack_from("<4sI", content, place)
        data = place + 8
        if data + length > whole:
            raise ValueError(_DAMAGED)
        # The last one's byte that makes it even is left out by some.
        end = min(data + length + length % 2, whole)
        yield Part(name, place, data, data + length, end)
        place = end
    raise ValueError("has too many parts")


def webp_end(content: bytes) -> int:
    """Return where a WebP says that it ends."""
    end = int(struct.unpack_from("<I", content, 4)[0]) + 8
    if end > len(content):
        raise ValueError("does not have the length it states")
    return end


def picture_end(form: str, content: bytes) -> int:
    """Return where a PNG, a JPEG or a WebP ends that is whole."""
    if form == "webp":
        return webp_end(content)
    *_, last = png_parts(content) if form == "png" else jpeg_parts(content)
    return last.end
