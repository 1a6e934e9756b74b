"""Draws numbered boxes with their names on the copy of a page's picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw, ImageFont

from adapters.capture.elements import Box, Boxes

SIZE, PAD, AROUND, STROKE = 22, 6, 5, 4
"""Pixels: of a letter, around it, between an element and its box, and of the box's line."""
MARK, LIGHT = "#c8102e", "#ffffff"

_Area = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def draw_boxes(copy: Image.Image, height: int, boxes: Boxes) -> None:
    """Draw each box with its number and name; the page has so much of the copy's ``height``."""
    draw = ImageDraw.Draw(copy)
    font = ImageFont.load_default(SIZE)
    there = [(each.label, _around(box, copy.width, height)) for each, box in boxes.items() if box]
    taken = [area for _, area in there]
    for number, (name, area) in enumerate(there, start=1):
        draw.rectangle(area, outline=LIGHT, width=STROKE + 2)
        draw.rectangle(area, outline=MARK, width=STROKE)
        text = f"{number} {name}"
        tag = _place(area, int(font.getlength(text)) + 2 * PAD, taken, (copy.width, height))
        taken.append(tag)
        draw.rectangle(tag, MARK, LIGHT)
        draw.text((tag[0] + PAD, (tag[1] + tag[3]) // 2), text, LIGHT, font, anchor="lm")


def _around(box: Box, width: int, height: int) -> _Area:
    right, bottom = box.x + box.width, box.y + box.height
    return (
        max(int(box.x) - AROUND, 0),
        max(int(box.y) - AROUND, 0),
        min(int(right) + AROUND, width - 1),
        min(int(bottom) + AROUND, height - 1),
    )


def _place(area: _Area, width: int, taken: Sequence[_Area], page: tuple[int, int]) -> _Area:
    """Return where the name stands: beside the box, or else over or under it, in free space."""
    free = [
        each
        for each in _beside(area, width)
        if _inside(each, page) and not any(_overlap(each, other) for other in taken)
    ]
    left, top, _, _ = area
    return free[0] if free else (left, top, left + width, top + SIZE + 2 * PAD)


def _beside(area: _Area, width: int) -> Iterator[_Area]:
    left, top, right, bottom = area
    height = SIZE + 2 * PAD
    middle = (top + bottom - height) // 2
    yield right + 1, middle, right + 1 + width, middle + height
    yield right - width, top - 1 - height, right, top - 1
    yield right - width, bottom + 1, right, bottom + 1 + height
    yield left - 1 - width, middle, left - 1, middle + height
    yield left, top - 1 - height, left + width, top - 1
    yield left, bottom + 1, left + width, bottom + 1 + height


def _inside(area: _Area, page: tuple[int, int]) -> bool:
    return min(area) >= 0 and area[2] < page[0] and area[3] < page[1]


def _overlap(one: _Area, two: _Area) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
