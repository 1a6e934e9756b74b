"""Beginning and ending to watch products, whoever asks: a command, a form, or a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.cards import Tone
from bot.core.context import AppContext
from bot.core.flows.forms import WrongAnswers
from bot.core.listing import Watch
from bot.core.monitoring import Checker
from bot.core.permissions import Permission, Person
from bot.core.request import RequestContext
from bot.core.store import Transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Act, Image, Undone
from bot.features.watchlist.collections import (
    CONDITION_HISTORIES,
    HISTORIES,
    LISTING_RECORDS,
    SKU_CHECKS,
    STATUSES,
    WATCHES,
)
from bot.features.watchlist.models.events import WatchEnded
from bot.features.watchlist.rules.skus import taken
from bot.features.watchlist.rules.wanted import WatchInput
from bot.features.watchlist.service.conditions import choose_conditions
from bot.features.watchlist.service.price_records import forget_prices

SAME_SKU = 100
"""Watches that may have one SKU: one in each marketplace, and what older versions let in."""


class WatchAdded(msgspec.Struct, frozen=True):
    """A watch as it is stored now, and as it was before."""

    watch: Watch
    before: Watch | None
    instead_of: Watch | None = None
    """The wrong one that was ended for it."""

    @property
    def changed(self) -> bool:
        """Tell whether anything is new."""
        return self.watch != self.before


async def add_wanted(
    tx: Transaction,
    wanted: WatchInput,
    by: str,
    now: datetime,
    checker: Checker | None,
    *,
    instead_of: str = "",
) -> WatchAdded:
    """Store what a person wrote of a product, as ``add_watch`` does. Raises UserError.

    What conditions are looked for of a product that is watched already is left as it is: that
    choice is announced (see ``watch_chosen``).
    """
    watch = wanted.watch(by, now)
    if await tx.get(WATCHES, watch.key) is not None:
        watch = msgspec.structs.replace(watch, new_only=None)
    return await add_watch(
        tx,
        watch,
        checker,
        no_floor=wanted.no_floor,
        no_sku=wanted.no_sku,
        instead_of=instead_of,
    )


async def watch_chosen(ctx: RequestContext, wanted: WatchInput, wrong: str) -> WatchAdded:
    """Store what a person wrote in a form, with the conditions; ``wrong`` as in ``correct_watch``.

    Raises:
        UserError: what is wanted cannot be watched.
    """
    if wrong:
        added = await correct_watch(ctx, wanted, wrong)
    else:
        now = ctx.app.clock()
        added = await add_wanted(ctx.tx, wanted, ctx.who.name, now, ctx.checker)
    if added.before is None or wanted.new_only is None:
        return added
    await choose_conditions(
        ctx.app, ctx.tx, added.watch, ctx.who, ctx.checker, new_only=wanted.new_only
    )
    watch = await ctx.tx.get(WATCHES, added.watch.key)
    return msgspec.structs.replace(added, watch=watch or added.watch)


async def correct_watch(ctx: RequestContext, wanted: WatchInput, wrong: str) -> WatchAdded:
    """Store what a person wrote in place of the watch with the key ``wrong``.

    That one is ended if Amazon does not know its product and never did: it protects nothing. Else
    it stays, as does one that was named again.

    Raises:
        UserError: what is wanted cannot be watched.
    """
    now, who = ctx.app.clock(), ctx.who
    known, status = await ctx.tx.get(WATCHES, wrong), await ctx.tx.get(STATUSES, wrong)
    if known is None or status is None or not status.unknown:
        return await add_wanted(ctx.tx, wanted, who.name, now, ctx.checker)
    added = await add_wanted(ctx.tx, wanted, who.name, now, ctx.checker, instead_of=wrong)
    if added.watch.key == wrong:
        return added
    # Nobody is called to the channel for it: no alert could ever have come of it.
    await _end(ctx.app, ctx.tx, WatchEnded(known, who, now), ctx.checker)
    return msgspec.structs.replace(added, instead_of=known)


async def add_watch(
    tx: Transaction,
    wanted: Watch,
    checker: Checker | None,
    *,
    no_floor: bool = False,
    no_sku: bool = False,
    instead_of: str = "",
) -> WatchAdded:
    """Store the watch; what it leaves empty stays as it is known.

    ``no_floor`` and ``no_sku`` take away what is known. ``instead_of`` is the key of a watch that
    ends with this: its SKU is free. ``checker`` looks at what changed; None: no product is looked
    at in this process.

    Raises:
        WrongAnswers: its SKU belongs to another product.
    """
    before = await tx.get(WATCHES, wanted.key)
    watch = merged(before, wanted)
    if no_floor:
        watch = msgspec.structs.replace(watch, floor=None)
    if no_sku:
        watch = msgspec.structs.replace(watch, sku="")
    if before is None or watch.sku != before.sku:
        await _require_own(tx, watch, instead_of)
    if before is not None and watch.sku != before.sku:
        # What is known of another SKU says nothing about this one.
        tx.delete(SKU_CHECKS, watch.key)
    added = WatchAdded(watch, before)
    if added.changed:
        tx.put(WATCHES, watch)
        if checker is not None:
            tx.after(lambda: checker.follow(watch))
    return added


async def add_watches(
    tx: Transaction, wanted: Sequence[Watch], checker: Checker | None
) -> list[WatchAdded]:
    """Store the watches, each as ``add_watch`` does. Raises UserError."""
    added = [await add_watch(tx, each, None) for each in wanted]
    changed = [each.watch for each in added if each.changed]
    if checker is not None and changed:
        tx.after(lambda: checker.follow(*changed))
    return added


async def _require_own(tx: Transaction, watch: Watch, instead_of: str = "") -> None:
    """Check that the SKU is no other product's. Raises WrongAnswers: it is."""
    if not watch.sku:
        return
    for other in await tx.find(WATCHES, "sku", watch.sku, limit=SAME_SKU):
        if other.marketplace == watch.marketplace and other.key not in (watch.key, instead_of):
            raise WrongAnswers(sku=taken(watch.sku, other))


