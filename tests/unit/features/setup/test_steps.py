"""Four steps from nothing to the first card: what each says, and which is next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.cards import Card
from bot.core.channel_bindings import open_room
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX
from bot.core.own_listings import OwnListings, Progress
from bot.core.resources import Resources
from bot.errors import AccessRefused, LoginError, SourceError, Unavailable
from bot.features.setup.collections import FIRST_RUNS
from bot.features.setup.models import FIRST, FirstRun, LoginCheck
from bot.features.setup.rules import SetupFacts, done_of, next_of
from bot.features.setup.service.following import ASK_AGAIN, SetupFollowing
from bot.features.setup.service.steps import begin_if_new
from bot.features.setup.views.steps import setup_card
from bot.features.watchlist.collections import WATCHES
from bot.features.watchlist.resources import ACCOUNT
from tests.unit.conftest import BEN, Team, notice, opened_team

ACCEPTED = LoginCheck(marketplaces=("US", "CA"))


class AskedAccount:
    """An account that says what it is told to, and counts how often it is asked."""

    def __init__(self) -> None:
        self.error: SourceError | None = None
        self.asked = 0

    async def sells_in(self, code: str) -> tuple[str, ...]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return (code, "CA")

    async def own_listings(self, sellers: object, code: str, progress: Progress) -> OwnListings:
        raise NotImplementedError


@pytest.fixture
def account() -> AskedAccount:
    return AskedAccount()


@pytest.fixture
async def empty(tmp_path: Path, account: AskedAccount) -> AsyncIterator[Team]:
    """A team that watches nothing yet."""
    async with opened_team(tmp_path, Resources().having(ACCOUNT, account)) as team:
        async with team.app.store.transaction() as tx:
            for watch in await team.app.store.page(WATCHES):
                tx.delete(WATCHES, watch.key)
        yield team


async def tick(team: Team, following: SetupFollowing | None = None) -> None:
    await (following or SetupFollowing(team.app)).tick()
    await team.dispatcher.deliver()


def shown(team: Team) -> Card:
    """Return the newest card of the steps."""
    [*_, newest] = [key for key in team.chat.order if key.startswith("setup-")]
    return team.chat.cards[newest]


def signs(card: Card) -> str:
    return "".join(field.label[0] for field in card.fields)


def test_the_steps_are_derived_in_their_order() -> None:
    nothing = SetupFacts()
    assert (done_of(nothing), next_of(done_of(nothing))) == ((False,) * 4, 0)
    all_done = SetupFacts(login=ACCEPTED, watching=True, channels=("alerts",), tried=True)
    assert next_of(done_of(all_done)) is None
    assert not SetupFacts(login=ACCEPTED, refused=True).connected
    assert not SetupFacts(login=ACCEPTED, sellers=False).connected
    assert not SetupFacts(login=LoginCheck(why="No answer")).connected
    assert SetupFacts(account=False).connected


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (SetupFacts(login=ACCEPTED), "Amazon accepted the login. You sell in US, CA."),
        (SetupFacts(login=ACCEPTED, simulated=True), "A simulated marketplace, not Amazon,"),
        (SetupFacts(account=False), "recorded snapshots, not Amazon"),
        (SetupFacts(sellers=False), "BRANDWARDEN_OWN_SELLERS"),
        (SetupFacts(login=ACCEPTED, refused=True), "Amazon refuses the login."),
        (SetupFacts(login=LoginCheck(why="No answer.")), "Could not check: No answer."),
        (SetupFacts(), "Checking the login"),
    ],
)
def test_what_is_connected_is_said_and_nothing_simulated_passes_for_amazon(
    facts: SetupFacts, says: str
) -> None:
    assert says in setup_card(facts).fields[0].value


def test_there_is_one_button_and_the_rest_is_folded_away() -> None:
    labels = []
    for facts in (
        SetupFacts(),
        SetupFacts(login=ACCEPTED),
        SetupFacts(login=ACCEPTED, watching=True),
        SetupFacts(login=ACCEPTED, watching=True, alone=True),
        SetupFacts(login=ACCEPTED, watching=True, alone=True, tried=True),
    ):
        [button] = setup_card(facts).buttons
        labels.append(button.label)
    assert labels == [
        "Check again",
        "Watch all products",
        "Continue alone",
        "Send a test alert",
        "See what is watched",
    ]


async def test_the_first_run_shows_the_steps_once(empty: Team) -> None:
    await begin_if_new(empty.app, "web")
    await tick(empty)
    assert signs(shown(empty)) == "✓→○○"
    await begin_if_new(empty.app, "web")
    await empty.dispatcher.deliver()
    assert [key for key in empty.chat.order if key.startswith("setup-")] == [
        (await first(empty)).message
    ]


async def test_who_watches_already_is_not_led(team: Team) -> None:
    await begin_if_new(team.app, "web")
    assert await team.app.store.get(FIRST_RUNS, FIRST) is None


async def first(team: Team) -> FirstRun:
    found = await team.app.store.get(FIRST_RUNS, FIRST)
    assert found is not None
    return found


async def test_the_card_follows_what_is_done_elsewhere_and_a_look_writes_nothing(
    empty: Team,
) -> None:
    await empty.type("/start")
    following = SetupFollowing(empty.app)
    await tick(empty, following)
    edits = empty.chat.edits
    for _ in range(3):
        await tick(empty, following)
    assert (empty.chat.edits, await empty.app.store.count(OUTBOX)) == (edits, 0)
    await empty.type("/watch B0PRODUC01")
    await tick(empty, following)
    assert signs(shown(empty)) == "✓✓→○"
    await open_room(empty.app.store, "web", "T1", "brand-alerts")
    assert (await empty.app.store.get(CHANNEL_BINDINGS, "web")) is not None
    await tick(empty, following)
    assert signs(shown(empty)) == "✓✓✓→"
    assert "#brand-alerts" in shown(empty).fields[2].value


async def test_all_done_it_says_so_and_changes_no_more(empty: Team) -> None:
    await empty.type("/start")
    await tick(empty)
    await empty.type("/watch B0PRODUC01")
    await empty.press("work-alone", "")
    await empty.press("send-test-alert", "")
    await tick(empty)
    card = shown(empty)
    assert (card.title, signs(card)) == ("Brandwarden is set up", "✓✓✓✓")
    assert (await first(empty)).over


async def test_a_login_that_is_refused_is_told_and_asked_for_again_later(
    empty: Team, account: AskedAccount
) -> None:
    account.error = LoginError()
    await empty.type("/start")
    following = SetupFollowing(empty.app)
    await tick(empty, following)
    await tick(empty, following)
    assert account.asked == 1
    assert "Could not check: Amazon refused the login." in shown(empty).fields[0].value
    account.error = None
    empty.clock.advance(seconds=ASK_AGAIN.total_seconds())
    await tick(empty, following)
    assert signs(shown(empty)) == "✓→○○"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (None, "The login was accepted."),
        (AccessRefused(), "The login was accepted."),
        (Unavailable(), "Could not check: Amazon is not answering. Try again later."),
    ],
)
async def test_check_again_asks_at_once(
    empty: Team, account: AskedAccount, error: SourceError | None, said: str
) -> None:
    account.error = error
    await empty.type("/start")
    assert notice(await empty.press("check-login", "")) == said


async def test_hidden_it_stays_until_somebody_goes_on(empty: Team) -> None:
    await empty.type("/start")
    await empty.press("hide-setup", "")
    assert shown(empty).title == "Setup hidden"
    await tick(empty)
    assert shown(empty).title == "Setup hidden"
    empty.clock.advance(minutes=1)
    await empty.type("/start", BEN)
    await tick(empty)
    assert signs(shown(empty)) == "✓→○○"
    [old, new] = [key for key in empty.chat.order if key.startswith("setup-")]
    assert empty.chat.cards[old].title == "The setup continues in a newer message"
    assert new == (await first(empty)).message
