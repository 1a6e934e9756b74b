"""What was wrong with our listings at the first look is told once, in one card."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.interface import InterfaceLanguage, speak
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.service.first_problems import FirstProblems
from tests.unit.checks.listing_account import Looking, selling
from tests.unit.checks.own_listings.listings import FINE, changed, issue
from tests.unit.conftest import Team

DOWN = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED"), issue(code="2")))


async def told(team: Team) -> list[str]:
    """Let the task run, and return the titles of its cards."""
    await FirstProblems(team.app).tick()
    await team.dispatcher.deliver()
    keys = [key for key in team.chat.order if key.startswith("listings-now-")]
    return [team.chat.cards[key].title for key in keys]


@pytest.fixture
async def looking(team: Team) -> Looking:
    return await selling(team, DOWN)


async def test_it_is_told_once_after_the_first_looks_have_calmed_down(looking: Looking) -> None:
    assert await told(looking.team) == []
    await looking.look(seconds=30)
    for _ in range(3):
        titles = await told(looking.team)
        assert titles == ["2 of your listings already have problems"]
    [card] = [
        each for key, each in looking.team.chat.cards.items() if key.startswith("listings-now")
    ]
    assert card.body == (
        "• Suppressed by Amazon: Pan 1, Pan 2\n• Amazon reports a problem: Pan 1, Pan 2"
    )


async def test_sound_listings_are_no_news(team: Team) -> None:
    await selling(team, FINE)
    team.clock.advance(minutes=10)
    assert await told(team) == []


async def test_what_is_over_before_it_was_told_is_no_news(looking: Looking) -> None:
    looking.account.states |= dict.fromkeys(("PAN-1", "PAN-2"), FINE)
    await looking.look(seconds=30)
    assert await told(looking.team) == []


async def test_it_is_told_at_the_latest_while_first_looks_go_on(looking: Looking) -> None:
    looking.team.clock.advance(minutes=5)
    # Another SKU makes the look at that product a first one again.
    async with looking.team.app.store.transaction() as tx:
        [watch, _] = await looking.watches()
        tx.put(WATCHES, msgspec.structs.replace(watch, sku="PAN-9"))
    looking.account.states["PAN-9"] = DOWN
    await looking.look()
    assert await told(looking.team) == ["2 of your listings already have problems"]


async def test_it_speaks_chinese(looking: Looking) -> None:
    await looking.look(seconds=30)
    with speak(InterfaceLanguage.CHINESE):
        [title] = await told(looking.team)
    assert title == "你的商品中已有 2 个存在问题"
