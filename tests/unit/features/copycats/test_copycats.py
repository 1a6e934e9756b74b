"""/copycats: the catalog is searched, and people say what looks like theirs, one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.cards import Card, Tone
from bot.core.catalog_search import CatalogPage
from bot.core.collections import JOBS
from bot.core.interactions import Post, Update
from bot.core.listing import Watch
from bot.core.permissions import Person, Role
from bot.core.picture_looks import PICTURE_LOOKS
from bot.core.resources import Resources
from bot.errors import LoginError, SourceError, Unavailable
from bot.features.attacks.collections import ATTACKS
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import CloseReason
from bot.features.copycats.collections import CANDIDATES, SEARCHES
from bot.features.copycats.models import SearchState, Verdict
from bot.features.copycats.resources import LIKENESS, PAGES
from bot.features.copycats.service import searching
from bot.features.copycats.service.asking import WEEKLY, CopycatsWeekly
from bot.features.copycats.views import SHOWN
from bot.features.watchlist.collections import KNOWN_LISTINGS, WATCHES
from bot.features.watchlist.models.own_listings import KnownListing
from bot.features.watchlist.resources import CATALOG, PAUSE
from checks.copycats import resemblance
from tests.unit.conftest import ANA, ASIN, BEN, SECOND, VIK, Team, asked, notice, opened_team
from tests.unit.features.copycats.found import BRAND, FakeCatalog, FakeLooks, copycat, item
from tests.unit.features.watchlist.listed import listing

FIRST, NEXT, RIVAL = "B0LOOKS001", "B0LOOKS002", "B0RIVAL001"


@pytest.fixture
def catalog() -> FakeCatalog:
    rival = item(RIVAL, "Perchwell Skillet, 10 Inch, Pre-Seasoned")
    return FakeCatalog(copycat(FIRST), item(NEXT, brand="YIMEI STAR"), rival)


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
async def team(tmp_path: Path, catalog: FakeCatalog, pauses: list[float]) -> AsyncIterator[Team]:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    resources = (
        Resources()
        .having(CATALOG, catalog)
        .having(PAGES, catalog)
        .having(LIKENESS, resemblance)
        .having(PAUSE, pause)
    )
    async with opened_team(tmp_path, resources) as team:
        yield team


def shown(team: Team) -> Card:
    """Return the newest card about a search."""
    newest = [key for key in team.chat.order if key.startswith("copycats-")][-1]
    return team.chat.cards[newest]


def fields(card: Card) -> dict[str, str]:
    return {each.label: each.value for each in card.fields}


def labels(card: Card) -> list[str]:
    return [each.label for each in card.pressable]


async def searched(team: Team) -> Card:
    """Have the catalog searched, and read what came of it."""
    await team.type("/copycats search")
    await team.work()
    return shown(team)


async def pressed(team: Team, card: Card, label: str, who: tuple[Person, Role] = ANA) -> Card:
    [found] = [each for each in card.pressable if each.label == label]
    [reply] = await team.press(found.action, found.ref, who=who)
    await team.work()
    assert isinstance(reply, Post | Update)
    return reply.card


async def compared(team: Team) -> Card:
    """Search, and open the first one."""
    return await pressed(team, await searched(team), "Compare 1")


async def test_the_first_time_it_searches_without_being_told_to(team: Team) -> None:
    assert notice(await team.type("/copycats")).startswith("Searching Amazon for products like")
    assert shown(team).title == "Searching Amazon for products like yours"
    await team.work()
    assert shown(team).title == "2 products look like yours"


async def test_the_most_alike_come_first_and_rivals_do_not_come(team: Team) -> None:
    card = await searched(team)
    assert [label.partition(" ")[2] for label in fields(card)] == ["A1der&Finch", "YIMEI STAR"]
    assert "Like Alder & Finch Cast Iron Saucepan: brand name 100%" in card.fields[0].value
    assert labels(card) == ["Compare 1", "Compare 2"]
    assert card.footer.startswith("Searched for 2 of 2 products")
    assert "copy" not in f"{card.title} {[each.value for each in card.fields]}".lower()


async def test_it_searches_by_words_and_by_the_name_of_the_brand(
    team: Team, catalog: FakeCatalog
) -> None:
    await searched(team)
    words = [words for _, words, _, _ in catalog.searched]
    assert words[0] == "Cast Iron Saucepan Quart with Beech Handle"
    assert words[1] == "Alder Finch Cast Iron"
    assert {code for code, *_ in catalog.searched} == {"US"}


async def test_most_of_the_quota_is_left_to_pages(team: Team, pauses: list[float]) -> None:
    await searched(team)
    assert set(pauses) == {0.6}
    pauses.clear()
    team.clock.advance(days=8)
    await CopycatsWeekly(team.app).tick()
    await team.work()
    assert pauses
    assert min(pauses) == pytest.approx(0.6 * 9)


async def test_both_are_shown_side_by_side(team: Team) -> None:
    card = await compared(team)
    assert card.title == "Compare with Alder & Finch Cast Iron Saucepan"
    assert FIRST in card.image
    assert ASIN in card.beside
    assert fields(card)["Yours"].split("\n")[0] == BRAND
    assert fields(card)["Found"].split("\n")[0] == "A1der&Finch"
    assert fields(card)["Alike"] == "brand name 100%, words 100%"
    assert labels(card) == ["Ours", "Copy", "Other", "Skip", "Open found", "Open yours"]
    assert card.footer == f"{FIRST} (US) · yours: {ASIN} · 2 to compare"


async def test_other_is_remembered_and_shows_the_next(team: Team) -> None:
    card = await pressed(team, await compared(team), "Other")
    assert card.body.startswith("Set aside: A1der&Finch Cast Iron Saucepan.")
    assert fields(card)["Found"].startswith("YIMEI STAR\n")
    last = await pressed(team, card, "Other")
    assert (last.title, last.body) == ("Set aside: Cast Iron Saucepan.", "All compared.")
    assert shown(team).title == "Nothing left to compare"
    team.clock.advance(days=1)
    assert (await searched(team)).title == "Nothing left to compare"
    assert await team.app.store.count(CANDIDATES, "verdict", Verdict.OTHER) == 2


async def test_what_was_set_aside_can_be_taken_back(team: Team) -> None:
    card = await pressed(team, await compared(team), "Other")
    again = await pressed(team, card, "Undo last")
    assert fields(again)["Found"].startswith("A1der&Finch\n")
    assert shown(team).title == "2 products look like yours"


async def test_a_copy_is_a_persons_word_and_opens_a_case(team: Team) -> None:
    card = await pressed(team, await compared(team), "Copy", BEN)
    assert card.title == "C-1 is open: A1der&Finch Cast Iron Saucepan"
    assert labels(card) == ["Open C-1", "Next one", "Undo"]
    [case] = await team.app.store.page(CASES)
    assert case.asins == (FIRST,)
    case_card = team.chat.cards[case.label]
    assert case_card.title == f"Copycat listing: {FIRST}"
    told = str([team.chat.cards[key] for key in team.chat.order if key.startswith("C-1/")])
    assert f"Compared with our {ASIN}. Its brand: A1der&Finch." in told
    assert "Ben as A-1" in str(case_card.fields)
    [attack] = await team.app.store.page(ATTACKS)
    assert (attack.kind.value, attack.asins, attack.logged_by) == ("copycat", (FIRST,), BEN[0])
    assert shown(team).title == "1 product looks like yours"


async def test_a_report_can_be_filed_from_its_case(team: Team) -> None:
    card = await pressed(team, await compared(team), "Copy")
    assert labels(card)[0] == "Open C-1"
    assert (await pressed(team, card, "Open C-1")).footer == "C-1 · US"
    [case] = await team.app.store.page(CASES)
    [report] = [
        each
        for each in team.chat.cards[case.label].buttons
        if each.label.startswith("File a report")
    ]
    form = asked(await team.press(report.action, report.ref))
    assert form.form.title == "File a report"


async def test_a_copy_can_be_taken_back_and_its_case_is_a_false_alarm(team: Team) -> None:
    card = await pressed(team, await compared(team), "Copy")
    again = await pressed(team, card, "Undo", BEN)
    assert fields(again)["Found"].startswith("A1der&Finch\n")
    [case] = await team.app.store.page(CASES)
    assert (case.open, case.reason) == (False, CloseReason.FALSE_ALARM)
    assert await team.app.store.count(ATTACKS) == 0
    second = await pressed(team, again, "Copy")
    assert second.title.startswith("C-2 is open")


async def test_ours_can_be_watched(team: Team) -> None:
    card = await pressed(team, await compared(team), "Ours")
    assert card.title == "Marked as yours: A1der&Finch Cast Iron Saucepan"
    assert labels(card) == ["Watch it", "Next one", "Undo"]
    done = await pressed(team, card, "Watch it")
    assert done.title == "Now watching A1der&Finch Cast Iron Saucepan."
    watch = await team.app.store.get(WATCHES, f"US-{FIRST}")
    assert watch is not None
    assert watch.added_by == ANA[0].name


async def test_watching_needs_that_somebody_said_it_is_ours(team: Team) -> None:
    card = await pressed(team, await compared(team), "Ours")
    await pressed(team, card, "Undo")
    assert notice(await team.press("copycat-watch", f"US-{FIRST}")) == (
        "That product is no longer marked as yours. Type /copycats."
    )


async def test_two_people_do_not_decide_on_the_same(team: Team) -> None:
    card = await compared(team)
    await pressed(team, card, "Copy", BEN)
    for action in ("copycat-ours", "copycat-copy", "copycat-other"):
        said = notice(await team.press(action, f"US-{FIRST}"))
        assert said == "Ben already decided on that product."
    assert await team.app.store.count(CASES) == 1


async def test_undo_once_only(team: Team) -> None:
    card = await pressed(team, await compared(team), "Other")
    await pressed(team, card, "Undo last")
    assert notice(await team.press("copycat-undo", f"US-{FIRST}")) == "That was undone already."
    assert notice(await team.press("copycat-undo", "US-B0NOWHERE1")).startswith(
        "That product is no longer listed."
    )


async def test_what_is_skipped_comes_again(team: Team) -> None:
    card = await compared(team)
    second = await pressed(team, card, "Skip")
    assert fields(second)["Found"].startswith("YIMEI STAR\n")
    first = await pressed(team, second, "Skip")
    assert fields(first)["Found"].startswith("A1der&Finch\n")


async def test_skipping_leads_to_every_product_that_waits(team: Team, catalog: FakeCatalog) -> None:
    asins = [f"B0MANY{number:04}" for number in range(2 * SHOWN)]
    catalog.found = [copycat(asin) for asin in asins]
    await searched(team)
    waits = {each.key for each in await team.app.store.page(CANDIDATES)}
    assert len(waits) > SHOWN
    key, seen = "", set()
    for _ in waits:
        [reply] = await team.press("copycat-skip", key)
        assert isinstance(reply, Post | Update)
        key = next(each.ref for each in reply.card.buttons if each.label == "Skip")
        seen.add(key)
    assert seen == waits


async def test_what_is_watched_since_is_ours(team: Team) -> None:
    await searched(team)
    await team.type(f"/watch {FIRST} US")
    [reply] = await team.type("/copycats")
    assert isinstance(reply, Post)
    assert reply.card.title == "1 product looks like yours"


async def test_a_viewer_may_look_and_not_decide(team: Team) -> None:
    await searched(team)
    [reply] = await team.press("copycat-compare", f"US-{FIRST}", who=VIK)
    assert isinstance(reply, Post)
    assert reply.card.title.startswith("Compare with")
    for action in ("copycat-ours", "copycat-copy", "copycat-other", "copycat-undo"):
        assert "Your role is viewer" in notice(await team.press(action, f"US-{FIRST}", who=VIK))
    assert "Your role is viewer" in notice(await team.type("/copycats search", VIK))


async def test_what_is_ours_is_never_shown(team: Team, catalog: FakeCatalog) -> None:
    mine, other = item("B0MINE0001"), copycat("B0MINE0002")
    known = KnownListing(listing=listing("S-1", other.asin), first_seen_at=team.clock.now)
    catalog.found = [mine, other, item(SECOND), item("B0MINE0003", brand="ALDER & FINCH")]
    async with team.app.store.transaction() as tx:
        tx.put(KNOWN_LISTINGS, known)
    await searched(team)
    found = await team.app.store.page(CANDIDATES)
    assert [each.item.asin for each in found] == [mine.asin]


async def test_the_second_page_is_read_where_the_first_showed_something(
    team: Team, catalog: FakeCatalog
) -> None:
    rival = item(RIVAL, "Perchwell Skillet")
    catalog.pages = [
        CatalogPage((copycat(FIRST),), "more"),
        CatalogPage((copycat(NEXT),), "even more"),
        CatalogPage((rival,), "more"),
    ]
    await searched(team)
    assert [after for *_, after in catalog.searched[:3]] == ["", "more", ""]
    assert len(catalog.searched) == 3 + 2


async def test_a_product_that_cannot_be_read_is_told_and_costs_no_other(
    team: Team, catalog: FakeCatalog
) -> None:
    catalog.errors[ASIN] = Unavailable("Amazon does not answer.")
    card = await searched(team)
    assert card.title == "1 product looks like yours"
    assert fields(card)["Could not check"] == "1 product, Amazon does not answer."
    assert card.footer.startswith("Searched for 1 of 2 products")


async def test_a_picture_of_ours_under_other_words_is_found(
    team: Team, catalog: FakeCatalog
) -> None:
    catalog.found = [item(FIRST, "HUALIYA Pot for Soup"), item(NEXT, "Perchwell Pot")]
    looks = FakeLooks({ASIN: "4596829fe1d49787", FIRST: "4596829fe1d4978f"})
    app = replace(team.app, resources=team.app.resources.having(PICTURE_LOOKS, looks))
    team = replace(team, app=app)
    card = await searched(team)
    assert card.title == "1 product looks like yours"
    assert "picture 100%" in card.fields[0].value


async def test_nothing_found_is_no_all_clear(team: Team, catalog: FakeCatalog) -> None:
    catalog.found = []
    card = await searched(team)
    assert card.title == "Nothing left to compare"
    assert card.body == "Amazon's search does not show every product, so there may be others."
    assert card.tone is Tone.INFO


async def test_without_access_the_search_fails_and_says_so(
    team: Team, catalog: FakeCatalog
) -> None:
    catalog.searching = [LoginError("Amazon refuses the credentials.")] * 9
    await team.type("/copycats search")
    for _ in range(4):
        await team.work()
        team.clock.advance(hours=1)
    card = shown(team)
    assert card.title == "Could not search Amazon for products like yours"
    assert "Amazon refuses the credentials." in fields(card)["Could not check"]
    [search] = await team.app.store.page(SEARCHES)
    assert search.state is SearchState.FAILED
    assert await team.app.store.count(JOBS) == 0
    catalog.searching = []
    assert (await searched(team)).title == "2 products look like yours"


async def test_a_region_without_access_costs_the_others_nothing(
    team: Team, catalog: FakeCatalog
) -> None:
    async with team.app.store.transaction() as tx:
        for number in range(searching.GIVEN_UP + 1):
            asin = f"B0GERMAN0{number}"
            tx.put(WATCHES, Watch(asin=asin, marketplace="DE", added_at=team.clock.now))
    catalog.refused = {"DE"}
    card = await searched(team)
    assert card.title == "2 products look like yours"
    assert fields(card)["Could not check"].startswith("4 products, Amazon refused access")
    team.clock.advance(minutes=1)
    catalog.refused = {"DE", "US"}
    await searched(team)
    last = await team.app.store.page(SEARCHES, newest=True, limit=1)
    assert last[0].state is SearchState.FAILED


async def test_a_later_try_goes_on_where_it_was(
    team: Team, catalog: FakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "GIVEN_UP", 1)
    catalog.searching = [None, None, SourceError("Amazon sent a web page.")]
    await team.type("/copycats search")
    await team.work()
    before = len(catalog.searched)
    team.clock.advance(minutes=5)
    await team.work()
    assert len(catalog.searched) == before + 2
    [search] = await team.app.store.page(SEARCHES)
    assert (search.searched, search.state) == (2, SearchState.DONE)


async def test_many_products_are_searched_for_in_slices(
    team: Team, catalog: FakeCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "SLICE", 1)
    await team.type("/copycats search")
    for _ in range(3):
        await team.work()
    [search] = await team.app.store.page(SEARCHES)
    assert (search.searched, search.state) == (2, SearchState.DONE)
    assert len(catalog.searched) == 4


async def test_no_more_are_kept_than_people_can_compare(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_OPEN", 1)
    card = await searched(team)
    assert fields(card)["Not kept"] == "1 product: compare these first."


async def test_two_searches_do_not_run_side_by_side(team: Team) -> None:
    await team.type("/copycats search")
    assert notice(await team.type("/copycats search")) == (
        "Amazon is being searched already. The result follows in the channel."
    )


async def test_it_says_how_far_a_running_search_is(team: Team) -> None:
    await team.type("/copycats search")
    [reply] = await team.type("/copycats")
    assert isinstance(reply, Post)
    assert reply.card.title == "Searching Amazon for products like yours"


async def test_the_list_is_shown_again_without_a_search(team: Team, catalog: FakeCatalog) -> None:
    await searched(team)
    before = len(catalog.searched)
    [reply] = await team.type("/copycats", VIK)
    assert isinstance(reply, Post)
    assert reply.card.title == "2 products look like yours"
    await team.work()
    assert len(catalog.searched) == before


async def test_it_is_searched_again_every_week_and_quiet_where_nothing_is_new(
    team: Team, catalog: FakeCatalog
) -> None:
    weekly = CopycatsWeekly(team.app)
    await weekly.tick()
    assert await team.app.store.count(SEARCHES) == 0, "nobody asked for it yet"
    await searched(team)
    team.clock.advance(days=6)
    await weekly.tick()
    assert await team.app.store.count(JOBS) == 0
    team.clock.advance(days=1, hours=1)
    await weekly.tick()
    await team.work()
    cards = [key for key in team.chat.order if key.startswith("copycats-")]
    assert len(cards) == 1, "nothing new"
    catalog.found.append(copycat("B0LOOKS003"))
    team.clock.advance(seconds=WEEKLY.total_seconds())
    await weekly.tick()
    await team.work()
    team.clock.advance(seconds=timedelta(days=1).total_seconds())
    await team.work()
    assert shown(team).title == "3 products look like yours"


async def test_a_weekly_search_that_fails_is_told(team: Team, catalog: FakeCatalog) -> None:
    catalog.found = []
    await searched(team)
    team.clock.advance(seconds=WEEKLY.total_seconds())
    catalog.searching = [LoginError("Amazon refuses the credentials.")] * 9
    await CopycatsWeekly(team.app).tick()
    for _ in range(4):
        await team.work()
        team.clock.advance(hours=1)
    assert shown(team).title == "Could not search Amazon for products like yours"


async def test_a_word_that_is_none_is_explained(team: Team) -> None:
    assert "Type it like this: /copycats" in notice(await team.type("/copycats sarch-it"))


async def test_without_an_account_it_says_what_is_missing(tmp_path: Path) -> None:
    async with opened_team(tmp_path) as bare:
        assert notice(await bare.type("/copycats")).startswith("Searching needs an Amazon account.")


async def test_without_products_there_is_nothing_to_compare(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        for asin in (ASIN, SECOND):
            tx.delete(WATCHES, f"US-{asin}")
    assert notice(await team.type("/copycats")).startswith("There is nothing to compare with yet.")
