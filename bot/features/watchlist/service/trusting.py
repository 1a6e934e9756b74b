"""Trusting sellers, and trusting them no longer, by hand or after the last day: announced each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

import msgspec

from bot.core.clock_watch import confirmed_time
from bot.core.context import AppContext
from bot.core.identifiers import parse_seller
from bot.core.listing import Snapshot
from bot.core.permissions import Person
from bot.core.scanning import each
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.undo.announcing import announce
from bot.core.undo.models import Image, Undoable
from bot.errors import UserError
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.events import TrustChanged
from bot.features.watchlist.models.sellers import Seller, Trust
from bot.features.watchlist.views.trust import reopen_act, trust_act, trust_ended_card, withdraw_act


async def trust_seller(
    app: AppContext, tx: Transaction, who: Person, at: datetime, trust: Trust
) -> Undoable | None:
    """Add products on which a seller is trusted, and announce it; None: that changed nothing."""
    before = await tx.get(SELLERS, trust.seller)
    known = before or Seller(id=trust.seller)
    changed = msgspec.structs.replace(trust.added_to(known), by=who, at=at)
    if changed == msgspec.structs.replace(known, by=who, at=at):
        return None
    tx.put(SELLERS, changed)
    image = Image.of(SELLERS, before, changed)
    act = trust_act(who, trust, image, await app.team(tx))
    announced = await announce(app, tx, who, at, act)
    await app.tell(tx, TrustChanged(trust.seller))
    return announced


async def withdraw_seller(
    app: AppContext, tx: Transaction, who: Person, at: datetime, named: str
) -> str:
    """Trust a seller no longer, and return their ID.

    Raises:
        UserError: that is no seller, or one who is not trusted.
    """
    # A button may name a seller whom Amazon called by something that is no regular ID.
    known = await tx.get(SELLERS, named)
    seller = known.id if known else parse_seller(named)
    known = await tx.get(SELLERS, seller)
    if known is None:
        message = f"{seller} is not a trusted seller. Type /sellers to list them."
        raise UserError(message)
    tx.delete(SELLERS, seller)
    await announce(app, tx, who, at, withdraw_act(who, known, Image.of(SELLERS, known, None)))
    await app.tell(tx, TrustChanged(seller))
    return seller


async def distrust_on(
    app: AppContext,
    tx: Transaction,
    who: Person,
    at: datetime,
    seller: str,
    products: tuple[str, ...],
) -> None:
    """Trust a seller on these products no longer; who is trusted on all, is on none then."""
    known = await tx.get(SELLERS, seller)
    if known is None:
        return
    left = known.without(products)
    everywhere = any(left.trusted_on(product, at) for product in products)
    kept = None if everywhere or not (left.authorised or left.left_alone) else left
    if kept is None:
        tx.delete(SELLERS, seller)
    elif kept == known:
        return
    else:
        tx.put(SELLERS, kept)
    image = Image.of(SELLERS, known, kept)
    await announce(app, tx, who, at, reopen_act(who, known, products, image, everywhere=everywhere))
    await app.tell(tx, TrustChanged(seller))


async def trusted_in(tx: Transaction, snapshot: Snapshot) -> frozenset[str]:
    """Return who of those that it shows is trusted on the product."""
    ids = {offer.seller for offer in snapshot.offers} | set(snapshot.holders or ())
    return await trusted_among(tx, ids, snapshot.asin, snapshot.at)


async def trusted_among(
    tx: Transaction, ids: Iterable[str], asin: str, at: datetime
) -> frozenset[str]:
    """Return who of these sellers is trusted on the product at that moment."""
    sellers = [await tx.get(SELLERS, seller) for seller in sorted(set(ids))]
    return frozenset(each.id for each in sellers if each and each.trusted_on(asin, at))


class TrustEnding:
    """Takes off what has ended, and says so.

    Rules ask by the time of a reading, so alerts come without it. What is taken off is gone for
    good, so that waits for a time that is sure.
    """

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Look for sellers who are trusted no longer on some product."""
        now = await confirmed_time(self._app.store)
        async for seller in each(self._app.store, SELLERS):
            if seller.ended(now):
                await run_in_transaction(self._app.store, partial(self._end, seller.id))
                self._app.scheduler.trigger(Work.OUTBOX)

    async def _end(self, id: str, tx: Transaction) -> None:
        seller, now = await tx.get(SELLERS, id), await confirmed_time(tx)
        ended = seller.ended(now) if seller else ()
        if seller is None or not ended:
            return
        left = seller.without(ended)
        if left.authorised or left.left_alone:
            tx.put(SELLERS, left)
        else:
            tx.delete(SELLERS, id)
        last = max(seller.until[product] for product in ended)
        card = trust_ended_card(id, ended, last, await self._app.team(tx))
        self._app.outbox.post(tx, f"trust-ended-{id}-{last:%Y%m%d%H%M}", card)
        await self._app.tell(tx, TrustChanged(id))
