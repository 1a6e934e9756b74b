"""Keeping the records of products' prices: adding to them, reading them, letting old parts go.

The end of a record is in the product's `History`, which every change writes anyway. Once it has a
few changes they move into a block, and a full block is followed by another one: each change is
written a few times in few bytes, however long the record is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial

import msgspec
import structlog

from bot.core.clock_watch import confirmed_time
from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.price_history import PriceChange, PriceTail, begin, joined, minute_of
from bot.core.scanning import each_page
from bot.core.store import Store, Transaction, run_in_transaction
from bot.core.undo.models import Image
from bot.features.watchlist.collections import HISTORIES, PRICE_BLOCKS, STATUSES, WATCHES
from bot.features.watchlist.models.price_blocks import PriceBlock
from bot.features.watchlist.models.price_histories import PriceHistory
from bot.features.watchlist.rules.price_changes import ended, within

log = structlog.get_logger(__name__)

TAIL = 48
"""Bytes of changes that wait beside a product's history: about eight changes."""
BLOCK = 600
"""Bytes from which on a block is full: about a hundred changes."""
PAGE = 16
"""Blocks that are read at once: of most products, those of a year."""


async def keep_prices(tx: Transaction, product: str, tail: PriceTail | None) -> PriceTail | None:
    """Return the end of the record as it is to be kept; what is too much for it goes to a block."""
    if tail is None or len(tail.packed) <= TAIL:
        return tail
    key = PriceBlock.key_of(product, tail.begun)
    block = await tx.get(PRICE_BLOCKS, key)
    packed = (block.packed if block else b"") + tail.packed
    tx.put(PRICE_BLOCKS, PriceBlock(product=product, begun=tail.begun, packed=packed))
    if len(packed) < BLOCK:
        return msgspec.structs.replace(tail, packed=b"")
    return begin(tail.minute, tail.state, tail)


async def price_history(app: AppContext, watch: Watch, period: timedelta) -> PriceHistory:
    """Read the product's prices of the last ``period``, as far as they are kept."""
    now = app.clock()
    since = now - min(period, app.prices_kept)
    blocks = await blocks_of(app.store, watch.key)
    history = await app.store.get(HISTORIES, watch.key)
    tail = history.prices if history else None
    known = within(_readable(watch.key, _records(blocks, tail)), since)
    status = await app.store.get(STATUSES, watch.key)
    seen_at = status.seen_at if status else None
    if seen_at is not None and now - seen_at > app.overdue_after(watch):
        known = ended(known, seen_at)
    return PriceHistory(watch=watch, since=since, until=now, changes=tuple(known))


async def blocks_of(store: Store, product: str) -> list[PriceBlock]:
    """Return the product's blocks, in the order of time."""
    found: list[PriceBlock] = []
    async for page in each_page(store, PRICE_BLOCKS, after=f"{product} ", at_once=PAGE):
        theirs = [block for block in page if block.product == product]
        found += theirs
        if len(theirs) < len(page):
            break
    return found


async def forget_prices(store: Store, tx: Transaction, product: str) -> list[Image]:
    """Delete the product's blocks; return what they were, so that it can be undone."""
    images = []
    for block in await blocks_of(store, product):
        if (known := await tx.get(PRICE_BLOCKS, block.key)) is not None:
            images.append(Image.of(PRICE_BLOCKS, known, None))
            tx.delete(PRICE_BLOCKS, known.key)
    return images


class PricePruning:
    """Deletes what is older than prices are kept, and what belongs to no product any more."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Delete what may go, by a confirmed time: it cannot be undone.

        A block goes once the one behind it tells all of the time for which prices are kept.
        """
        limit = minute_of(await confirmed_time(self._app.store) - self._app.prices_kept)
        before: PriceBlock | None = None
        async for page in each_page(self._app.store, PRICE_BLOCKS):
            gone = []
            for block in page:
                if before and before.product == block.product and block.begun <= limit:
                    gone.append(before.key)
                before = block
            products = {block.product for block in page}
            ended = {each for each in products if not await self._watched(each)}
            gone += [block.key for block in page if block.product in ended]
            if gone:
                await run_in_transaction(self._app.store, partial(self._delete, gone, ended))

    async def _watched(self, product: str) -> bool:
        return await self._app.store.get(WATCHES, product) is not None

    async def _delete(self, keys: Sequence[str], ended: Collection[str], tx: Transaction) -> None:
        for key in keys:
            block = await tx.get(PRICE_BLOCKS, key)
            if block is None:
                continue
            if block.product in ended and await tx.get(WATCHES, block.product) is not None:
                # It is watched again.
                continue
            tx.delete(PRICE_BLOCKS, key)


def _records(blocks: Sequence[PriceBlock], tail: PriceTail | None) -> list[bytes]:
    records = [block.packed for block in blocks]
    if tail is not None:
        if blocks and blocks[-1].begun == tail.begun:
            records[-1] += tail.packed
        else:
            records.append(tail.packed)
    return records


def _readable(product: str, records: Sequence[bytes]) -> list[PriceChange]:
    """Read what can be read; in place of what cannot, nothing is known."""
    known: list[PriceChange] = []
    for record in records:
        try:
            known = joined(known, record)
        except ValueError as error:
            log.warning("prices not readable", watch=product, error=str(error))
            known = ended(known, known[-1].at) if known else known
    return known
