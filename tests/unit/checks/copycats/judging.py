"""Judging a half of the set: how many copies are found, and how much else with them."""

from __future__ import annotations

from typing import NamedTuple

from bot.core.catalog_search import WORTH_SHOWING, CatalogItem
from checks.copycats import resemblance
from tests.unit.checks.copycats.sets.reading import Half, Product, hits, own


class Judged(NamedTuple):
    """How many of the copies were shown, and how many others with them."""

    copies: int
    others: int

    @property
    def precision(self) -> float:
        return self.copies / max(1, self.copies + self.others)


def judged(half: Half, *, pictures: bool = True) -> Judged:
    """Count what is worth showing; ``pictures``: they were looked at."""
    ours = [_item(each, pictures=pictures) for each in own(half)]
    shown = [
        each.label
        for each in hits(half)
        if resemblance(_item(each, pictures=pictures), ours[each.own]).score >= WORTH_SHOWING
    ]
    return Judged(shown.count("copy"), len(shown) - shown.count("copy"))


def _item(product: Product, *, pictures: bool) -> CatalogItem:
    return CatalogItem(
        asin=product.asin,
        marketplace="US",
        title=product.title,
        brand=product.brand,
        product_type=product.product_type,
        look=product.image if pictures else "",
    )
