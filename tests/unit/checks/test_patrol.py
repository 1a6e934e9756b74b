"""A question that is asked of product after product, by a quota of its own."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.listing import Watch
from bot.core.patrols import PatrolSubject
from bot.core.questions import IN_FLIGHT, Bucket, Operation
from bot.errors import Refused, SourceError, Unavailable
from bot.features.watchlist.models.health import ACCOUNT
from checks.breaker import SourceBreaker
from checks.patrol import Patrol
from checks.patrol_question import PatrolQuestion
from tests import virtual
from tests.unit.checks.trial import clock, products

PLACES = Operation.SEARCH_CATALOG.products
INTERVAL = 0.5


class Answered(msgspec.Struct, frozen=True):
    watch: Watch
    result: str | SourceError


@dataclass
class Amazon:
    """Keeps one quota, and remembers who was asked about when."""

    slow: float = 0.2
    down: bool = False
    refuses: bool = False
    unreadable: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)
    asked: dict[str, list[float]] = field(default_factory=dict)
    requests: list[int] = field(default_factory=list)
    watches: dict[str, Watch] = field(default_factory=dict)
    under_way: Counter[str] = field(default_factory=Counter)
    free_at: float = 0.0
    account: SourceBreaker = field(default_factory=lambda: SourceBreaker(ACCOUNT))

    def quota(self, region: str) -> Bucket:
        tokens = 1 - max(0.0, self.free_at - now()) / INTERVAL
        return Bucket(
            operation=Operation.SEARCH_CATALOG, region=region, tokens=tokens, interval=INTERVAL
        )

    async def ask(self, watches: Sequence[Watch]) -> list[Answered]:
        wait = max(0.0, self.free_at - now())
        self.free_at = max(now(), self.free_at) + INTERVAL
        await asyncio.sleep(wait)
        self.requests.append(len(watches))
        for watch in watches:
            self.asked.setdefault(watch.key, []).append(now())
            self.under_way[watch.key] += 1
            assert self.under_way[watch.key] == 1
        await asyncio.sleep(self.slow)
        for watch in watches:
            self.under_way[watch.key] -= 1
        if self.down:
            raise Unavailable
        if self.refuses:
            message = "Amazon refused this request."
            raise Refused(message, 400)
        return [
            Answered(watch, SourceError("No answer.") if watch.key in self.unreadable else "Well")
            for watch in watches
        ]

    async def find(self, key: str) -> Watch | None:
        return self.watches.get(key)

    async def take_in(self, answers: Sequence[Answered]) -> Collection[str]:
        keys = {answer.watch.key for answer in answers}
        found = keys & self.again
        self.again -= found
        return found

    def patrol(
        self, count: int, least: float = 0.0, period: float = 0.0, retry: float | None = None
    ) -> Patrol[Answered]:
        question = PatrolQuestion(
            subject=PatrolSubject.PAGES,
            quota=self.quota,
            ask=self.ask,
            take_in=self.take_in,
            concerns=lambda watch: watch.key in self.watches,
            find=self.find,
            least=least,
            retry=retry,
        )
        time = asyncio.get_running_loop().time
        patrol = Patrol(question, clock, time, Random(5).random, self.account, period)
        for watch in products(count):
            self.watches[watch.key] = watch
            patrol.follow(watch)
        return patrol


def now() -> float:
    return asyncio.get_running_loop().time()


async def work(patrol: Patrol[Answered], seconds: float) -> None:
    end = now() + seconds
    while now() < end:
        patrol.send()
        await asyncio.sleep(1)


def in_virtual_time(trial: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await trial()

    virtual.run(run())


def test_each_is_asked_for_once_in_a_round_and_the_quota_never_rests() -> None:
    async def trial() -> None:
        amazon = Amazon()
        await work(amazon.patrol(200), 100)
        # Ten requests of twenty make a round.
        assert len(amazon.requests) >= 100 / INTERVAL - 5
        assert set(amazon.requests) == {PLACES}
        gaps = [b - a for moments in amazon.asked.values() for a, b in pairwise(moments)]
        assert len(amazon.asked) == 200
        assert max(gaps) <= 10 * INTERVAL + 2 * INTERVAL

    in_virtual_time(trial)


def test_a_fixed_period_is_the_least_between_two_questions_about_a_product() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(200, period=60)
        await work(patrol, 301)
        gaps = [b - a for moments in amazon.asked.values() for a, b in pairwise(moments)]
        assert min(gaps) >= 60
        assert max(gaps) <= 60 + 10 * INTERVAL
        assert len(amazon.asked) == 200
        [state] = patrol.states()
        assert (state.read, state.round) == (200, 60)

    in_virtual_time(trial)


def test_a_period_that_the_quota_cannot_keep_leaves_it_no_rest() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(200, period=2)
        await work(patrol, 100)
        assert len(amazon.requests) >= 100 / INTERVAL - 5
        [state] = patrol.states()
        assert state.round == 10 * INTERVAL

    in_virtual_time(trial)


def test_doubts_wishes_and_new_products_do_not_wait_for_the_period() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(10, period=3600)
        await work(patrol, 10)
        doubted, wished, *_ = sorted(amazon.asked)
        amazon.again.add(doubted)
        patrol.look_soon(doubted, wished)
        new = products(11)[-1]
        amazon.watches[new.key] = new
        patrol.follow(new)
        await work(patrol, 10)
        assert len(amazon.asked[doubted]) == 3
        assert len(amazon.asked[wished]) == 2
        assert len(amazon.asked[new.key]) == 1
        assert sum(map(len, amazon.asked.values())) == 10 + 2 + 1 + 1
        patrol.forget(wished)
        await work(patrol, 3700)
        assert len(amazon.asked[wished]) == 2
        assert len(amazon.asked[doubted]) == 4

    in_virtual_time(trial)


def test_what_got_no_answer_does_not_wait_for_the_period() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(60, period=86_400)
        patrol.send()
        await asyncio.sleep(0.3)
        amazon.down = True
        await work(patrol, 100)
        amazon.down = False
        await work(patrol, 600)
        [state] = patrol.states()
        assert (state.read, state.out) == (60, False)

    in_virtual_time(trial)


def test_what_amazon_refuses_or_cannot_tell_waits_for_the_period() -> None:
    async def trial() -> None:
        amazon = Amazon(refuses=True)
        await work(amazon.patrol(4, period=50), 100)
        assert amazon.requests == [4] * 2
        amazon = Amazon(unreadable={watch.key for watch in products(4)})
        await work(amazon.patrol(4, period=50), 100)
        assert amazon.requests == [4] * 2

    in_virtual_time(trial)


def test_few_are_left_in_peace_for_a_while() -> None:
    async def trial() -> None:
        amazon = Amazon()
        await work(amazon.patrol(4, least=20), 100)
        assert amazon.requests == [4] * 5

    in_virtual_time(trial)


def test_what_is_wanted_soon_comes_before_all_others() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(2000)
        await work(patrol, 10)
        last = products(2000)[1234].key
        amazon.asked.pop(last, None)
        asked_at = now()
        patrol.look_soon(last)
        await work(patrol, 5)
        assert amazon.asked[last][0] - asked_at <= 3
        assert len(amazon.asked[last]) == 1

    in_virtual_time(trial)


def test_how_old_an_answer_is_can_be_told_as_long_as_it_could_be_read() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(2, least=30)
        one, other = [watch.key for watch in products(2)]
        assert patrol.age(one) is None
        amazon.unreadable.add(other)
        await work(patrol, 10)
        age = patrol.age(one)
        assert age is not None
        assert 9 <= age <= 11
        assert patrol.age(other) is None
        assert patrol.age("US-B0NOTOURS1") is None

    in_virtual_time(trial)


def test_a_question_that_came_to_nothing_makes_an_answer_no_younger() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(1, least=30)
        key = products(1)[0].key
        await work(patrol, 5)
        read_at = amazon.asked[key][-1]
        amazon.down = True
        await work(patrol, 40)
        assert amazon.asked[key][-1] > read_at
        age = patrol.age(key)
        assert age is not None
        assert age == pytest.approx(now() - read_at, abs=1)

    in_virtual_time(trial)


def test_a_question_that_is_under_way_makes_an_answer_no_younger() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(1, least=30)
        key = products(1)[0].key
        await work(patrol, 5)
        amazon.slow = 60
        await work(patrol, 40)
        assert amazon.under_way[key]
        age = patrol.age(key)
        assert age is not None
        assert age > 40
        await patrol.under_way.settle()

    in_virtual_time(trial)


def test_what_was_refused_is_not_counted_as_read() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(3)
        await work(patrol, 20)
        amazon.refuses = True
        await work(patrol, 20)
        (state,) = patrol.states()
        assert (state.read, state.failing) == (0, 3)
        assert patrol.age(products(1)[0].key) is None

    in_virtual_time(trial)


def test_what_was_answered_elsewise_has_its_next_turn_a_whole_round_later() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(200)
        await work(patrol, 22)
        # A round takes five seconds: it would be asked for again in half of that.
        key = next(each for each, at in amazon.asked.items() if 2 <= now() - at[-1] <= 3)
        count, passed = len(amazon.asked[key]), now()
        patrol.pass_over(key)
        await work(patrol, 20)
        assert passed + 4 <= amazon.asked[key][count] <= passed + 9

    in_virtual_time(trial)


def test_what_is_in_doubt_is_asked_for_again_at_once() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(2000)
        first = products(1)[0].key
        amazon.again.add(first)
        await work(patrol, 49)
        assert len(amazon.asked[first]) == 2
        assert amazon.asked[first][1] - amazon.asked[first][0] <= 4

    in_virtual_time(trial)


def test_what_was_wanted_while_it_was_asked_for_is_asked_for_once_more() -> None:
    async def trial() -> None:
        amazon = Amazon(slow=10)
        patrol = amazon.patrol(1, least=60)
        key = products(1)[0].key
        await work(patrol, 2)
        patrol.look_soon(key)
        await work(patrol, 20)
        assert len(amazon.asked[key]) == 2

    in_virtual_time(trial)


def test_an_outage_is_told_with_its_beginning_probed_and_over() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(100)
        await work(patrol, 20)
        (well,) = patrol.states()
        assert (well.products, well.read, well.failing, well.why) == (100, 100, 0, "")
        amazon.down = True
        before = len(amazon.requests)
        began = clock()
        await work(patrol, 600)
        (out,) = patrol.states()
        assert out.why
        assert out.since is not None
        assert 0 <= (out.since - began).total_seconds() <= 10
        assert list(patrol.faults()) == ["pages/eu"]
        assert len(amazon.requests) - before <= IN_FLIGHT + 10
        amazon.down = False
        await work(patrol, 400)
        (well,) = patrol.states()
        assert (well.read, well.why, well.since) == (100, "", None)
        assert patrol.faults() == {}

    in_virtual_time(trial)


def test_an_outage_is_taken_up_after_a_start() -> None:
    async def trial() -> None:
        amazon = Amazon(down=True)
        patrol = amazon.patrol(3)
        began = clock()
        patrol.resume("eu", "Amazon does not answer.", began)
        (out,) = patrol.states()
        assert (out.out, out.why, out.since) == (True, "Amazon does not answer.", began)
        await work(patrol, 5)
        assert len(amazon.requests) == 1

    in_virtual_time(trial)


def test_what_cannot_be_read_of_one_product_is_counted_of_it_alone() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(3)
        key = products(3)[1].key
        amazon.unreadable.add(key)
        await work(patrol, 5)
        (state,) = patrol.states()
        assert (state.read, state.failing, state.why, state.out) == (2, 1, "No answer.", False)
        amazon.unreadable.clear()
        await work(patrol, 5)
        (state,) = patrol.states()
        assert (state.read, state.failing, state.why) == (3, 0, "")

    in_virtual_time(trial)


@pytest.mark.parametrize("refuses", [True, False])
def test_what_could_not_be_read_may_be_asked_for_again_before_its_turn(*, refuses: bool) -> None:
    async def trial() -> None:
        amazon = Amazon(refuses=refuses)
        patrol = amazon.patrol(3, least=1000, retry=60)
        key = products(3)[1].key
        if not refuses:
            amazon.unreadable.add(key)
        await work(patrol, 50)
        assert {len(moments) for moments in amazon.asked.values()} == {1}
        amazon.unreadable.clear()
        amazon.refuses = False
        await work(patrol, 50)
        again = {each for each, moments in amazon.asked.items() if len(moments) == 2}
        assert again == ({each.key for each in products(3)} if refuses else {key})
        assert patrol.states()[0].read == 3
        await work(patrol, 800)
        assert max(len(moments) for moments in amazon.asked.values()) == 2

    in_virtual_time(trial)


def test_an_outage_ends_for_what_is_seldom_asked_for_as_soon_as_it_may() -> None:
    async def trial() -> None:
        amazon = Amazon(down=True)
        patrol = amazon.patrol(3, least=100_000, retry=60)
        await work(patrol, 600)
        assert patrol.states()[0].out
        amazon.down = False
        await work(patrol, 600)
        (state,) = patrol.states()
        assert (state.read, state.failing, state.out) == (3, 0, False)

    in_virtual_time(trial)


def test_a_request_that_amazon_refuses_for_what_it_asks_is_no_outage() -> None:
    async def trial() -> None:
        amazon = Amazon(refuses=True)
        patrol = amazon.patrol(3)
        await work(patrol, 20)
        (state,) = patrol.states()
        assert (state.read, state.failing, state.out) == (0, 3, False)

    in_virtual_time(trial)


def test_one_that_the_question_concerns_no_more_is_left_out() -> None:
    async def trial() -> None:
        amazon = Amazon()
        patrol = amazon.patrol(3)
        gone = products(3)[1]
        await work(patrol, 2)
        del amazon.watches[gone.key]
        patrol.follow(gone)
        await patrol.under_way.settle()
        asked = len(amazon.asked[gone.key])
        await work(patrol, 5)
        assert len(amazon.asked[gone.key]) == asked
        assert len(patrol) == 2

    in_virtual_time(trial)


def test_what_is_followed_again_while_it_is_asked_for_waits_for_the_answer() -> None:
    async def trial() -> None:
        amazon = Amazon(slow=10)
        patrol = amazon.patrol(1, least=60)
        [watch] = products(1)
        await work(patrol, 2)
        patrol.forget(watch.key)
        patrol.follow(watch)
        patrol.look_soon(watch.key)
        await work(patrol, 5)
        assert len(amazon.asked[watch.key]) == 1
        assert patrol.states()[0].read == 0
        await work(patrol, 20)
        assert len(amazon.asked[watch.key]) == 2
        assert patrol.states()[0].read == 1
        await work(patrol, 100)
        assert len(amazon.asked[watch.key]) == 3

    in_virtual_time(trial)


@pytest.mark.parametrize("read", [True, False])
def test_an_answer_from_before_it_was_followed_again_says_nothing_of_it(*, read: bool) -> None:
    async def trial() -> None:
        amazon = Amazon(slow=10)
        patrol = amazon.patrol(1, least=60)
        [watch] = products(1)
        if not read:
            amazon.unreadable.add(watch.key)
        await work(patrol, 2)
        patrol.forget(watch.key)
        patrol.follow(watch)
        await work(patrol, 9)
        [state] = patrol.states()
        assert (state.read, state.failing) == (0, 0)
        assert patrol.age(watch.key) is None

    in_virtual_time(trial)


@pytest.mark.ci
@given(
    slow=st.sampled_from([0.2, 3, 10]),
    acts=st.lists(
        st.tuples(
            st.sampled_from(["follow", "forget", "soon", "work", "down", "up", "again"]),
            st.integers(0, 30),
        ),
        max_size=30,
    ),
)
def test_whatever_happens_each_is_asked_for_in_the_end(
    slow: float, acts: list[tuple[str, int]]
) -> None:
    async def trial() -> None:
        amazon = Amazon(slow=slow)
        patrol = amazon.patrol(31)
        known = dict(enumerate(products(31)))
        for act, place in acts:
            watch = known[place]
            if act == "follow":
                amazon.watches[watch.key] = watch
                patrol.follow(watch)
            elif act == "forget":
                amazon.watches.pop(watch.key, None)
                patrol.forget(watch.key)
            elif act == "soon":
                patrol.look_soon(watch.key)
            elif act == "again":
                amazon.again.add(watch.key)
            elif act == "work":
                await work(patrol, place / 10)
            else:
                amazon.down = act == "down"
        amazon.down = False
        await work(patrol, 400)
        asked = {key: len(moments) for key, moments in amazon.asked.items()}
        await work(patrol, 10 + 31 * slow)
        assert all(len(amazon.asked[key]) > asked[key] for key in amazon.watches)
        assert {each.read for each in patrol.states()} <= {len(amazon.watches)}
        await patrol.under_way.settle()

    in_virtual_time(trial)
