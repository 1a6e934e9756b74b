"""Drawing on copies of photos: a grid with which people name places, and numbered marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw, ImageFont, ImageOps

from bot.core.spots import COLUMNS, ROWS, WHOLE, Spot

SIDE = 1600
"""Pixels of the longer side of a picture under a grid."""
PANEL, GAP, HEADING = 1000, 24, 56
"""Pixels: a half of the pictures side by side, what is between them, and the line above."""
RING, BADGE = 48, 26
"""Pixels: half a ring's width around a place, and half that of its number."""
INK, PAPER, MARK, LIGHT = "#111820", "#ffffff", "#c8102e", "#ffffff"
HALF = 2
RECEIVED, GENUINE = "SELLER'S PRODUCT", "GENUINE PRODUCT"


Mark = tuple[Spot | None, Spot | None]
"""A place on the one picture and on the other; None: not on that one."""


def under_grid(original: Image.Image) -> Image.Image:
    """Return the picture under a grid of cells from A1 to F6."""
    picture = ImageOps.contain(original, (SIDE, SIDE))
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    letter = max(width, height) // 40
    for column in range(1, len(COLUMNS)):
        _line(draw, (column * width // len(COLUMNS), 0, column * width // len(COLUMNS), height))
    for row in range(1, ROWS):
        _line(draw, (0, row * height // ROWS, width, row * height // ROWS))
    for row in range(ROWS):
        for column, name in enumerate(COLUMNS):
            corner = (column * width // len(COLUMNS), row * height // ROWS)
            _label(draw, corner, f"{name}{row + 1}", letter)
    return picture


def side_by_side(received: Image.Image, genuine: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """Return both pictures in one, with numbers from 1 at the marks.

    Each is scaled to fit its half, so sizes in it cannot be compared.
    """
    left = _panel(received, RECEIVED, enumerate((one for one, _ in marks), start=1))
    right = _panel(genuine, GENUINE, enumerate((two for _, two in marks), start=1))
    size = (2 * PANEL + 3 * GAP, max(left.height, right.height) + HALF * GAP)
    sheet = Image.new("RGB", size, PAPER)
    sheet.paste(left, (GAP, GAP))
    sheet.paste(right, (PANEL + HALF * GAP, GAP))
    return sheet


def _panel(
    picture: Image.Image, heading: str, marks: Iterable[tuple[int, Spot | None]]
) -> Image.Image:
    picture = ImageOps.contain(picture, (PANEL, PANEL))
    draw = ImageDraw.Draw(picture)
    for number, spot in marks:
        if spot is not None:
            _mark(draw, picture.size, number, spot)
    panel = Image.new("RGB", (PANEL, HEADING + picture.height), PAPER)
    font = ImageFont.load_default(HEADING // HALF)
    ImageDraw.Draw(panel).text((0, HEADING // HALF), heading, INK, font, anchor="lm")
    panel.paste(picture, ((PANEL - picture.width) // HALF, HEADING))
    return panel


def _mark(draw: ImageDraw.ImageDraw, size: tuple[int, int], number: int, spot: Spot) -> None:
    """Draw a ring around the place, which stays to be seen, and its number beside."""
    width, height = size
    x, y = spot.x * width // WHOLE, spot.y * height // WHOLE
    draw.circle((x, y), RING, None, LIGHT, 9)
    draw.circle((x, y), RING - 2, None, MARK, 5)
    left = min(max(x - RING, BADGE), width - BADGE)
    top = min(max(y - RING, BADGE), height - BADGE)
    draw.circle((left, top), BADGE, MARK, LIGHT, 4)
    font = ImageFont.load_default(int(BADGE * 1.3))
    draw.text((left, top), str(number), LIGHT, font, anchor="mm")


def _line(draw: ImageDraw.ImageDraw, ends: tuple[int, int, int, int]) -> None:
    draw.line(ends, INK, 5)
    draw.line(ends, LIGHT, 2)


def _label(draw: ImageDraw.ImageDraw, corner: tuple[int, int], text: str, letter: int) -> None:
    x, y = corner
    font = ImageFont.load_default(letter)
    wide, pad = int(font.getlength(text)), letter // 4
    draw.rectangle((x, y, x + wide + HALF * pad, y + letter + pad), INK)
    draw.text((x + pad, y + (letter + pad) // HALF), text, LIGHT, font, anchor="lm")
