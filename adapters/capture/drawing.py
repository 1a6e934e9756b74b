"""Draws an invented product and its order, for the sample and for trials: nothing real is shown."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 900)
IRON, IRON_LIGHT, BEECH = "#3a3a3c", "#57575b", "#b98a5a"
PAPER = {True: "#e8e3d8", False: "#d9dde3"}
QUALITY = 88


def draw_photo(*, genuine: bool, order: str = "") -> bytes:
    """Return a JPEG of a saucepan: the genuine one, or one that a stranger sent for an order."""
    picture = Image.new("RGB", SIZE, PAPER[genuine])
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((760, 410, 1160, 490), 40, fill=BEECH)
    draw.ellipse((120, 130, 800, 770), fill=IRON)
    draw.ellipse((180, 190, 740, 710), fill=IRON_LIGHT)
    _logo(draw, genuine=genuine)
    if genuine:
        _write(draw, (960, 450), "BATCH 7731", 30, "#5a3c1f")
    if order:
        _label(draw, order)
    _write(draw, (600, 860), "SIMULATED: an invented product", 26, "#8a8a8a")
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _label(draw: ImageDraw.ImageDraw, order: str) -> None:
    """Lay the label of the parcel beside it, so that the photo shows to which order it belongs."""
    draw.rectangle((820, 600, 1170, 810), fill="#ffffff", outline="#8a8a8a", width=2)
    for row, text in enumerate(("PARCEL LABEL", f"Order {order}", "From: BrightLeaf, CN")):
        _text(draw, (840, 640 + row * 55), text, 22, "#1d1d1f")


def draw_confirmation(lines: Sequence[tuple[str, str]]) -> bytes:
    """Return a PNG of an order confirmation that says these lines: what it is, and its value."""
    width, line = 1100, 58
    picture = Image.new("RGB", (width, 250 + line * len(lines)), "#ffffff")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, 90), fill="#10192b")
    _text(draw, (40, 45), "Market Square", 36, "#ffffff")
    _text(draw, (width - 330, 45), "Simulated marketplace", 26, "#ffd166")
    _text(draw, (40, 145), "Order confirmation", 40, "#111820")
    for row, (label, value) in enumerate(lines):
        top = 220 + row * line
        draw.line((40, top - line // 2, width - 40, top - line // 2), fill="#d5d9df", width=2)
        _text(draw, (40, top), label, 26, "#556270")
        _text(draw, (330, top), value, 28, "#111820")
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _text(
    draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, size: int, colour: str
) -> None:
    draw.text(place, text, fill=colour, font=ImageFont.load_default(size), anchor="lm")


def _logo(draw: ImageDraw.ImageDraw, *, genuine: bool) -> None:
    """Cast the name into the iron, with light and shadow; or print it flat."""
    if genuine:
        _write(draw, (463, 453), "ALDER & FINCH", 42, "#1d1d1f")
        _write(draw, (458, 448), "ALDER & FINCH", 42, "#a9a9b0")
        return
    _write(draw, (460, 450), "Alder&Finch", 48, "#f4f4f4")


def _write(
    draw: ImageDraw.ImageDraw, centre: tuple[int, int], text: str, size: int, colour: str
) -> None:
    draw.text(centre, text, fill=colour, font=ImageFont.load_default(size), anchor="mm")
