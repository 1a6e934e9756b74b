"""Sellers that are trusted are found again, whatever ID Amazon gave them."""

from __future__ import annotations

import pytest

from bot.core.marketplaces import MARKETPLACES
from bot.core.store import run_in_transaction
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import EVERYWHERE, Trust
from bot.features.watchlist.service.trusting import trust_seller, withdraw_seller
from tests.unit.conftest import ANA, Team


@pytest.mark.parametrize("seller", [MARKETPLACES[0].id, "no regular ID", "A3STRANGER0003"])
async def test_a_seller_who_was_trusted_from_a_card_can_be_withdrawn_by_name(
    team: Team, seller: str
) -> None:
    app, at, who = team.app, team.clock.now, ANA[0]
    trust = Trust(seller=seller, authorised=(EVERYWHERE,))
    await run_in_transaction(app.store, lambda tx: trust_seller(app, tx, who, at, trust))
    withdrawn = await run_in_transaction(
        app.store, lambda tx: withdraw_seller(app, tx, who, at, seller)
    )
    assert withdrawn == seller
    assert await app.store.count(SELLERS) == 0
