"""Problems of listings that nobody watches: asked for by the daily check, and told once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from bot.core.cards import Card, Tone
from bot.core.findings import CLOSED, STRANDED, SUPPRESSED
from bot.core.listing import Watch
from bot.core.listing_status import ListingState, StatusReading
from bot.core.own_listings import ListingStatus, OwnListing
from bot.core.questions import Bucket, Operation
from bot.core.resources import Resources
from bot.errors import SourceError
from bot.features.watchlist.collections import KNOWN_LISTINGS, WATCHES
from bot.features.watchlist.models.own_listings import KnownListing, ListingsPreview
from bot.features.watchlist.resources import ACCOUNT, LISTING_STATES, PAUSE
from bot.features.watchlist.rules.unheard import problem_of, some_of
from bot.features.watchlist.service import unheard_listings
from bot.features.watchlist.service.asking_listings import ListingsDaily
from tests.fakes import START
from tests.unit.checks.own_listings.listings import FINE, changed, issue
from tests.unit.conftest import ASIN, Team, opened_team
from tests.unit.features.watchlist.listed import FakeAccount, listing

DAY = timedelta(days=1)
DOWN = changed(buyable=False, issues=(issue("LISTING_SUPPRESSED"),))
STUCK = changed(buyable=False, by_amazon=True, stock=4)
SHUT = changed(buyable=False, stock=None)
SOLD_OUT = changed(buyable=False, stock=0)


class States:
    """Tells how listings are, by SKU; what is not there is fine."""

    def __init__(self) -> None:
        self.states: dict[str, ListingState | SourceError] = {}
        self.asked: list[list[str]] = []
        self.out: SourceError | None = None

    def status_quota(self, region: str) -> Bucket:
        return Bucket(operation=Operation.SEARCH_LISTINGS, region=region, tokens=0, interval=0.2)

    lone_status_quota = status_quota

    async def listing_states(self, seller: str, watches: Sequence[Watch]) -> list[StatusReading]:
        self.asked.append([watch.sku for watch in watches])
        if self.out:
            raise self.out
        return [StatusReading(watch, self.states.get(watch.sku, FINE)) for watch in watches]

    async def lone_listing_state(self, seller: str, watch: Watch) -> StatusReading:
        [reading] = await self.listing_states(seller, [watch])
        return reading


def inactive(sku: str, asin: str = "B0LISTED01") -> OwnListing:
    return listing(sku, asin, status=ListingStatus.INACTIVE)


@pytest.fixture
def account() -> FakeAccount:
    return FakeAccount(
        listing("FINE-1", "B0LISTED00"),
        inactive("DOWN-1"),
        inactive("DOWN,2", "B0LISTED02"),
        inactive("STUCK-1", "B0LISTED03"),
        inactive("SHUT-1", "B0LISTED04"),
        inactive("EMPTY-1", "B0LISTED05"),
        inactive("PAGELESS-1", ""),
    )


@pytest.fixture
def states() -> States:
    found = States()
    found.states = {
        "DOWN-1": DOWN,
        "DOWN,2": DOWN,
        "STUCK-1": STUCK,
        "SHUT-1": SHUT,
        "EMPTY-1": SOLD_OUT,
    }
    return found


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
async def team(
    tmp_path: Path, account: FakeAccount, states: States, pauses: list[float]
) -> AsyncIterator[Team]:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    resources = (
        Resources().having(ACCOUNT, account).having(LISTING_STATES, states).having(PAUSE, pause)
    )
    async with opened_team(tmp_path, resources) as team:
        yield team


async def day(team: Team) -> list[Card]:
    """Let a day pass; return the cards of its check."""
    before = set(team.chat.order)
    team.clock.advance(days=1)
    await ListingsDaily(team.app).tick()
    await team.work()
    new = [key for key in team.chat.order if key not in before and key.startswith("listings-")]
    return [team.chat.cards[key] for key in new]


def fields(card: Card) -> dict[str, str]:
    return {each.label: each.value for each in card.fields}


async def test_they_are_counted_and_named_in_one_card(team: Team) -> None:
    [card] = await day(team)
    assert (card.title, card.tone) == ("4 SKUs that you do not watch have problems", Tone.WARNING)
    assert card.body == (
        "• Suppressed by Amazon: DOWN-1, DOWN,2\n"
        "• Stock is stranded: STUCK-1\n"
        "• Cannot be bought: SHUT-1"
    )
    assert fields(card) == {
        "SKUs not watched": "Suppressed by Amazon: 2, Stock is stranded: 1, Cannot be bought: 1. "
        "To be alerted, type /watch all.",
    }
    [button] = card.buttons
    assert (button.label, button.action, button.ref) == ("Read my listings", "run", "watch all")


async def test_they_are_told_once(team: Team, states: States) -> None:
    await day(team)
    states.asked.clear()
    assert await day(team) == []
    assert states.asked == [["EMPTY-1"]], "what was told needs no second look"


async def test_a_new_one_is_told_with_what_is_new_in_the_account(
    team: Team, account: FakeAccount, states: States
) -> None:
    await day(team)
    account.listings["US"] += [listing("NEW-1", "B0LISTED08"), inactive("DOWN-3", "B0LISTED09")]
    states.states["DOWN-3"] = DOWN
    [card] = await day(team)
    assert card.title == "2 new products in your account"
    assert card.body.endswith("• Suppressed by Amazon: DOWN-3")
    assert fields(card)["SKUs not watched"].startswith("Suppressed by Amazon: 1.")
    [watch, *_] = card.buttons
    await team.press(watch.action, watch.ref)
    shown = team.chat.cards[[key for key in team.chat.order if key.startswith("listings-")][-1]]
    assert fields(shown)["SKUs not watched"].startswith("Suppressed by Amazon: 1.")


async def test_one_that_was_on_sale_again_is_told_again(team: Team, account: FakeAccount) -> None:
    await day(team)
    account.listings["US"][1] = listing("DOWN-1")
    assert await day(team) == []
    account.listings["US"][1] = inactive("DOWN-1")
    [card] = await day(team)
    assert card.title == "1 SKU that you do not watch has a problem"


async def test_what_is_watched_is_left_to_its_watch(team: Team, states: States) -> None:
    watch = await team.app.store.get(WATCHES, f"US-{ASIN}")
    assert watch is not None
    async with team.app.store.transaction() as tx:
        for number, sku in ((1, "OTHER-1"), (3, "")):
            tx.put(WATCHES, msgspec.structs.replace(watch, asin=f"B0LISTED0{number}", sku=sku))
    [card] = await day(team)
    asked = {sku for each in states.asked for sku in each}
    assert asked == {"DOWN,2", "STUCK-1", "SHUT-1", "EMPTY-1"}
    assert "STUCK-1" in card.body, "it is watched without its SKU, so nobody asks how it is"


async def test_they_are_asked_for_slowly_and_each_as_it_can_be(
    team: Team, states: States, pauses: list[float]
) -> None:
    await day(team)
    assert states.asked == [["DOWN-1", "STUCK-1", "SHUT-1", "EMPTY-1"], ["DOWN,2"]]
    assert pauses == [pytest.approx(0.2 * unheard_listings.SHARE)] * 2


async def test_what_cannot_be_read_is_said_and_asked_again(team: Team, states: States) -> None:
    states.states |= {"STUCK-1": SourceError("no"), "SHUT-1": SourceError("no")}
    [card] = await day(team)
    assert fields(card)["Not checked today"] == "2 SKUs that cannot be bought."
    states.states |= {"STUCK-1": STUCK, "SHUT-1": SHUT}
    [card] = await day(team)
    assert card.title == "2 SKUs that you do not watch have problems"


async def test_an_outage_of_that_question_spoils_no_other(
    team: Team, account: FakeAccount, states: States
) -> None:
    states.out = SourceError("no answer")
    assert await day(team) == []
    account.listings["US"].append(listing("NEW-1", "B0LISTED08"))
    [card] = await day(team)
    assert card.title == "1 new product in your account"
    states.out = None
    [card] = await day(team)
    assert card.title.startswith("4 SKUs")


async def test_who_asks_for_the_listings_does_not_wait_for_it(team: Team, states: States) -> None:
    await team.type("/watch all")
    await team.work()
    assert states.asked == []


async def test_what_was_noted_before_a_stop_is_told_after_it(team: Team) -> None:
    """The reading is done once more where the program was killed before the card was written."""
    team.clock.advance(days=1)
    await ListingsDaily(team.app).tick()
    looking = unheard_listings.UnheardListings(team.app)
    preview = ListingsPreview(id="x", asked_at=team.clock.now)
    known = [_known(inactive("DOWN-1"))]
    first = await looking.look(known, preview)
    assert [each.problem for each in first.wrong] == [SUPPRESSED]
    stored = await team.app.store.get(KNOWN_LISTINGS, known[0].key)
    assert stored is not None
    assert await looking.look([stored], preview) == first


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        (FINE, ""),
        (DOWN, SUPPRESSED),
        (STUCK, STRANDED),
        (SHUT, CLOSED),
        (SOLD_OUT, ""),
        (changed(buyable=None, issues=None), ""),
        (changed(listed=False, buyable=False), ""),
    ],
)
def test_what_is_wrong_is_what_amazon_says(state: ListingState, problem: str) -> None:
    assert problem_of(state) == problem


def test_more_than_a_day_can_look_at_take_turns() -> None:
    many = [_known(inactive(f"S-{number}")) for number in range(50)]
    seen: set[str] = set()
    for number in range(5):
        preview = ListingsPreview(id=str(number), asked_at=START + number * DAY)
        some = some_of(many, 20, preview)
        assert len(some) == len({each.key for each in some}) == 20
        seen |= {each.key for each in some}
    assert len(seen) == 50


def _known(listing: OwnListing) -> KnownListing:
    return KnownListing(listing=listing, first_seen_at=START)
