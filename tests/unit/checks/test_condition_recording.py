"""Offers that are not new, from the answer to the case: what is told, written and left alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pytest

from bot.core.competitive_summary import CompetitiveSummary, ConditionOffer, SummaryReading
from bot.core.conditions import Condition
from bot.core.forms import Choice
from bot.core.interactions import Ask
from bot.core.listing import Watch
from bot.core.patrols import PatrolState, PatrolSubject
from bot.core.questions import Bucket, Operation
from bot.core.router import Router
from bot.core.store import run_in_transaction
from bot.errors import SourceError, Unavailable
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import CONDITION_HISTORIES, WATCHES
from bot.features.watchlist.rules.table import read_watches
from bot.features.watchlist.service.conditions import NarrowedWatches
from bot.features.watchlist.service.watching import add_watches
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import START, FakeSource, MemoryEvidence
from tests.signals import active_in
from tests.unit.checks.conditions.answers import NEW, offer
from tests.unit.conftest import ANA, ASIN, OWN, SECOND, VIK, Team, asked, card_text, notice
from tests.unit.conftest import offer as new_offer

KEY, STRANGER = f"US-{ASIN}", "A2STRANGER0001"
OURS = offer(OWN, "50.00", NEW, "New")
USED = offer(STRANGER, "20.00")
PACE = PollingPolicy(timedelta(minutes=2), timedelta(minutes=1))


class Summaries(FakeSource):
    """Also answers with summaries that a test puts in."""

    def __init__(self) -> None:
        super().__init__(simulated=True)
        self.offers: dict[str, Sequence[ConditionOffer] | SourceError] = {}
        self.summaries_asked: list[list[str]] = []
        self.now = START
        self.down: SourceError | None = None

    def summary_quota(self, region: str) -> Bucket:
        return Bucket(
            operation=Operation.COMPETITIVE_SUMMARY, region=region, tokens=1, interval=0.0, room=1
        )

    async def competitive_summaries(self, watches: Sequence[Watch]) -> list[SummaryReading]:
        self.summaries_asked.append([watch.key for watch in watches])
        if self.down is not None:
            raise self.down
        return [SummaryReading(watch, self._told(watch), b"raw") for watch in watches]

    def _told(self, watch: Watch) -> CompetitiveSummary | SourceError:
        offers = self.offers.get(watch.key, ())
        if isinstance(offers, SourceError):
            return offers
        return CompetitiveSummary(
            asin=watch.asin,
            marketplace=watch.marketplace,
            at=self.now,
            offers={
                condition: tuple(each for each in offers if each.condition is condition)
                for condition in Condition
            },
            digest="cd" * 32,
        )


@dataclass
class Slow:
    """A team whose source tells summaries."""

    team: Team
    source: Summaries

    async def round(self, *offers: ConditionOffer) -> None:
        """Let a round pass in which the first product is offered so."""
        self.source.offers[KEY] = offers
        await self.passes()

    async def passes(self) -> None:
        self.team.clock.advance(minutes=2)
        self.source.now = self.team.clock.now
        await self.team.monitor.tick()
        await self.team.monitor.settle()
        await self.team.dispatcher.deliver()

    async def going_on(self) -> list[str]:
        cases = await self.team.app.store.page(CASES)
        return [
            signal.kind for case in cases for signal in await active_in(self.team.app.store, case)
        ]

    @property
    def state(self) -> PatrolState:
        states = self.team.monitor.patrols.states()
        return next(each for each in states if each.subject is PatrolSubject.CONDITIONS)


@pytest.fixture
async def slow(team: Team) -> AsyncIterator[Slow]:
    source = Summaries()
    team.monitor = ListingMonitor(team.app, source, PACE)
    team.router, team.source = Router(team.app, team.monitor), source
    await team.monitor.load()
    yield Slow(team, source)
    await team.monitor.stop()


async def test_a_used_offer_is_a_case_of_its_seller_and_its_answer_is_kept(slow: Slow) -> None:
    await slow.round(OURS, USED)
    card = slow.team.chat.cards["C-1"]
    assert card.title == "Used offer by an unknown seller: Pan 1"
    assert card.gist == "Used (very good) at USD 20.00, 60% below new"
    labels = [each.label for each in card.fields]
    assert "Condition" in labels
    assert "What to do" in labels
    assert [each.label for each in card.pressable if each.label == "Authorize seller"]
    assert isinstance(slow.team.app.evidence, MemoryEvidence)
    assert list(slow.team.app.evidence.kept.values()) == [b"raw"]
    [case] = await slow.team.app.store.page(CASES)
    assert case.seller == STRANGER


async def test_an_offer_that_is_gone_asks_for_nothing_more(slow: Slow) -> None:
    await slow.round(OURS, USED)
    for _ in range(2):
        await slow.round(OURS)
    card = slow.team.chat.cards["C-1"]
    assert card.title.startswith("Over for now")
    assert (card.body, card.gist) == ("", "")
    assert "What to do" not in [each.label for each in card.fields]


async def test_the_same_again_is_told_and_written_once(slow: Slow) -> None:
    await slow.round(OURS, USED)
    known = await slow.team.app.store.get(CONDITION_HISTORIES, KEY)
    for _ in range(3):
        await slow.round(OURS, USED)
    assert [each for each in slow.team.chat.order if each.startswith("C-")] == ["C-1"]
    assert await slow.team.app.store.get(CONDITION_HISTORIES, KEY) == known


async def test_new_and_used_goods_of_a_seller_are_one_case(slow: Slow) -> None:
    await slow.round(OURS, USED)
    await slow.team.look(new_offer(OWN, "50.00"), new_offer(STRANGER, "49.00"))
    assert await slow.team.app.store.count(CASES) == 1
    assert sorted(await slow.going_on()) == ["seller", "used-offer"]


async def test_it_is_over_after_two_rounds_without_it(slow: Slow) -> None:
    await slow.round(OURS, USED)
    await slow.round(OURS)
    assert await slow.going_on() == ["used-offer"]
    await slow.round(OURS)
    assert await slow.going_on() == []
    assert slow.team.chat.cards["C-1"].title.startswith("Over for now")


async def test_what_could_not_be_read_is_told_and_ends_nothing(slow: Slow) -> None:
    await slow.round(OURS, USED)
    slow.source.offers[KEY] = SourceError("Amazon's answer has no content.")
    await slow.passes()
    await slow.passes()
    assert await slow.going_on() == ["used-offer"]
    assert (slow.state.failing, slow.state.why) == (1, "Amazon's answer has no content.")
    said = card_text(await slow.team.type("/health"))
    assert "Used offers: 1 of 2. Could not check 1: Amazon's answer has no content." in said
    assert "Could not check" in said


async def test_an_outage_of_this_question_holds_no_other_back(slow: Slow) -> None:
    asked = len(slow.source.asked)
    slow.source.down = Unavailable("Amazon answered with an error page.")
    for _ in range(12):
        await slow.passes()
    assert len(slow.source.asked) > asked
    assert slow.state.out
    assert "Used offers: Could not check since" in card_text(await slow.team.type("/health"))


async def test_a_trusted_seller_may_sell_used_goods(slow: Slow) -> None:
    await slow.round(OURS, USED)
    await slow.team.authorise_on_case("1")
    assert await slow.going_on() == []
    await slow.round(OURS, USED)
    assert await slow.going_on() == []
    await slow.team.undo()
    assert await slow.going_on() == ["used-offer"]


async def test_a_trust_that_is_undone_raises_nothing_that_is_gone(slow: Slow) -> None:
    await slow.round(OURS, USED)
    await slow.team.authorise_on_case("1")
    await slow.round(OURS)
    await slow.round(OURS)
    await slow.team.undo()
    assert await slow.going_on() == []


async def test_to_limit_a_product_to_new_offers_asks_ends_and_says_so(slow: Slow) -> None:
    await slow.round(OURS, USED)
    said = notice(await slow.team.type(f"/conditions {ASIN} US new"))
    assert said == "Changed Pan 1."
    assert slow.team.announced() == ["Ana limited Pan 1 to new offers."]
    assert await slow.going_on() == []
    assert await slow.team.app.store.get(CONDITION_HISTORIES, KEY) is None
    slow.source.summaries_asked.clear()
    await slow.round(OURS, USED)
    assert slow.source.summaries_asked == [[f"US-{SECOND}"]]
    assert await slow.going_on() == []
    assert "new offers only" in card_text(await slow.team.type("/watches"))


async def test_to_limit_it_can_be_undone(slow: Slow) -> None:
    await slow.round(OURS, USED)
    await slow.team.type(f"/conditions {ASIN} new")
    await slow.team.undo()
    watch = await slow.team.app.store.get(WATCHES, KEY)
    assert watch is not None
    assert not watch.new_only
    assert await slow.going_on() == ["used-offer"]
    slow.source.summaries_asked.clear()
    await slow.passes()
    assert KEY in [key for keys in slow.source.summaries_asked for key in keys]


async def test_an_answer_that_comes_after_it_was_limited_counts_no_more(slow: Slow) -> None:
    watch = await slow.team.app.store.get(WATCHES, KEY)
    assert watch is not None
    await slow.team.type(f"/conditions {ASIN} new")
    slow.source.offers[KEY] = (OURS, USED)
    patrol = next(
        each
        for each in slow.team.monitor.patrols
        if each.question.subject is PatrolSubject.CONDITIONS
    )
    await patrol.question.take_in(await slow.source.competitive_summaries([watch]))
    assert await slow.going_on() == []


async def test_it_is_said_which_offers_are_looked_for(slow: Slow) -> None:
    assert "all conditions" in card_text(await slow.team.type("/watches"))
    assert notice(await slow.team.type(f"/conditions {ASIN} all")) == (
        "Pan 1 is checked like that already: all conditions."
    )
    said = notice(await slow.team.type(f"/conditions {ASIN} used"))
    assert said.startswith("Write 'new' to check new offers only")
    assert "Only" in notice(await slow.team.type(f"/conditions {ASIN} new", VIK))


async def test_check_shows_what_is_listed_and_never_none_of_what_is_not_known(slow: Slow) -> None:
    await slow.team.look(asin=ASIN)

    async def checked() -> str:
        return card_text(await slow.team.type(f"/check {ASIN}"))

    assert "Used offers: not checked yet" in await checked()
    await slow.round(OURS, USED)
    await slow.team.look(asin=ASIN)
    assert f"Used offers: {STRANGER} · used (very good) · USD 20.00" in await checked()
    many = [offer(f"A9SELLER{number:05}") for number in range(20)]
    await slow.round(OURS, *many)
    await slow.team.look(asin=ASIN)
    said = await checked()
    assert "and 18 more" in said
    assert "Amazon lists at most 20 used offers; there may be more" in said
    await slow.team.type(f"/conditions {ASIN} new", ANA)
    assert "Used offers: not checked: new offers only" in await checked()


async def test_a_watch_of_an_earlier_version_is_looked_at_in_all_conditions(slow: Slow) -> None:
    stored = {"asin": ASIN, "marketplace": "US", "added_at": "2026-11-01T09:00:00Z"}
    assert not msgspec.convert(stored, Watch).new_only


async def form_of(slow: Slow, asin: str) -> Ask:
    """Open the form of a product, and go on to what is known of it."""
    ask = asked(await slow.team.type("/watch"))
    return asked(await slow.team.submit(ask, {"product": asin}))


async def test_the_form_of_a_watch_limits_it_like_the_command(slow: Slow) -> None:
    await slow.round(OURS, USED)
    ask = await form_of(slow, ASIN)
    [choice] = [each for each in ask.form.inputs if each.name == "conditions"]
    assert isinstance(choice, Choice)
    assert [each.value for each in choice.options] == ["all", "new"]
    assert not choice.required
    said = notice(await slow.team.submit(ask, {"market": "US", "conditions": "new"}))
    assert "Offers checked: new offers only." in said
    assert slow.team.announced() == ["Ana limited Pan 1 to new offers."]
    assert await slow.going_on() == []
    await slow.team.undo()
    assert await slow.going_on() == ["used-offer"]


async def test_a_form_that_leaves_it_empty_changes_nothing_of_it(slow: Slow) -> None:
    await slow.team.type(f"/conditions {ASIN} new")
    ask = await form_of(slow, ASIN)
    await slow.team.submit(ask, {"market": "US", "units": "3"})
    watch = await slow.team.app.store.get(WATCHES, KEY)
    assert watch is not None
    assert (watch.new_only, watch.daily_units) == (True, 3)
    ask = await form_of(slow, ASIN)
    await slow.team.submit(ask, {"market": "US", "conditions": "all"})
    assert slow.team.announced()[-1] == "Ana has Pan 1 checked in all conditions."


async def test_a_new_product_is_limited_from_its_beginning_and_nobody_is_called(slow: Slow) -> None:
    ask = await form_of(slow, "B0LIMITED1")
    await slow.team.submit(ask, {"market": "US", "conditions": "new"})
    watch = await slow.team.app.store.get(WATCHES, "US-B0LIMITED1")
    assert watch is not None
    assert watch.new_only
    assert slow.team.announced() == []


async def imported(slow: Slow, table: str) -> None:
    """Import a table, as the command line does while nobody looks."""
    watches = read_watches(table, "US", slow.team.clock.now, "import").watches
    await run_in_transaction(slow.team.app.store, lambda tx: add_watches(tx, watches, None))


async def test_a_table_that_limits_a_product_ends_what_cases_say_of_its_used_offers(
    slow: Slow,
) -> None:
    await slow.round(OURS, USED)
    await imported(slow, f"asin,conditions\n{ASIN},new\n")
    for _ in range(2):
        await NarrowedWatches(slow.team.app).tick()
    assert await slow.going_on() == []
    assert await slow.team.app.store.get(CONDITION_HISTORIES, KEY) is None
    [case] = await slow.team.app.store.page(CASES)
    assert "command line limited" in card_text(await slow.team.type(f"/case {case.key}"))


async def test_a_table_that_limits_nothing_ends_nothing(slow: Slow) -> None:
    await slow.round(OURS, USED)
    await imported(slow, f"asin,title,conditions\n{ASIN},Pan,all\n{SECOND},Pan,\n")
    await NarrowedWatches(slow.team.app).tick()
    assert await slow.going_on() == ["used-offer"]
