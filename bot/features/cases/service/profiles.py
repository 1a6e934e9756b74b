"""Sellers' public profiles, for whoever shows a seller."""

from __future__ import annotations

from bot.core.store import Store, Transaction
from bot.features.cases.collections import SELLER_PROFILES
from bot.features.cases.models.profiles import SellerProfile


async def profile_of(
    store: Store | Transaction, marketplace: str, seller: str
) -> SellerProfile | None:
    """Return what a seller's page says; None where it was not read or says no name."""
    found = await store.get(SELLER_PROFILES, SellerProfile.key_of(marketplace, seller))
    return found if found is not None and found.name else None
