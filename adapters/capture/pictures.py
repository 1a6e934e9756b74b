"""Copies of pictures for readers, also drawn on. Originals are never touched.

A copy holds pixels and nothing else: no place, no camera, no time, no comment, no hidden second
picture. All of this takes up to some seconds and belongs off the event loop.
"""

from __future__ import annotations

import asyncio
import io
import struct
from collections.abc import Sequence
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps

from adapters.capture import marks
from bot.errors import UserError
from bot.features.evidence.rules.content import MOST_PIXELS, ContentKind, recognise

LONGEST_SIDE = 2400
"""Pixels of a copy."""
QUALITY = 88
FAST = 1
"""How hard PNG tries: twice the speed is worth a tenth of the size."""
LARGEST_PROFILE = 1_000_000
"""Bytes of a colour profile that is believed."""

PAPER = "#ffffff"

_DAMAGED = (
    "The picture cannot be read; it may be damaged. Open it, save it again as PNG or JPEG, and "
    "attach that."
)
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow raises over bytes that are no picture."""
_DAMAGED_EXIF = (struct.error, AttributeError, KeyError, TypeError)
"""What it raises besides over EXIF that is damaged."""


class PillowPictures:
    """Makes copies beside the event loop, one at a time: 50 megapixels take up to 800 MB."""

    def __init__(self) -> None:
        """Start with nothing to do."""
        self._turn = asyncio.Lock()

    async def copy(self, content: bytes) -> bytes:
        """Return the reader's copy. Raises UserError when it cannot be read as a picture."""
        async with self._turn:
            return await asyncio.to_thread(reader_copy, content)

    async def grid(self, content: bytes) -> bytes:
        """Return a JPEG of it under a grid of cells. Raises UserError as `copy` does."""
        async with self._turn:
            return await asyncio.to_thread(gridded, content)

    async def marked(self, received: bytes, genuine: bytes, spots: Sequence[marks.Mark]) -> bytes:
        """Return a JPEG of both side by side, with marks. Raises UserError as `copy` does."""
        async with self._turn:
            return await asyncio.to_thread(compared, received, genuine, spots)


def reader_copy(content: bytes) -> bytes:
    """Return a copy for readers: upright, at most 2,400 pixels long, without any metadata.

    A PNG gives a PNG, anything else a JPEG; of an animation it shows the first frame.

    Raises:
        UserError: it is no picture that is taken, too large, or cannot be decoded.
    """
    kind, picture = decoded(content)
    return _encoded(picture, kind)


def gridded(content: bytes) -> bytes:
    """Return a JPEG of the picture under a grid of cells. Raises UserError."""
    return _encoded(marks.under_grid(decoded(content)[1]), ContentKind.JPEG)


def compared(received: bytes, genuine: bytes, spots: Sequence[marks.Mark]) -> bytes:
    """Return a JPEG of both pictures side by side, with their marks. Raises UserError."""
    (_, left), (_, right) = decoded(received), decoded(genuine)
    return _encoded(marks.side_by_side(left, right, spots), ContentKind.JPEG)


def decoded(content: bytes) -> tuple[ContentKind, Image.Image]:
    """Return the upright picture in sRGB, made small enough.

    Raises:
        UserError: it is no picture that is taken, too large, or cannot be decoded.
    """
    kind = recognise(content)
    if not kind.picture:
        raise UserError("This file is not a picture. Attach a PNG, JPEG or WebP file.")
    try:
        with Image.open(io.BytesIO(content), formats=(kind.value,)) as original:
            return kind, _clean(original)
    except _UNREADABLE as error:
        raise UserError(_DAMAGED) from error


def _clean(original: Image.Image) -> Image.Image:
    if original.width * original.height > MOST_PIXELS:
        # Whatever the header said to us, this is what would be decoded.
        raise ValueError("larger than its header says")
    side = (LONGEST_SIDE, LONGEST_SIDE)
    original.draft("RGB", side)
    original.load()
    picture = _in_colour(original)
    picture.thumbnail(side, Image.Resampling.LANCZOS, reducing_gap=3.0)
    colours = _srgb(picture, original.info.get("icc_profile"))
    colours = _upright(colours, original.info.get("exif"))
    # A new picture has no metadata that could be saved with it.
    clean = Image.new("RGB", colours.size, PAPER)
    clean.paste(colours, mask=colours.getchannel("A") if colours.mode == "RGBA" else None)
    return clean


def _in_colour(original: Image.Image) -> Image.Image:
    if original.mode in ("RGB", "RGBA", "CMYK"):
        return original
    if original.mode.startswith("I"):
        # Sixteen bits of grey would be cut off at 255.
        return original.convert("I").point(lambda value: value / 256).convert("RGB")
    return original.convert("RGBA" if original.has_transparency_data else "RGB")


def _upright(picture: Image.Image, exif: object) -> Image.Image:
    """Turn a picture as its EXIF says; where that is damaged, it stays as it is."""
    picture.info = {"exif": exif} if isinstance(exif, bytes) else {}
    with suppress(*_UNREADABLE, *_DAMAGED_EXIF):
        return ImageOps.exif_transpose(picture)
    return picture


def _srgb(picture: Image.Image, profile: object) -> Image.Image:
    """Return the colours as every reader shows them; a profile that makes no sense is left out."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if isinstance(profile, bytes) and len(profile) <= LARGEST_PROFILE:
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
            if found is not None:
                return found
    return picture.convert(mode)


def _encoded(picture: Image.Image, kind: ContentKind) -> bytes:
    written = io.BytesIO()
    if kind is ContentKind.PNG:
        picture.save(written, "PNG", compress_level=FAST)
    else:
        picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
