"""/watch all: the account's listings are read, shown, and watched once a person confirms."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from bot.core.cards import Card, Tone
from bot.core.collections import JOBS
from bot.core.own_listings import OwnListing, Progress
from bot.core.resources import Resources
from bot.errors import AccessRefused, LoginError, SourceError, Unavailable
from bot.features.watchlist.collections import (
    KNOWN_LISTINGS,
    LISTINGS_PREVIEWS,
    SKU_CHECKS,
    WATCHES,
)
from bot.features.watchlist.models.skus import SkuVerdict
from bot.features.watchlist.resources import ACCOUNT, LOOKING, Looking
from bot.features.watchlist.service import adding_listings
from bot.features.watchlist.service.asking_listings import ListingsDaily
from bot.features.watchlist.views.own_listings import reading_card
from tests.unit.conftest import ASIN, BEN, OWN, SECOND, VIK, Team, notice, opened_team, usd
from tests.unit.features.watchlist.listed import FakeAccount, listing, several

OLD = 2
"""Products that the team watches from the beginning."""


@pytest.fixture
def account() -> FakeAccount:
    return FakeAccount(*several(3), listing("OLD-1", ASIN), listing("U-1", ""), listing("U-2", ""))


@pytest.fixture
async def team(tmp_path: Path, account: FakeAccount) -> AsyncIterator[Team]:
    looking = Looking()
    resources = Resources().having(ACCOUNT, account).having(LOOKING, looking)
    async with opened_team(tmp_path, resources) as team:
        looking.checker = team.monitor
        watch = await team.app.store.get(WATCHES, f"US-{ASIN}")
        assert watch is not None
        async with team.app.store.transaction() as tx:
            tx.put(WATCHES, msgspec.structs.replace(watch, sku="MINE-1"))
        yield team


def shown(team: Team) -> Card:
    """Return the newest card about listings."""
    newest = [key for key in team.chat.order if key.startswith("listings-")][-1]
    return team.chat.cards[newest]


def fields(card: Card) -> dict[str, str]:
    return {each.label: each.value for each in card.fields}


def press_of(card: Card, label: str) -> tuple[str, str]:
    [found] = [each for each in card.buttons if each.label.startswith(label)]
    return found.action, found.ref


async def previewed(team: Team) -> Card:
    """Type /watch all, and read what is offered."""
    await team.type("/watch all")
    await team.work()
    return shown(team)


async def watched(team: Team) -> set[str]:
    return {each.key for each in await team.app.store.page(WATCHES, limit=10_000)}


async def test_it_says_what_it_does_and_where_the_answer_comes(team: Team) -> None:
    assert notice(await team.type("/watch all")) == (
        "Reading your Amazon listings. The preview follows in the channel."
    )
    assert shown(team).title == "Reading your Amazon listings"


async def test_more_words_are_not_taken_for_a_product(team: Team) -> None:
    for rest in ("US", "amazon.de", "mugs"):
        assert notice(await team.type(f"/watch all {rest}")).startswith("Type /watch all alone.")


async def test_the_preview_counts_and_adds_nothing(team: Team) -> None:
    before = await watched(team)
    card = await previewed(team)
    assert card.title == "4 products in US"
    assert card.body == "Nothing is added until you confirm."
    assert fields(card) == {
        "Not watched yet": "3 products",
        "Already watched": "1 product",
        "Without a product page": "2 SKUs",
    }
    assert [button.label for button in card.buttons] == ["Watch 3 products", "Not now"]
    assert await watched(team) == before
    assert await team.app.store.count(JOBS) == 0


async def test_a_person_confirms_and_all_are_watched(team: Team) -> None:
    card = await previewed(team)
    assert notice(await team.press(*press_of(card, "Watch"), who=BEN)) == "Adding 3 products."
    await team.work()
    assert shown(team).title == "Now watching 3 more products"
    assert shown(team).body.startswith("Confirmed by Ben.")
    assert {f"US-B00000000{each}" for each in range(3)} <= await watched(team)
    made = await team.app.store.get(WATCHES, "US-B000000001")
    assert made is not None
    assert (made.sku, made.title, made.added_by) == ("K-1", "Title of K-1", "Ben")


async def test_a_sku_from_the_account_needs_no_other_check(team: Team) -> None:
    card = await previewed(team)
    await team.press(*press_of(card, "Watch"))
    await team.work()
    check = await team.app.store.get(SKU_CHECKS, "US-B000000001")
    assert check is not None
    assert (check.sku, check.verdict) == ("K-1", SkuVerdict.RIGHT)


async def test_what_is_added_is_looked_at_at_once(team: Team) -> None:
    card = await previewed(team)
    await team.press(*press_of(card, "Watch"))
    await team.work()
    await team.poll()
    asked = {key for batch in team.source.asked for key in batch}
    assert {f"US-B00000000{each}" for each in range(3)} <= asked


async def test_what_is_watched_without_its_sku_is_given_it(
    team: Team, account: FakeAccount
) -> None:
    account.listings["US"].append(listing("S-1", SECOND))
    before = await team.app.store.get(WATCHES, f"US-{SECOND}")
    card = await previewed(team)
    assert fields(card)["Watched without their SKU"] == "1 product"
    assert fields(card)["SKUs"].startswith("Confirming also adds these SKUs.")
    await team.press(*press_of(card, "Watch 3"))
    await team.work()
    assert shown(team).body.endswith("Added 1 SKU.")
    assert before is not None
    after = await team.app.store.get(WATCHES, f"US-{SECOND}")
    assert after == msgspec.structs.replace(before, sku="S-1")


async def test_where_all_is_watched_skus_alone_are_offered(
    team: Team, account: FakeAccount
) -> None:
    account.listings["US"] = [listing("S-1", SECOND)]
    card = await previewed(team)
    assert card.title == "Already watching 1 product in US"
    assert notice(await team.press(*press_of(card, "Add 1 SKU"))) == "Adding 1 SKU."
    await team.work()
    assert shown(team).title == "Already watching these products"
    assert shown(team).body.endswith("Added 1 SKU.")


async def test_skus_that_were_declined_are_not_added(team: Team, account: FakeAccount) -> None:
    account.listings["US"] = [listing("S-1", SECOND)]
    await team.press(*press_of(await previewed(team), "Not now"))
    await team.work()
    assert shown(team).title == "Added no SKUs"
    kept = await team.app.store.get(WATCHES, f"US-{SECOND}")
    assert kept is not None
    assert kept.sku == ""


async def test_a_sku_that_another_product_has_is_not_given(
    team: Team, account: FakeAccount
) -> None:
    account.listings["US"] = [listing("MINE-1", SECOND)]
    await team.press(*press_of(await previewed(team), "Add"))
    await team.work()
    kept = await team.app.store.get(WATCHES, f"US-{SECOND}")
    assert kept is not None
    assert kept.sku == ""


async def test_what_the_team_set_on_a_product_stays(team: Team, account: FakeAccount) -> None:
    before = await team.app.store.get(WATCHES, f"US-{ASIN}")
    card = await previewed(team)
    await team.press(*press_of(card, "Watch"))
    await team.work()
    assert await team.app.store.get(WATCHES, f"US-{ASIN}") == before


async def test_a_product_that_was_watched_meanwhile_is_left_as_it_is(team: Team) -> None:
    card = await previewed(team)
    team.clock.advance(minutes=1)
    await team.type("/watch B000000001 US floor 15")
    await team.press(*press_of(card, "Watch"))
    await team.work()
    assert shown(team).title == "Now watching 2 more products"
    kept = await team.app.store.get(WATCHES, "US-B000000001")
    assert kept is not None
    assert (kept.floor, kept.sku) == (usd("15"), ""), "it was added after the preview"


async def test_a_sku_that_the_team_wrote_on_another_product_is_not_taken(team: Team) -> None:
    await team.type(f"/watch {ASIN} US sku K-1")
    card = await previewed(team)
    await team.press(*press_of(card, "Watch"))
    await team.work()
    assert shown(team).title == "Now watching 3 more products"
    made = await team.app.store.get(WATCHES, "US-B000000001")
    assert made is not None
    assert made.sku == ""


async def test_not_now_adds_nothing(team: Team) -> None:
    before = await watched(team)
    card = await previewed(team)
    assert notice(await team.press(*press_of(card, "Not now"))) == "Nothing was added."
    await team.work()
    assert await watched(team) == before
    assert shown(team).title == "Not watching 3 products"
    assert shown(team).buttons == ()


@pytest.mark.parametrize("first", ["Watch", "Not now"])
@pytest.mark.parametrize("second", ["Watch", "Not now"])
async def test_what_was_decided_is_not_decided_again(team: Team, first: str, second: str) -> None:
    card = await previewed(team)
    await team.press(*press_of(card, first))
    answer = notice(await team.press(*press_of(card, second), who=BEN))
    assert answer == "That was decided already. To see them again, type /watch all or /watch brand."


async def test_after_that_all_are_watched(team: Team) -> None:
    card = await previewed(team)
    await team.press(*press_of(card, "Watch"))
    await team.work()
    team.clock.advance(minutes=1)
    card = await previewed(team)
    assert card.title == "Already watching 4 products in US"
    assert (card.buttons, card.tone) == ((), Tone.GOOD)


async def test_what_was_declined_is_offered_to_who_asks_again(team: Team) -> None:
    card = await previewed(team)
    await team.press(*press_of(card, "Not now"))
    team.clock.advance(minutes=1)
    again = await previewed(team)
    await team.press(*press_of(again, "Watch 3"))
    await team.work()
    assert shown(team).title == "Now watching 3 more products"


async def test_it_is_read_once_at_a_time(team: Team) -> None:
    await team.type("/watch all")
    assert notice(await team.type("/watch all", BEN)) == (
        "Your listings are being read already. Try again in a few minutes."
    )


async def test_a_viewer_may_neither_ask_nor_confirm(team: Team) -> None:
    assert "watch products" in notice(await team.type("/watch all", VIK))
    card = await previewed(team)
    assert "watch products" in notice(await team.press(*press_of(card, "Watch"), who=VIK))
    assert shown(team) == card


@pytest.mark.parametrize("text", ["/watch all", "/watch ALL", "/watch 'all'", "/watch  all "])
async def test_all_is_understood_as_people_type_it(team: Team, text: str) -> None:
    assert notice(await team.type(text)).startswith("Reading")


async def test_an_account_in_several_marketplaces(team: Team, account: FakeAccount) -> None:
    account.listings["DE"] = several(2, "DE")
    account.marketplaces = ("US", "DE")
    card = await previewed(team)
    assert card.title == "6 products in US and DE"
    assert fields(card)["By marketplace"] == "US 4 · DE 2"
    account.listings |= {code: several(1, code) for code in ("CA", "MX")}
    account.marketplaces = ("US", "CA", "MX", "DE")
    team.clock.advance(minutes=1)
    assert (await previewed(team)).title == "8 products in 4 marketplaces"


async def test_a_marketplace_that_cannot_be_read_costs_the_others_nothing(
    team: Team, account: FakeAccount
) -> None:
    account.marketplaces = ("US", "MX")
    account.errors["MX"] = Unavailable("Amazon did not answer in time.")
    card = await previewed(team)
    assert card.title == "4 products in US"
    assert fields(card)["Could not check"] == "MX: Amazon did not answer in time."


async def test_listings_that_amazon_counts_and_hides_are_told(
    team: Team, account: FakeAccount
) -> None:
    account.hidden = 7
    assert fields(await previewed(team))["Not read"] == (
        "7 SKUs. Amazon did not list them. Try again later."
    )


async def test_an_outage_is_waited_out_and_then_told(team: Team, account: FakeAccount) -> None:
    account.errors["US"] = Unavailable("Amazon did not answer in time.")
    card = await previewed(team)
    assert card.title == "Reading your Amazon listings"
    for _ in range(3):
        team.clock.advance(minutes=2)
        await team.work()
    assert shown(team).title == "Could not read your Amazon listings"
    assert shown(team).body == "Amazon did not answer in time.\nNothing was changed."
    assert press_of(shown(team), "Try again") == ("run", "watch all")
    assert await team.app.store.count(KNOWN_LISTINGS) == 0


async def test_an_outage_that_passes_is_not_told(team: Team, account: FakeAccount) -> None:
    account.errors["US"] = Unavailable("Amazon did not answer in time.")
    await previewed(team)
    del account.errors["US"]
    team.clock.advance(minutes=2)
    await team.work()
    assert shown(team).title == "4 products in US"


async def test_access_that_is_denied_is_told_at_once(team: Team, account: FakeAccount) -> None:
    account.errors["US"] = AccessRefused("Check the role.")
    assert (await previewed(team)).body == "Check the role.\nNothing was changed."


async def test_without_the_role_for_marketplaces_those_that_are_known_are_read(
    team: Team, account: FakeAccount
) -> None:
    account.marketplaces = AccessRefused("Check the role.")
    await team.type(f"/watch {ASIN} MX")
    await team.type(f"/watch {ASIN} DE")
    card = await previewed(team)
    assert card.title == "4 products in US"
    assert fields(card)["Other marketplaces"].startswith("Not read: the app may not ask")
    assert account.asked == [((OWN,), "US"), ((OWN,), "MX")]


@pytest.mark.parametrize("error", [Unavailable("Down."), LoginError("No."), SourceError("No.")])
async def test_marketplaces_that_cannot_be_told_are_not_guessed(
    team: Team, account: FakeAccount, error: SourceError
) -> None:
    account.marketplaces = error
    await previewed(team)
    assert account.asked == []


async def test_an_account_without_listings_is_said_to_have_none(
    team: Team, account: FakeAccount
) -> None:
    account.listings = {}
    card = await previewed(team)
    assert (card.title, card.buttons) == ("Your account lists no products", ())


async def test_an_empty_answer_where_there_was_something_is_not_believed(
    team: Team, account: FakeAccount
) -> None:
    await previewed(team)
    account.listings = {}
    team.clock.advance(days=1)
    card = await previewed(team)
    assert card.title == "Could not check your Amazon listings"
    assert press_of(card, "Try again") == ("run", "watch all")
    assert fields(card)["Could not check"] == (
        "US: Amazon listed none of your products, which it did before."
    )
    assert card.tone is Tone.WARNING


async def test_without_a_seller_id_nothing_is_read(team: Team) -> None:
    object.__setattr__(team.app.brand, "own_sellers", frozenset())
    assert notice(await team.type("/watch all")) == (
        "Your seller ID is not set. Set BRANDWARDEN_OWN_SELLERS, then try again."
    )


async def test_where_there_is_no_account_it_says_so(tmp_path: Path) -> None:
    async with opened_team(tmp_path / "other") as team:
        assert notice(await team.type("/watch all")).startswith("Listings can only be read from")


async def test_progress_is_shown_while_it_takes_long(team: Team, account: FakeAccount) -> None:
    seen = asyncio.Event()
    going_on = asyncio.Event()
    told = account.own_listings

    async def slow(sellers: tuple[str, ...], code: str, progress: Progress) -> object:
        await progress(20, 412)
        team.clock.advance(seconds=4)
        await progress(240, 412)
        seen.set()
        await going_on.wait()
        return await told(sellers, code, progress)

    account.own_listings = slow  # type: ignore[assignment, method-assign]
    await team.type("/watch all")
    working = asyncio.create_task(team.work())
    await seen.wait()
    await team.dispatcher.deliver()
    assert shown(team).body.startswith("US: 240 of 412\n")
    going_on.set()
    await working
    assert shown(team).title == "4 products in US"


def test_a_report_that_is_waited_for_is_shown() -> None:
    card = reading_card({"DE": (20, 90), "US": (0, 12_345), "MX": (0, 0)})
    assert card.body.splitlines() == [
        "DE: 20 of 90",
        "US: waiting for a report of 12,345",
        "Thousands of listings can take some minutes.",
    ]


async def test_many_products_are_added_some_at_a_time_and_a_restart_goes_on(
    team: Team, account: FakeAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.listings["US"] = several(450)
    card = await previewed(team)
    monkeypatch.setattr(adding_listings, "AT_ONCE", 100)
    await team.press(*press_of(card, "Watch"))
    added = adding_listings._add
    left = 250

    async def killed(tx: object, wanted: object) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise SourceError("killed")
        return await added(tx, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(adding_listings, "_add", killed)
    await team.work()
    assert shown(team).body == "200 of 450 products added."
    assert len(await watched(team)) == OLD + 200
    monkeypatch.setattr(adding_listings, "_add", added)
    team.clock.advance(minutes=5)
    await team.work()
    assert shown(team).title == "Now watching 450 more products"
    assert len(await watched(team)) == OLD + 450


async def test_hostile_titles_and_skus_break_no_card(team: Team, account: FakeAccount) -> None:
    evil = [
        OwnListing(
            seller=OWN,
            sku=f"{each}=HYPERLINK('x')",
            asin=f"B{each:09}",
            marketplace="US",
            title="@everyone \u202e <script>" + "x" * 400,
        )
        for each in range(30)
    ]
    account.listings["US"] = []
    await _next_day(team)
    account.listings["US"] = [listing("A-1", ASIN)]
    await _next_day(team)
    account.listings["US"] = [listing("A-1", ASIN), *evil]
    await _next_day(team)
    assert shown(team).title == "30 new products in your account"
    assert "\u202e" not in shown(team).body


async def _next_day(team: Team) -> None:
    team.clock.advance(days=1)
    await ListingsDaily(team.app).tick()
    await team.work()


def news(team: Team) -> list[str]:
    return [team.chat.cards[key].title for key in team.chat.order if key.startswith("listings-")]


async def test_the_first_day_only_learns_what_there_is(team: Team) -> None:
    await _next_day(team)
    assert news(team) == []
    assert await team.app.store.count(KNOWN_LISTINGS) == 6
    assert await team.app.store.count(LISTINGS_PREVIEWS) == 0


async def test_new_products_are_offered_the_next_day(team: Team, account: FakeAccount) -> None:
    await _next_day(team)
    account.listings["US"] += [listing(f"N-{each}", f"B00000009{each}") for each in range(3)]
    await _next_day(team)
    card = shown(team)
    assert card.title == "3 new products in your account"
    assert card.body.splitlines()[0] == "B000000090 (US): Title of N-0"
    before = await watched(team)
    await team.press(*press_of(card, "Watch them"))
    await team.work()
    assert await watched(team) - before == {f"US-B00000009{each}" for each in range(3)}
    await _next_day(team)
    assert news(team) == ["Now watching 3 more products"]


async def test_one_new_product_is_offered_as_one(team: Team, account: FakeAccount) -> None:
    await _next_day(team)
    account.listings["US"].append(listing("N-1", "B000000091"))
    await _next_day(team)
    assert shown(team).title == "1 new product in your account"
    assert press_of(shown(team), "Watch it")


async def test_what_was_declined_is_not_offered_daily(team: Team, account: FakeAccount) -> None:
    await _next_day(team)
    account.listings["US"].append(listing("N-1", "B000000091"))
    await _next_day(team)
    await team.press(*press_of(shown(team), "Not now"))
    await _next_day(team)
    await _next_day(team)
    assert news(team) == ["Not watching 1 product"]


async def test_an_older_card_still_works(team: Team, account: FakeAccount) -> None:
    await _next_day(team)
    account.listings["US"].append(listing("N-1", "B000000091"))
    await _next_day(team)
    older = shown(team)
    account.listings["US"].append(listing("N-2", "B000000092"))
    await _next_day(team)
    await team.press(*press_of(older, "Watch it"))
    await team.work()
    assert "US-B000000091" in await watched(team)
    assert "US-B000000092" not in await watched(team)


async def test_an_ended_listing_is_told_once_and_stays_watched(
    team: Team, account: FakeAccount
) -> None:
    await _next_day(team)
    account.listings["US"] = [each for each in account.listings["US"] if each.asin != ASIN]
    await _next_day(team)
    assert news(team) == []
    await _next_day(team)
    assert news(team) == ["1 watched product no longer listed in your account"]
    assert shown(team).body.endswith("Still watched. To stop, type /unwatch with the ASIN.")
    assert shown(team).buttons == ()
    await _next_day(team)
    assert len(news(team)) == 1
    assert f"US-{ASIN}" in await watched(team)


async def test_new_and_ended_ones_come_on_one_card(team: Team, account: FakeAccount) -> None:
    await _next_day(team)
    account.listings["US"] = [each for each in account.listings["US"] if each.asin != ASIN]
    await _next_day(team)
    account.listings["US"].append(listing("N-1", "B000000091"))
    await _next_day(team)
    assert news(team) == ["1 new product in your account"]
    assert "1 watched product no longer listed in your account:" in shown(team).body


@pytest.mark.parametrize("empty", [True, False])
async def test_nothing_ends_while_amazon_tells_nothing(
    team: Team, account: FakeAccount, empty: bool
) -> None:
    await _next_day(team)
    if empty:
        account.listings["US"] = []
    else:
        account.errors["US"] = Unavailable("Down.")
    for _ in range(4):
        await _next_day(team)
        for _ in range(3):
            team.clock.advance(minutes=2)
            await team.work()
    assert news(team) == ([] if empty else ["Could not check your listings for days"])
    assert await team.app.store.count(JOBS) == 0
    assert await team.app.store.count(LISTINGS_PREVIEWS) == 0


async def test_listings_that_stay_unread_for_days_are_told_once(
    team: Team, account: FakeAccount
) -> None:
    await _next_day(team)
    for outage in range(2):
        account.errors["US"] = AccessRefused("Check the role.")
        for day in range(6):
            await _next_day(team)
            assert len(news(team)) == outage + (day >= 2)
        assert news(team)[-1] == "Could not check your listings for days"
        assert "Check the role." in shown(team).body
        assert f"US-{ASIN}" in await watched(team)
        account.errors.clear()
        await _next_day(team)


async def test_an_account_that_was_never_read_is_no_news(team: Team, account: FakeAccount) -> None:
    account.errors["US"] = AccessRefused("Check the role.")
    for _ in range(6):
        await _next_day(team)
    assert news(team) == []


async def test_it_is_read_once_a_day(team: Team, account: FakeAccount) -> None:
    daily = ListingsDaily(team.app)
    for _ in range(48):
        team.clock.advance(hours=1)
        await daily.tick()
        await team.work()
    assert len(account.asked) == 2


async def test_a_clock_that_was_set_back_puts_no_reading_off(
    team: Team, account: FakeAccount
) -> None:
    await _next_day(team)
    team.clock.step(days=-400)
    await ListingsDaily(team.app).tick()
    await team.work()
    assert len(account.asked) == 2


async def test_the_daily_reading_does_not_disturb_the_night(
    team: Team, account: FakeAccount
) -> None:
    await _next_day(team)
    hour = team.clock.now.hour
    await team.type(f"/settings quiet {(hour - 1) % 24}-{(hour + 2) % 24}")
    account.listings["US"].append(listing("N-1", "B000000091"))
    await _next_day(team)
    assert news(team) == []
    team.clock.advance(hours=4)
    await team.dispatcher.deliver()
    assert news(team) == ["1 new product in your account"]


async def test_asking_counts_as_the_reading_of_the_day(team: Team, account: FakeAccount) -> None:
    await previewed(team)
    team.clock.now += timedelta(hours=20)
    await ListingsDaily(team.app).tick()
    await team.work()
    assert len(account.asked) == 1


async def test_who_asks_during_the_daily_reading_is_served_after_it(
    team: Team, account: FakeAccount
) -> None:
    """Right after a start it runs, without anybody seeing it."""
    team.clock.advance(days=1)
    await ListingsDaily(team.app).tick()
    team.clock.advance(seconds=1)
    card = await previewed(team)
    assert card.buttons[0].label == "Watch 3 products"
    assert len(account.asked) == 2
