"""Trusting sellers, and trusting them no more."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.identifiers import parse_seller
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import Seller


async def trust_seller(
    tx: Transaction,
    who: Person,
    at: datetime,
    seller: str,
    *,
    authorised: tuple[str, ...] = (),
    left_alone: tuple[str, ...] = (),
) -> bool:
    """Add products on which a seller is trusted; tell whether that changed anything."""
    known = await tx.get(SELLERS, seller) or Seller(id=seller)
    changed = msgspec.structs.replace(
        known,
        authorised=_union(known.authorised, authorised),
        left_alone=_union(known.left_alone, left_alone),
        by=who,
        at=at,
    )
    same = (changed.authorised, changed.left_alone) == (known.authorised, known.left_alone)
    if not same:
        tx.put(SELLERS, changed)
    return not same


async def withdraw_seller(tx: Transaction, named: str) -> str:
    """Trust a seller no more, and return their ID.

    Raises:
        UserError: that is no seller, or one whom nobody trusts.
    """
    # A button may name a seller whom Amazon called by something that is no regular ID.
    known = await tx.get(SELLERS, named)
    seller = known.id if known else parse_seller(named)
    if await tx.get(SELLERS, seller) is None:
        message = f"{seller} was not authorised. Type /sellers to see who is."
        raise UserError(message)
    tx.delete(SELLERS, seller)
    return seller


def _union(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*known, *more}))
