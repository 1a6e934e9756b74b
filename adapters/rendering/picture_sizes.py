"""What a picture's first bytes tell, without decoding it: its size, and whether it may be large."""

from __future__ import annotations

import enum
import struct

import msgspec

LARGEST = 24 << 20
"""Bytes of one picture; more is left in the archive."""
LARGEST_AREA = 60_000_000
"""Pixels of one picture: decoding takes four bytes for each."""
_MARK = 0xFF
"""Begins each of JPEG's markers."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG's markers of a frame, which holds the size."""


class Format(enum.StrEnum):
    """A kind of picture that can be printed; the value is the ending of its file."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"


class Shape(msgspec.Struct, frozen=True):
    """A picture's kind and its size in pixels."""

    format: Format
    width: int
    height: int


def shape(content: bytes) -> Shape | None:
    """Return what the picture says of itself; None: no picture that can be printed, or too large.

    The bytes behind the head may still be damaged.
    """
    if len(content) > LARGEST:
        return None
    try:
        found = _png(content) or _webp(content) or _jpeg(content)
    except (struct.error, IndexError):
        return None
    if found is None or not 0 < found.width * found.height <= LARGEST_AREA:
        return None
    return found


def _png(content: bytes) -> Shape | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR":
        return None
    return Shape(Format.PNG, *struct.unpack_from(">II", content, 16))


def _webp(content: bytes) -> Shape | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return Shape(Format.WEBP, width, int.from_bytes(content[27:30], "little") + 1)
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return Shape(Format.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack_from("<HH", content, 26)
    return Shape(Format.WEBP, width & 0x3FFF, height & 0x3FFF)


def _jpeg(content: bytes) -> Shape | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    place = 2
    while content[place] == _MARK:
        marker = content[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return Shape(Format.JPEG, width, height)
        (size,) = struct.unpack_from(">H", content, place + 2)
        # A fill byte stands alone; every other segment has a size of at least two.
        place += 1 if marker == _MARK else 2 + max(size, 2)
    return None