async def end_watch(
    app: AppContext, tx: Transaction, watch: Watch, who: Person, checker: Checker
) -> None:
    """Stop watching the product; its cases stay, and undoing it brings back what was known."""
    now = app.clock()
    status, history = await tx.get(STATUSES, watch.key), await tx.get(HISTORIES, watch.key)
    images = [Image.of(WATCHES, watch, None)]
    if status is not None:
        images.append(Image.of(STATUSES, status, None))
    if history is not None:
        images.append(Image.of(HISTORIES, history, None))
    if (record := await tx.get(LISTING_RECORDS, watch.key)) is not None:
        images.append(Image.of(LISTING_RECORDS, record, None))
    conditions = await tx.get(CONDITION_HISTORIES, watch.key)
    if conditions is not None:
        images.append(Image.of(CONDITION_HISTORIES, conditions, None))
    images += await forget_prices(app.store, tx, watch.key)
    act = Act(
        title=f"{who.name} stopped watching {watch.name}.",
        body=f"{watch.asin} in {watch.marketplace} no longer raises alerts. Its cases are kept.",
        permission=Permission.UNWATCH,
        images=tuple(images),
        instead=f"Type /watch {watch.asin} {watch.marketplace}.",
        tone=Tone.WARNING,
    )
    await announce(app, tx, who, now, act)
    await _end(app, tx, WatchEnded(watch, who, now), checker)


async def _end(app: AppContext, tx: Transaction, ended: WatchEnded, checker: Checker) -> None:
    key = ended.watch.key
    tx.delete(WATCHES, key)
    tx.delete(STATUSES, key)
    tx.delete(HISTORIES, key)
    tx.delete(CONDITION_HISTORIES, key)
    tx.delete(SKU_CHECKS, key)
    tx.delete(LISTING_RECORDS, key)
    await app.tell(tx, ended)
    tx.after(lambda: checker.forget(key))


async def follow_again(_: AppContext, tx: Transaction, event: Undone) -> None:
    """Look at products again as before whose end, or whose change, was undone.

    Raises:
        WrongAnswers: the SKU of one belongs to another product by now.
    """
    watches = [before for before, _ in event.images(WATCHES) if before]
    for watch in watches:
        await _require_own(tx, watch)
    if watches:
        tx.after(lambda: event.checker.follow(*watches))


def merged(known: Watch | None, wanted: Watch) -> Watch:
    """Return the wanted watch; what it left empty stays as it was known."""
    if known is None:
        return wanted
    return msgspec.structs.replace(
        known,
        floor=wanted.floor or known.floor,
        sku=wanted.sku or known.sku,
        daily_units=wanted.daily_units or known.daily_units,
        title=wanted.title or known.title,
        new_only=known.new_only if wanted.new_only is None else wanted.new_only,
    )
