"""Removing what is known of who a seller is: it may be a private person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.redactable import FoundWords, Redactable, require_texts
from bot.core.removed_words import Removal
from bot.core.scanning import each_found
from bot.core.store import Place, Transaction
from bot.features.cases.collections import (
    FORGOTTEN_SELLERS,
    SELLER_FACTS,
    SELLER_NOTES,
    SELLER_PROFILES,
)
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.seller_facts import ForgottenSeller, SellerFacts
from bot.features.cases.service.dropping_facts import drop_facts, show_again

ALSO = (
    "Removes the seller's name, business and address from cases, and your notes on them. Never "
    "looks them up again. "
    "Keeps the seller ID and the cases. Sealed packets still contain them."
)


async def find_seller(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return what is known of a seller. Raises UserError: nothing is."""
    seller = _seller(name)
    facts, profiles = await _facts(tx, seller), await _profiles(tx, seller)
    words = [word for each in facts for word in (each.name, each.business, *each.address, each.vat)]
    words += [word for each in profiles for word in (each.name, each.business, *each.address)]
    note = await tx.get(SELLER_NOTES, seller)
    words += note.words if note else ()
    forgotten = await tx.get(FORGOTTEN_SELLERS, seller)
    by = forgotten.removal.line(await app.team(tx)) if forgotten else ""
    called = f"seller {seller}"
    texts = require_texts(called, words, by)
    return FoundWords(name=called, called=called, texts=texts, also=ALSO)


async def remove_seller(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Delete it, have cards say it no more, and never ask again."""
    seller = _seller(found.name)
    tx.put(FORGOTTEN_SELLERS, ForgottenSeller(seller, removal))
    places = [(SELLER_PROFILES.name, each.key) for each in await _profiles(tx, seller)]
    for _, key in places:
        tx.delete(SELLER_PROFILES, key)
    if await tx.get(SELLER_NOTES, seller) is not None:
        tx.delete(SELLER_NOTES, seller)
        places.append((SELLER_NOTES.name, seller))
    for facts in await _facts(tx, seller):
        places.append((SELLER_FACTS.name, facts.key))
        await drop_facts(app, tx, facts.key)
    await show_again(app, tx, seller)
    return places


def _seller(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].upper()


async def _facts(tx: Transaction, seller: str) -> list[SellerFacts]:
    return [each async for each in each_found(tx, SELLER_FACTS, "seller", seller)]


async def _profiles(tx: Transaction, seller: str) -> list[SellerProfile]:
    return [each async for each in each_found(tx, SELLER_PROFILES, "seller", seller)]


SELLER_WORDS = Redactable(
    example="seller A1B2C3D4E5F6G7",
    pattern=re.compile(r"seller A[0-9A-Z]{9,20}(?!\S)", re.ASCII | re.IGNORECASE),
    find=find_seller,
    remove=remove_seller,
)
