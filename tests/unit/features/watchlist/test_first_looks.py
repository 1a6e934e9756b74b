"""What the first looks at many new products find is told with the first half, then kept true."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.cards import Card, Tone
from bot.core.listing import Snapshot, Watch
from bot.core.resources import Resources
from bot.errors import Unavailable
from bot.features.watchlist.collections import FIRST_LOOKS, WATCHES
from bot.features.watchlist.models.first_looks import LookedAt
from bot.features.watchlist.resources import ACCOUNT, LOOKING, Looking
from bot.features.watchlist.service.first_looks_news import FOLLOWED, LONGEST, FirstLooksNews
from bot.features.watchlist.views.first_looks import first_looks_card
from tests.unit.conftest import OWN, Team, offer, opened_team
from tests.unit.features.watchlist.listed import FakeAccount, several

COUNT = 6
STRANGER, OTHER = "A2STRANGER0001", "A2STRANGER0002"


@pytest.fixture
async def team(tmp_path: Path) -> AsyncIterator[Team]:
    looking = Looking()
    account = FakeAccount(*several(COUNT))
    resources = Resources().having(ACCOUNT, account).having(LOOKING, looking)
    async with opened_team(tmp_path, resources) as team:
        looking.checker = team.monitor
        await team.type("/watch all")
        await team.work()
        [preview] = [key for key in team.chat.order if key.startswith("listings-")]
        button = team.chat.cards[preview].buttons[0]
        await team.press(button.action, button.ref)
        await team.work()
        yield team


def shown(team: Team) -> Card | None:
    keys = [key for key in team.chat.order if key.startswith("first-looks-")]
    assert len(keys) <= 1
    return team.chat.cards[keys[0]] if keys else None


async def seen(team: Team, first: int, last: int, *sellers: str) -> None:
    """Look at some of the new products, on which we and these sellers are."""
    watches = [await watch_of(team, place) for place in range(first, last)]
    for watch in watches:
        offers = tuple(offer(each, "24.90") for each in (OWN, *sellers))
        team.source.put(
            Snapshot(
                asin=watch.asin,
                marketplace="US",
                at=team.clock.now,
                offers=offers,
                total=len(offers),
                holders=(OWN,),
            )
        )
    await team.monitor.check(watches)


async def watch_of(team: Team, place: int) -> Watch:
    watch = await team.app.store.get(WATCHES, f"US-B{place:09}")
    assert watch is not None
    return watch


async def tell(team: Team) -> Card | None:
    await FirstLooksNews(team.app).tick()
    await team.dispatcher.deliver()
    return shown(team)


async def test_nothing_is_told_before_half_of_them_were_looked_at(team: Team) -> None:
    await seen(team, 0, 2, STRANGER)
    assert await tell(team) is None


async def test_the_first_half_brings_the_card_and_the_rest_edits_it(team: Team) -> None:
    await seen(team, 0, 3, STRANGER)
    card = await tell(team)
    assert card is not None
    assert card.title == "3 of 6 products checked, 1 unknown seller so far"
    assert card.tone is Tone.WARNING
    await seen(team, 3, 6, STRANGER, OTHER)
    card = await tell(team)
    assert card is not None
    assert card.title == "6 products, 2 unknown sellers now"
    assert card.fields[0].value == f"{STRANGER}: 6 products\n{OTHER}: 3 products"
    assert [button.label for button in card.buttons] == ["Open cases"]
    assert await team.app.store.count(FIRST_LOOKS) == 0


async def test_who_is_trusted_is_not_unknown(team: Team) -> None:
    await team.authorise(STRANGER)
    await seen(team, 0, 6, STRANGER)
    card = await tell(team)
    assert card is not None
    assert (card.title, card.tone) == ("No unknown sellers on 6 products", Tone.GOOD)


async def test_what_could_not_be_checked_is_no_all_clear(team: Team) -> None:
    await seen(team, 0, 4)
    for place in (4, 5):
        watch = await watch_of(team, place)
        team.source.results[watch.key] = Unavailable("Amazon did not answer.")
        await team.monitor.check([watch])
    card = await tell(team)
    assert card is not None
    assert card.title == "4 of 6 products checked, no unknown sellers so far"
    assert card.tone is Tone.WARNING
    assert card.fields[0].value == "2: Amazon did not answer."
    assert [button.label for button in card.buttons] == ["Unchecked products"]


async def test_an_amazon_that_does_not_answer_holds_the_card_back_no_longer_than_ten_minutes(
    team: Team,
) -> None:
    team.clock.now += LONGEST
    card = await tell(team)
    assert card is not None
    assert (card.title, card.tone) == ("Could not check 6 new products yet", Tone.INFO)
    team.clock.now += FOLLOWED
    await tell(team)
    assert await team.app.store.count(FIRST_LOOKS) == 0


async def test_a_restart_tells_nothing_twice(team: Team) -> None:
    await seen(team, 0, 3)
    await tell(team)
    edits = len(team.chat.order)
    await tell(team)
    assert len(team.chat.order) == edits
    assert await team.app.store.count(FIRST_LOOKS) == 1


async def test_what_is_watched_no_more_is_not_waited_for(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        for place in range(3, 6):
            tx.delete(WATCHES, f"US-B{place:09}")
    await seen(team, 0, 3)
    card = await tell(team)
    assert card is not None
    assert card.title == "No unknown sellers on 3 products"


def test_many_sellers_fit_on_a_phone() -> None:
    strangers = {f"A2STRANGER{place:04}": 400 - place for place in range(30)}
    card = first_looks_card(LookedAt(products=412, checked=412, strangers=strangers))
    assert card.title == "412 products, 30 unknown sellers now"
    assert card.fields[0].value.splitlines()[-1] == "and 25 more"
