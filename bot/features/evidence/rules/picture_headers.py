"""The structure of PNG, JPEG and WebP files, as far as it tells their size and their end.

Sources: the PNG specification (W3C, third edition), ITU-T T.81 (JPEG), RFC 9649 (WebP). Nothing is
decoded. Everything raises ValueError whose text goes on from 'It begins like a picture and ...'.
"""

from __future__ import annotations

import re
import struct

MOST_PARTS = 20_000
"""Chunks or segments. Honest pictures of 20 MB have some thousand; each one costs time."""
MOST_SCANS = 32
"""Passes over a JPEG. Each one takes a decoder as long as the whole picture, however short it is;
honest files have about ten."""

_MARKER = re.compile(rb"\xff+([^\x00\xff])", re.DOTALL)
_BEHIND_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""Within a scan 0xFF is followed by zero or by a restart marker."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
_START = b"\xff\xd8\xff"
_LENGTH = 2
"""Bytes in which a segment tells its length, and counts them."""

_FIRST_CHUNK = 12
_SIDE = 0x3FFF
"""The bits of a WebP's width or height."""
_EXTENDED = re.compile(rb"VP8X.{4}.{4}(.{3})(.{3})", re.DOTALL)
_LOSSLESS = re.compile(rb"VP8L.{4}\x2f(.{4})", re.DOTALL)
_LOSSY = re.compile(rb"VP8 .{4}.{3}\x9d\x01\x2a(.{2})(.{2})", re.DOTALL)

_SAMSUNG = re.compile(rb"(.{4})SEFT", re.DOTALL)
"""The end of the trailer in which Samsung's phones keep notes; the length of its directory."""


def png_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG that is whole and has nothing behind its end."""
    names: list[bytes] = []
    place = len(b"\x89PNG\r\n\x1a\n")
    while names[-1:] != [b"IEND"]:
        if place + 12 > len(content) or len(names) == MOST_PARTS:
            raise ValueError("is cut off or damaged")
        length, name = struct.unpack_from(">I4s", content, place)
        names.append(name)
        place += 12 + length
    if place != len(content):
        raise ValueError("has something else behind its end")
    if content[8:16] != b"\x00\x00\x00\rIHDR" or names.count(b"IHDR") > 1 or b"IDAT" not in names:
        raise ValueError("is cut off or damaged")
    width, height = struct.unpack_from(">II", content, 16)
    return _size(width, height)


def webp_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a WebP that is as long as it says."""
    if struct.unpack_from("<I", content, 4)[0] + 8 != len(content):
        raise ValueError("is not as long as it says")
    if found := _EXTENDED.match(content, _FIRST_CHUNK):
        return _size(1 + _little(found[1]), 1 + _little(found[2]))
    if found := _LOSSLESS.match(content, _FIRST_CHUNK):
        bits = _little(found[1])
        return _size(1 + (bits & _SIDE), 1 + (bits >> 14 & _SIDE))
    if found := _LOSSY.match(content, _FIRST_CHUNK):
        return _size(_little(found[1]) & _SIDE, _little(found[2]) & _SIDE)
    raise ValueError("is cut off or damaged")


def jpeg_sizes(content: bytes) -> list[tuple[int, int]]:
    """Return every size that the picture of a JPEG claims; decoders differ in which they believe.

    Behind its end there may be what cameras put there: a second picture (MPF), zeros, or
    Samsung's trailer.
    """
    sizes: list[tuple[int, int]] = []
    scans = 0
    place = 2
    for _ in range(MOST_PARTS):
        marker, place = _marker(content, place)
        if marker == _END:
            break
        if marker in _FRAMES:
            sizes.append(_frame(content, place))
        place += _length(content, place)
        if marker == _SCAN:
            scans += 1
            found = _BEHIND_SCAN.search(content, place)
            place = found.start() if found else len(content)
    else:
        raise ValueError("has too many parts")
    if not sizes or not scans:
        raise ValueError("is cut off or damaged")
    if scans > MOST_SCANS:
        raise ValueError("has too many parts")
    if not _harmless(content[place:]):
        raise ValueError("has something else behind its end, such as a film")
    return sizes


def _marker(content: bytes, place: int) -> tuple[int, int]:
    """Return the marker that stands there, and the place behind it."""
    found = _MARKER.match(content, place)
    if found is None:
        raise ValueError("is cut off or damaged")
    return found[1][0], found.end()


def _length(content: bytes, place: int) -> int:
    length = int.from_bytes(content[place : place + _LENGTH], "big")
    if length < _LENGTH:
        raise ValueError("is cut off or damaged")
    return length


def _frame(content: bytes, place: int) -> tuple[int, int]:
    if place + 7 > len(content):
        raise ValueError("is cut off or damaged")
    height, width = struct.unpack_from(">HH", content, place + 3)
    return _size(width, height)


def _harmless(rest: bytes) -> bool:
    rest = rest.lstrip(b"\x00")
    if notes := _SAMSUNG.fullmatch(rest[-8:]):
        directory = len(rest) - 8 - _little(notes[1])
        return directory >= 0 and rest[directory : directory + 4] == b"SEFH"
    return not rest or (rest.startswith(_START) and rest.rstrip(b"\x00").endswith(b"\xff\xd9"))


def _size(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        raise ValueError("says that it has no size")
    return width, height


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
