"""/watch brand: products of our brand that the account does not list, offered to be watched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.cards import Card, Tone
from bot.core.catalog_search import CatalogItem, CatalogPage
from bot.core.collections import JOBS
from bot.core.listing import Watch
from bot.core.resources import Resources
from bot.errors import LoginError, Unavailable
from bot.features.watchlist.collections import KNOWN_LISTINGS, SKU_CHECKS, WATCHES
from bot.features.watchlist.models.own_listings import KnownListing
from bot.features.watchlist.resources import CATALOG, LOOKING, PAUSE, Looking
from bot.features.watchlist.service import brand_searching
from tests.unit.conftest import ASIN, BEN, VIK, Team, notice, opened_team
from tests.unit.features.copycats.found import FakeCatalog, item
from tests.unit.features.watchlist.listed import listing

FIRST, NEXT = "B0BRAND001", "B0BRAND002"


def branded(asin: str, brand: str = "ALDER & FINCH") -> CatalogItem:
    return item(asin, f"Alder & Finch Trivet {asin[-1]}", brand)


@pytest.fixture
def catalog() -> FakeCatalog:
    strangers = item("B0OTHER001", brand="Alder Finch"), item("B0OTHER002")
    return FakeCatalog(branded(FIRST), branded(ASIN), *strangers)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
async def team(tmp_path: Path, catalog: FakeCatalog, pauses: list[float]) -> AsyncIterator[Team]:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    looking = Looking()
    given = Resources().having(CATALOG, catalog).having(PAUSE, pause).having(LOOKING, looking)
    async with opened_team(tmp_path, given) as team:
        looking.checker = team.monitor
        yield team


def shown(team: Team) -> Card:
    newest = [key for key in team.chat.order if key.startswith("listings-")][-1]
    return team.chat.cards[newest]


async def searched(team: Team, text: str = "/watch brand") -> Card:
    await team.type(text)
    await team.work()
    return shown(team)


async def test_it_says_what_it_does_and_where_the_answer_comes(team: Team) -> None:
    assert notice(await team.type("/watch Brand")) == (
        "Searching Amazon for Alder & Finch. The list follows in the channel."
    )
    assert shown(team).title == "Searching Amazon for Alder & Finch"


async def test_it_offers_what_bears_our_brand_and_is_not_ours_yet(
    team: Team, catalog: FakeCatalog
) -> None:
    card = await searched(team)
    assert card.title == "1 product of Alder & Finch not in your account"
    assert f"{FIRST} (US): Alder & Finch Trivet 1" in card.body
    assert "B0OTHER" not in card.body
    assert "Nothing is added until you confirm." in card.body
    assert [each.label for each in card.buttons] == ["Watch 1 product", "Not now"]
    assert catalog.searched == [("US", "Alder & Finch", "Alder & Finch", "")]
    assert await team.app.store.get(WATCHES, f"US-{FIRST}") is None


async def test_a_person_confirms_and_it_is_watched_without_a_sku(team: Team) -> None:
    card = await searched(team)
    said = notice(await team.press(card.buttons[0].action, card.buttons[0].ref, who=BEN))
    assert said == "Adding 1 product."
    await team.work()
    assert shown(team).title == "Now watching 1 more product"
    watch = await team.app.store.get(WATCHES, f"US-{FIRST}")
    assert watch is not None
    assert (watch.sku, watch.added_by) == ("", "Ben")
    assert watch.title == "Alder & Finch Trivet 1"
    assert await team.app.store.get(SKU_CHECKS, watch.key) is None
    team.clock.advance(minutes=1)
    assert (await searched(team)).title == "No other products of Alder & Finch found"


async def test_it_can_be_left_and_seen_again(team: Team) -> None:
    card = await searched(team)
    await team.press(card.buttons[1].action, card.buttons[1].ref)
    await team.work()
    assert shown(team).title == "Not watching 1 product"
    assert shown(team).body == "To see them again, type /watch brand."
    team.clock.advance(minutes=1)
    assert (await searched(team)).title == "1 product of Alder & Finch not in your account"


async def test_another_brand_can_be_named(team: Team, catalog: FakeCatalog) -> None:
    catalog.found.append(branded(NEXT, "Moss Hollow"))
    card = await searched(team, "/watch brand Moss Hollow")
    assert card.title == "1 product of Moss Hollow not in your account"
    assert NEXT in card.body


async def test_what_the_account_lists_is_not_offered(team: Team) -> None:
    known = KnownListing(listing=listing("S-1", FIRST), first_seen_at=team.clock.now)
    async with team.app.store.transaction() as tx:
        tx.put(KNOWN_LISTINGS, known)
    card = await searched(team)
    assert card.title == "No other products of Alder & Finch found"
    assert card.body == "Amazon's search does not show every product, so there may be others."


async def test_all_pages_are_read_up_to_a_bound(
    team: Team, catalog: FakeCatalog, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brand_searching, "PAGES", 2)
    catalog.pages = [
        CatalogPage((branded(FIRST),), "second"),
        CatalogPage((branded(NEXT), branded(FIRST)), "third"),
    ]
    card = await searched(team)
    assert card.title == "2 products of Alder & Finch not in your account"
    assert [after for *_, after in catalog.searched] == ["", "second"]
    assert pauses == [0.6, 0.6], "half of the quota is left to pages"


async def test_a_marketplace_that_cannot_be_searched_is_told(
    team: Team, catalog: FakeCatalog
) -> None:
    watch = await team.app.store.get(WATCHES, f"US-{ASIN}")
    assert watch is not None
    async with team.app.store.transaction() as tx:
        tx.put(WATCHES, Watch(asin=ASIN, marketplace="DE", added_at=watch.added_at))
    catalog.searching = [None, Unavailable("Amazon does not answer.")]
    card = await searched(team)
    assert card.title == "1 product of Alder & Finch not in your account"
    assert card.fields[0].value == "DE: Amazon does not answer."


async def test_what_fails_as_a_whole_is_told_after_some_tries(
    team: Team, catalog: FakeCatalog
) -> None:
    catalog.searching = [LoginError("Amazon refuses the credentials.")] * 9
    await team.type("/watch brand")
    for _ in range(4):
        await team.work()
        team.clock.advance(hours=1)
    assert shown(team).title == "Could not search Amazon for Alder & Finch"
    assert shown(team).tone is Tone.WARNING
    assert await team.app.store.count(JOBS) == 0


async def test_two_searches_do_not_run_side_by_side(team: Team) -> None:
    await team.type("/watch brand")
    assert notice(await team.type("/watch brand")).startswith("Your brand is being searched for")


async def test_a_viewer_may_not_search(team: Team) -> None:
    assert "Your role is viewer" in notice(await team.type("/watch brand", VIK))


async def test_without_an_account_it_says_what_is_missing(tmp_path: Path) -> None:
    async with opened_team(tmp_path) as bare:
        assert notice(await bare.type("/watch brand")).startswith("Searching needs an Amazon")
