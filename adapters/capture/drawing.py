"""Draws photos of an invented product, for the sample and for trials: no real one is shown."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 900)
IRON, IRON_LIGHT, BEECH = "#3a3a3c", "#57575b", "#b98a5a"
PAPER = {True: "#e8e3d8", False: "#d9dde3"}
QUALITY = 88


def draw_photo(*, genuine: bool) -> bytes:
    """Return a JPEG of a saucepan: the genuine one, or one that a stranger sent."""
    picture = Image.new("RGB", SIZE, PAPER[genuine])
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((760, 410, 1160, 490), 40, fill=BEECH)
    draw.ellipse((120, 130, 800, 770), fill=IRON)
    draw.ellipse((180, 190, 740, 710), fill=IRON_LIGHT)
    _logo(draw, genuine=genuine)
    if genuine:
        _write(draw, (960, 520), "BATCH 7731", 34, "#6b4d2e")
    _write(draw, (600, 860), "SIMULATED: an invented product", 26, "#8a8a8a")
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _logo(draw: ImageDraw.ImageDraw, *, genuine: bool) -> None:
    """Cast the name into the iron, with light and shadow; or print it flat."""
    if genuine:
        _write(draw, (463, 453), "ALDER & FINCH", 62, "#2a2a2c")
        _write(draw, (458, 448), "ALDER & FINCH", 62, "#7a7a80")
        return
    _write(draw, (460, 450), "Alder&Finch", 66, "#f4f4f4")


def _write(
    draw: ImageDraw.ImageDraw, centre: tuple[int, int], text: str, size: int, colour: str
) -> None:
    draw.text(centre, text, fill=colour, font=ImageFont.load_default(size), anchor="mm")
