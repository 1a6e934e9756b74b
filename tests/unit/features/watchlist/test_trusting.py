"""Sellers that are trusted are found again, whatever ID Amazon gave them."""

from __future__ import annotations

import pytest

from bot.core.marketplaces import MARKETPLACES
from bot.core.store import run_in_transaction
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import EVERYWHERE
from bot.features.watchlist.service.trusting import trust_seller, withdraw_seller
from tests.unit.conftest import ANA, Team


@pytest.mark.parametrize("seller", [MARKETPLACES[0].id, "no regular ID", "A3STRANGER0003"])
async def test_a_seller_who_was_trusted_from_a_card_can_be_withdrawn_by_name(
    team: Team, seller: str
) -> None:
    store, at, who = team.app.store, team.clock.now, ANA[0]
    await run_in_transaction(
        store, lambda tx: trust_seller(tx, who, at, seller, authorised=(EVERYWHERE,))
    )
    assert await run_in_transaction(store, lambda tx: withdraw_seller(tx, seller)) == seller
    assert await store.count(SELLERS) == 0
