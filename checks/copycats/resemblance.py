"""How like a product of ours another one is, by its name, its words and its picture."""

from __future__ import annotations

import re

from bot.core.catalog_search import CatalogItem, ProductLikeness, same_brand
from bot.core.languages import language_of
from checks.copycats.names import name_likeness
from checks.copycats.texts import bullets_likeness, title_likeness

ALIKE, OTHER = 10, 16
"""Bits of 64 up to which two pictures are one, also marked or cropped, and from which on two."""
USUAL, THE_SAME = 0.6, 0.9
"""Shares of words: rivals' titles share up to the first, copied ones more than the second."""
NAME, TEXT, PICTURE = 0.9, 0.85, 0.9
"""How much a part that is the same says alone."""
ELSEWHERE = 0.6
"""What is left of a name's weight on a product of another kind, which shares nothing else."""
_LOOK = re.compile(r"[0-9a-f]{16}")


def resemblance(item: CatalogItem, ours: CatalogItem) -> ProductLikeness:
    """Return how like ours an item of another brand is; one of our own brand is like nothing.

    What is not known of either says nothing for or against it.
    """
    if same_brand(item.brand, ours.brand):
        return ProductLikeness()
    tag = language_of(ours.marketplace)
    name = name_likeness(ours.brand, item.brand)
    title = title_likeness(ours.title, ours.brand, item.title, item.brand, tag)
    text = max(title, bullets_likeness(ours.bullets, item.bullets, tag))
    picture = _picture(item.look, ours.look)
    copied = min(1.0, max(0.0, (text - USUAL) / (THE_SAME - USUAL)))
    related = _same_kind(item, ours) or copied or picture
    left = (1 - NAME * name * (1 if related else ELSEWHERE)) * (1 - TEXT * copied)
    return ProductLikeness(name, text, picture, round(1 - left * (1 - PICTURE * picture), 4))


def _same_kind(item: CatalogItem, ours: CatalogItem) -> bool:
    return not (item.product_type and ours.product_type) or item.product_type == ours.product_type


def _picture(look: str, other: str) -> float:
    if not (_LOOK.fullmatch(look) and _LOOK.fullmatch(other)):
        return 0.0
    away = (int(look, 16) ^ int(other, 16)).bit_count()
    return min(1.0, max(0.0, (OTHER - away) / (OTHER - ALIKE)))
