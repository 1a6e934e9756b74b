"""The copy for readers: a page's picture above a strip that says what, when and which bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from adapters.capture.boxes import draw_boxes
from adapters.capture.elements import NO_BOXES, Boxes
from bot.errors import CaptureError
from bot.features.evidence.models.capture import NO_BOX, numbered

LARGEST = 1280 * 6000
"""Pixels of a page's picture."""
MARGIN, LINE, SIZE = 24, 30, 19
"""Pixels: around the strip, from line to line, and of a letter."""
LINES = 4
"""So many lines at most for the address."""
INK, SOFT, PAPER, EDGE = "#111820", "#556270", "#ffffff", "#111820"
SIMULATED_INK, SIMULATED_PAPER = "#3a2c00", "#ffd166"
SIMULATED = "SIMULATED: a page of the simulated marketplace, not Amazon"
FAST = 1
"""How hard PNG tries: twice the speed is worth a tenth of the size."""


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """What the strip says."""

    url: str
    at: datetime
    sha256: str
    tool: str
    whole: bool
    simulated: bool


def annotated(picture: bytes, label: Label, boxes: Boxes = NO_BOXES) -> bytes:
    """Return a PNG of the picture with boxes on it and the strip below.

    It takes some tens of milliseconds.

    Raises:
        CaptureError: the picture is none, or too large.
    """
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG",)) as original:
            if original.width * original.height > LARGEST:
                raise CaptureError("The screenshot is too large.")
            page = original.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise CaptureError("The screenshot is damaged.") from error
    strip = _strip(page.width, [*_rows(label), *_box_rows(boxes)], simulated=label.simulated)
    copy = Image.new("RGB", (page.width, page.height + strip.height), PAPER)
    copy.paste(page, (0, 0))
    copy.paste(strip, (0, page.height))
    draw_boxes(copy, page.height, boxes)
    written = io.BytesIO()
    copy.save(written, "PNG", compress_level=FAST)
    return written.getvalue()


def _strip(width: int, told: Sequence[tuple[str, str]], *, simulated: bool) -> Image.Image:
    font = ImageFont.load_default(SIZE)
    left = MARGIN + max(int(font.getlength(name)) for name, _ in told) + MARGIN
    rows = [
        (name, list(_wrapped(text, font, width - left - MARGIN))[:LINES]) for name, text in told
    ]
    banner = LINE + MARGIN if simulated else 0
    height = banner + 2 * MARGIN + LINE * sum(len(lines) for _, lines in rows)
    strip = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(strip)
    draw.rectangle((0, 0, width, 3), fill=EDGE)
    if simulated:
        draw.rectangle((0, 4, width, banner), fill=SIMULATED_PAPER)
        draw.text((MARGIN, banner // 2 + 2), SIMULATED, SIMULATED_INK, font, anchor="lm")
    _write(draw, font, banner + MARGIN, left, rows)
    return strip


def _write(
    draw: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    top: int,
    left: int,
    rows: Sequence[tuple[str, list[str]]],
) -> None:
    for name, lines in rows:
        draw.text((MARGIN, top), name, SOFT, font)
        for line in lines:
            draw.text((left, top), line, INK, font)
            top += LINE


def _rows(label: Label) -> Iterator[tuple[str, str]]:
    yield "Address", label.url.encode("ascii", "backslashreplace").decode()
    yield "Captured", f"{label.at:%Y-%m-%d %H:%M:%S} UTC by Brandwarden with {label.tool}"
    yield "SHA-256", f"{label.sha256} (of the original picture, without boxes and caption)"
    if not label.whole:
        yield "Cropped", "The page continues below this picture."


def _box_rows(boxes: Boxes) -> Iterator[tuple[str, str]]:
    if boxed := [each.label for each in boxes if boxes[each]]:
        yield "Boxes", f"{numbered(boxed)} (drawn on this copy around the page's own elements)"
    for each in boxes:
        if not boxes[each]:
            yield each.label, NO_BOX


def _wrapped(
    text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int
) -> Iterator[str]:
    """Break text at the letter that does not fit any more; addresses have no spaces."""
    line = ""
    for letter in text:
        if font.getlength(line + letter) > width:
            yield line
            line = ""
        line += letter
    yield line
