"""Where a product page shows the seller, the price and where it ships from, by its own elements.

Amazon documents no element of its pages, and changes them. So each selector says when it was looked
at and on which live pages it was seen. What is found twice, hidden or beyond the picture has no
box: a box in the wrong place is worse than none. The Buy Box has none either: a page that is asked
for with a seller's ID shows this seller's offer in its place, whoever holds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from bot.features.evidence.models.capture import PageElement

SMALLEST, MOST = 4, 50
"""Pixels of a box's side, and elements that one selector is looked for among."""
STILL = 2
"""Pixels by which an element may move while the picture is taken."""


class Selector(msgspec.Struct, frozen=True):
    """A CSS selector."""

    css: str
    looked: date
    """When somebody last looked at it."""
    live: tuple[str, ...] = ()
    """Marketplaces on whose live pages it was seen; none: not verified against a live page, but
    several public programs that read these pages look for it."""


_LOOKED = date(2026, 11, 30)
SELECTORS: Mapping[PageElement, Sequence[Selector]] = {
    PageElement.SELLER: (
        Selector("#merchantInfoFeature_feature_div .offer-display-feature-text-message", _LOOKED),
        Selector("#sellerProfileTriggerId", _LOOKED),
        Selector("#merchant-info", _LOOKED),
    ),
    PageElement.PRICE: (
        Selector("#corePrice_feature_div .a-price:not(.a-text-price)", _LOOKED),
        Selector("#corePriceDisplay_desktop_feature_div .priceToPay", _LOOKED),
        Selector("#price_inside_buybox", _LOOKED),
        Selector("#newBuyBoxPrice", _LOOKED),
    ),
    PageElement.SHIPS_FROM: (
        Selector("#fulfillerInfoFeature_feature_div .offer-display-feature-text-message", _LOOKED),
    ),
}
"""By element, the first selector that finds anything decides."""

FIND = f"""({json.dumps([[each.css for each in found] for found in SELECTORS.values()])}.map(
  (selectors) => {{
    const shown = (each) => each.innerText?.trim()
      && each.checkVisibility({{opacityProperty: true, visibilityProperty: true}});
    for (const css of selectors) {{
      const found = [...document.querySelectorAll(css)].slice(0, {MOST}).filter(shown);
      if (found.length > 1) return null;
      if (found.length === 1) {{
        const box = found[0].getBoundingClientRect();
        return [box.x + scrollX, box.y + scrollY, box.width, box.height];
      }}
    }}
    return null;
  }}
))"""
"""Gives a box for each element, in their order; null: it is not there, or more than once."""


class Box(msgspec.Struct, frozen=True, array_like=True):
    """A place on a page, in CSS pixels; a picture has as many."""

    x: float
    y: float
    width: float
    height: float


Boxes = Mapping[PageElement, Box | None]
"""In the order of their numbers; None: it was looked for and not found."""
NO_BOXES: Boxes = MappingProxyType({})


def boxes(
    before: Sequence[Box | None], after: Sequence[Box | None], width: int, height: int
) -> Boxes:
    """Return a box for each element that was in the same place before and after the picture.

    None: it was not, or is not within the picture's width and height.
    """
    found = dict.fromkeys(SELECTORS, None) | dict(zip(SELECTORS, before, strict=False))
    later = dict(zip(SELECTORS, after, strict=False))
    return {
        element: box
        if box and _fits(box, width, height) and _same(box, later.get(element))
        else None
        for element, box in found.items()
    }


def _fits(box: Box, width: int, height: int) -> bool:
    large = min(box.width, box.height) >= SMALLEST
    inside = 0 <= box.x <= box.x + box.width <= width and 0 <= box.y <= box.y + box.height <= height
    return large and inside


def _same(box: Box, other: Box | None) -> bool:
    if other is None:
        return False
    sides = zip(msgspec.structs.astuple(box), msgspec.structs.astuple(other), strict=True)
    return all(abs(one - two) <= STILL for one, two in sides)
