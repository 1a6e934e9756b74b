"""Which of our SKUs are used to ask for products.

A product is asked for by our SKU because that is five times faster. A SKU that Amazon does not
know, or that is another product, is not used: the product is asked for by its ASIN.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.core.listing import Watch
from bot.core.scanning import each_found
from bot.core.sku_lists import fits_lists
from bot.core.store import Store, Transaction
from bot.errors import SkuRefused
from bot.features.watchlist.collections import SKU_CHECKS
from bot.features.watchlist.models.skus import REFUSED, SkuCheck


class SkuBook:
    """The SKUs that are not used, and those of them that the team was not told of."""

    def __init__(self) -> None:
        """Begin with all SKUs in use."""
        self._unused: dict[str, str] = {}
        self._untold: set[str] = set()

    async def load(self, store: Store) -> None:
        """Take up what is known."""
        for verdict in REFUSED:
            async for check in each_found(store, SKU_CHECKS, "verdict", verdict):
                self.take_in(check)

    def take_in(self, check: SkuCheck) -> bool:
        """Use the SKU from now on, or do not; return whether that is a change."""
        before = self._unused.pop(check.key, "")
        self._untold.discard(check.key)
        if check.refused:
            self._unused[check.key] = check.sku
        if check.news:
            self._untold.add(check.key)
        return before != self._unused.get(check.key, "")

    def wait_for(self, watch: Watch) -> None:
        """Do not use a new SKU until it is checked: an answer about it may name no product."""
        if watch.sku:
            self._unused[watch.key] = watch.sku

    def forget(self, key: str) -> None:
        """Forget a product."""
        self._unused.pop(key, None)
        self._untold.discard(key)

    def as_asked(self, watch: Watch) -> Watch:
        """Return the watch as it is asked for: without a SKU that is not used."""
        if watch.sku and self._unused.get(watch.key) == watch.sku:
            return msgspec.structs.replace(watch, sku="")
        return watch

    def has_sku(self, watch: Watch) -> bool:
        """Tell whether we sell the product by a SKU, even if that is not used to ask for it."""
        return bool(self._sku(watch))

    def fits_lists(self, watch: Watch) -> bool:
        """Tell whether our listing of the product can be asked for together with others."""
        return fits_lists(self._sku(watch))

    def is_lone(self, watch: Watch) -> bool:
        """Tell whether our listing of the product can only be asked for alone."""
        sku = self._sku(watch)
        return bool(sku) and not fits_lists(sku)

    def _sku(self, watch: Watch) -> str:
        """Return the SKU by which we sell it, even if that is not used to ask for it."""
        return watch.sku or self._unused.get(watch.key, "")

    def untold(self, keys: Iterable[str]) -> bool:
        """Tell whether the team has to hear of one of them."""
        return not self._untold.isdisjoint(keys)


async def note_refusal(tx: Transaction, watch: Watch, error: SkuRefused, now: datetime) -> None:
    """Write down that a product cannot be asked for by its SKU, if it still has that one."""
    if watch.sku == error.sku:
        known = await tx.get(SKU_CHECKS, watch.key)
        tx.put(SKU_CHECKS, SkuCheck.refusal(watch, error, known, now))
