"""What a picture's first bytes tell, without decoding it: its size, and whether it may be large.

The first page of a PDF is a picture, too.
"""

from __future__ import annotations

import io
import struct

import msgspec
from PIL import Image

LARGEST = 24 << 20
"""Bytes of one picture; more is left in the archive."""
LARGEST_AREA = 60_000_000
"""Pixels of one picture: decoding takes four bytes for each."""
_PRINTED = ("PNG", "JPEG", "WEBP")
_ENDINGS = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "WEBP": "webp"}
"""The ending of a picture's file, as Pillow calls it. MPO is a JPEG with others behind it."""
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises over bytes that are no picture."""


PDF = "pdf"
_PDF_HEAD = b"%PDF-"


class Shape(msgspec.Struct, frozen=True):
    """The ending of a picture's file, and its size in pixels: none yet of a PDF."""

    ending: str
    width: int
    height: int


def shape(content: bytes) -> Shape | None:
    """Return what the picture says of itself; None: no picture that can be printed, or too large.

    The bytes behind the head may still be damaged.
    """
    if len(content) > LARGEST:
        return None
    if content.startswith(_PDF_HEAD):
        return Shape(PDF, 0, 0)
    try:
        with Image.open(io.BytesIO(content), formats=_PRINTED) as picture:
            found = Shape(_ENDINGS[picture.format or ""], picture.width, picture.height)
    except _UNREADABLE:
        return None
    return found if 0 < found.width * found.height <= LARGEST_AREA else None
