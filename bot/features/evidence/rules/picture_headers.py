"""How large the picture in a PNG, JPEG or WebP file is, by its structure alone.

Everything raises ValueError whose text goes on from 'It begins like a picture and ...'.
"""

from __future__ import annotations

import re
import struct

from bot.features.evidence.rules.picture_parts import (
    RIFF_HEAD,
    SCAN,
    jpeg_parts,
    png_parts,
    webp_parts,
)

MOST_SCANS = 32
"""Passes over a JPEG. Each one takes a decoder as long as the whole picture, however short it is;
honest files have about ten."""

_FRAMES = frozenset(bytes([code]) for code in range(0xC0, 0xD0)) - {b"\xc4", b"\xc8", b"\xcc"}

_SIDE = 0x3FFF
"""The bits of a WebP's width or height."""
_EXTENDED = re.compile(rb"VP8X.{4}.{4}(.{3})(.{3})", re.DOTALL)
_LOSSLESS = re.compile(rb"VP8L.{4}\x2f(.{4})", re.DOTALL)
_LOSSY = re.compile(rb"VP8 .{4}.{3}\x9d\x01\x2a(.{2})(.{2})", re.DOTALL)


def png_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a PNG that is whole."""
    names = [part.name for part in png_parts(content)]
    if content[8:16] != b"\x00\x00\x00\rIHDR" or names.count(b"IHDR") > 1 or b"IDAT" not in names:
        raise ValueError("is cut off or damaged")
    width, height = struct.unpack_from(">II", content, 16)
    return _size(width, height)


def webp_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a WebP that is whole."""
    if not list(webp_parts(content)):
        raise ValueError("is cut off or damaged")
    if found := _EXTENDED.match(content, RIFF_HEAD):
        return _size(1 + _little(found[1]), 1 + _little(found[2]))
    if found := _LOSSLESS.match(content, RIFF_HEAD):
        bits = _little(found[1])
        return _size(1 + (bits & _SIDE), 1 + (bits >> 14 & _SIDE))
    if found := _LOSSY.match(content, RIFF_HEAD):
        return _size(_little(found[1]) & _SIDE, _little(found[2]) & _SIDE)
    raise ValueError("is cut off or damaged")


def jpeg_sizes(content: bytes) -> list[tuple[int, int]]:
    """Return every size that a JPEG claims; decoders differ in which they believe."""
    sizes: list[tuple[int, int]] = []
    scans = 0
    for part in jpeg_parts(content):
        if part.name in _FRAMES:
            sizes.append(_frame(content, part.data))
        scans += part.name == SCAN
    if not sizes or not scans:
        raise ValueError("is cut off or damaged")
    if scans > MOST_SCANS:
        raise ValueError("has too many parts")
    return sizes


def _frame(content: bytes, place: int) -> tuple[int, int]:
    if place + 5 > len(content):
        raise ValueError("is cut off or damaged")
    height, width = struct.unpack_from(">HH", content, place + 1)
    return _size(width, height)


def _size(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        raise ValueError("has no width or height")
    return width, height


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
