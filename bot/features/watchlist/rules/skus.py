"""Our own SKUs: one belongs to one ASIN in a marketplace. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.watchlist.rules.wanted import LONGEST_SKU

LONGEST_NAME = 60
"""Characters of a product's name in a sentence."""


class OwnSkus:
    """Which product each SKU belongs to, by the watches so far."""

    def __init__(self, watches: Iterable[Watch] = ()) -> None:
        """Begin with what is watched already."""
        self._owners: dict[tuple[str, str], Watch] = {}
        self._skus: dict[str, str] = {}
        for watch in watches:
            self._note(watch)

    def take(self, watch: Watch) -> None:
        """Note the watch's SKU as its own. Raises UserError: it belongs to another product."""
        if not watch.sku or self._skus.get(watch.key) == watch.sku:
            return
        owner = self._owners.get((watch.marketplace, watch.sku))
        if owner is not None and owner.key != watch.key:
            raise UserError(taken(watch.sku, owner))
        self._owners.pop((watch.marketplace, self._skus.get(watch.key, "")), None)
        self._note(watch)

    def _note(self, watch: Watch) -> None:
        if watch.sku:
            self._owners[watch.marketplace, watch.sku] = watch
            self._skus[watch.key] = watch.sku


def taken(sku: str, owner: Watch) -> str:
    """Say that a SKU belongs to another product, and what to do."""
    name = one_line(owner.name, LONGEST_NAME)
    named = f"{owner.asin} ({name})" if name != owner.asin else owner.asin
    where = Marketplace.named(owner.marketplace).domain
    return (
        f"The SKU {one_line(sku, LONGEST_SKU)} belongs to {named} on amazon.{where}, and a SKU "
        "can have only one ASIN. Check for a typo, or remove it from that product first."
    )
