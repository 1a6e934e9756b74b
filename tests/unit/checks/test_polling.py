"""Asking Amazon day and night: slow answers, outages, refused logins and people who are in a hurry.

The real source, planner, monitor and store; time is virtual, so an hour passes in a second.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bootstrap.timetable import TICK
from bot.core.channel_bindings import open_room
from bot.core.collections import OUTAGES, OUTBOX, TEAMS
from bot.core.interactions import Command, Notice, Place, Post, Reply
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import Reading
from bot.core.patrols import is_patrol
from bot.core.permissions import Person, Role
from bot.core.router import Router
from bot.core.store import Transaction
from bot.core.team import Team as TeamSettings
from bot.errors import StoreError, UserError
from bot.features.watchlist.collections import SOURCE_FAULTS, STATUSES, WATCHES
from bot.features.watchlist.models.health import SourceFault
from bot.features.watchlist.service.health import read_health
from bot.features.watchlist.service.outages import OutageWatch
from checks.demands import AT_ONCE, LONGEST_WAIT
from checks.timing import PollingPolicy
from tests import virtual
from tests.unit.checks.trial import PERIOD, Amazon, Team, clock, products, watching

HOUR = 3600.0
HERE = Place(chat="web", channel="alerts")


def now() -> float:
    return asyncio.get_running_loop().time()


def in_virtual_time(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    virtual.run(run())


@pytest.mark.ci
def test_slow_answers_cost_no_reading() -> None:
    async def trial() -> None:
        amazon = Amazon(slow=29.0)
        async with watching(amazon, products(1_000)) as team:
            await team.work(HOUR)
        assert sum(amazon.requests) >= 0.95 * 1_000 * HOUR / (PERIOD.total_seconds() + 29)
        assert 2 <= amazon.most_open <= 5
        assert amazon.refused == 0

    in_virtual_time(trial)


def test_requests_that_time_out_are_sent_once_and_soon_stop_but_for_probes() -> None:
    async def trial() -> None:
        amazon = Amazon(slow=1e6)
        async with watching(amazon, products(400)) as team:
            await team.work(HOUR)
            assert len(amazon.requests) < 30
            amazon.slow = 0.2
            well = now()
            await team.work(300 + 30 + 400 / 110 * 60)
            assert all(moments[-1] > well for moments in amazon.reads.values())
            statuses = await team.app.store.page(STATUSES, limit=1000)
            assert [status.failure for status in statuses if status.failure] == []

    in_virtual_time(trial)


@pytest.mark.ci
@pytest.mark.parametrize("hours", [3, pytest.param(24, marks=pytest.mark.soak)])
def test_hours_of_refused_logins_cost_few_and_then_everything_is_read_oldest_first(
    hours: int,
) -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(500)) as team:
            await team.work(HOUR)
            amazon.login_refused = True
            before = amazon.logins
            await team.work(hours * HOUR)
            # The token lives for an hour; then one probe in a quarter of an hour, after a few of
            # each question.
            print(f"{amazon.logins - before} logins in {hours} h")
            assert 4 * (hours - 1) <= amazon.logins - before <= 4 * (hours - 1) + 20
            statuses = await team.app.store.page(STATUSES, limit=1000)
            assert not any(status.failures for status in statuses)
            amazon.login_refused = False
            amazon.requests.clear()
            seen = {status.key: status.seen_at for status in statuses}
            while not amazon.requests:
                await team.work(1)
            first = now()
            await team.work(500 / 110 * 60)
            assert all(moments[-1] >= first - 5 for moments in amazon.reads.values())
            order = sorted(amazon.reads, key=lambda key: amazon.reads[key][-1])
            ages = [moment for key in order if (moment := seen[f"DE-{key.split()[1]}"])]
            assert len(ages) == 500
            assert max(ages[:100]) < min(ages[-100:])
            assert await team.app.store.page(SOURCE_FAULTS) == []

    in_virtual_time(trial)


@pytest.mark.ci
def test_an_outage_is_told_once_with_all_products_and_a_few_changes() -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(500)) as team:
            outages = OutageWatch(team.app)
            await team.work(HOUR)
            amazon.login_refused = True
            told = []
            for _ in range(2 * 60):
                await team.work(60)
                await outages.tick()
                outage = await team.app.store.get(OUTAGES, "now")
                if outage is not None and outage not in told:
                    told.append(outage)
            assert [outage.failing for outage in told] == [500]
            posted = await team.app.store.count(OUTBOX)
            amazon.login_refused = False
            for _ in range(30):
                await team.work(60)
                await outages.tick()
            last = await team.app.store.get(OUTAGES, "now")
            assert last is not None
            assert last.over
            assert await team.app.store.count(OUTBOX) - posted <= 12

    in_virtual_time(trial)


def test_a_restart_while_the_login_is_refused_knows_it_and_tries_at_once() -> None:
    async def trial() -> None:
        amazon = Amazon(login_refused=True)
        async with watching(amazon, products(40)) as team:
            await team.work(60)
            tried = amazon.logins
            again = team.again()
            await again.load()
            [fault] = await team.app.store.page(SOURCE_FAULTS)
            assert (fault.scope, "refresh token" in fault.why) == ("account", True)
            await again.tick()
            await again.settle()
            assert amazon.logins == tried + 1
            amazon.login_refused = False
            for _ in range(200):
                await again.tick()
                await asyncio.sleep(0.5)
            assert len(amazon.reads) == 40
            assert await team.app.store.page(SOURCE_FAULTS) == []

    in_virtual_time(trial)


def test_a_person_is_told_at_once_that_the_login_is_refused_and_no_request_is_sent() -> None:
    async def trial() -> None:
        amazon = Amazon(login_refused=True)
        [product] = products(1)
        async with watching(amazon, [product]) as team:
            await team.work(10)
            tried = amazon.logins
            for _ in range(50):
                reading = await team.monitor.look_now(product, "ana")
                assert "refresh token" in str(reading.result)
                assert "tries again in" in str(reading.result)
            assert amazon.logins == tried

    in_virtual_time(trial)


async def offer_faults(team: Team) -> list[SourceFault]:
    """Return why no offers can be looked at; each patrol says that of its own question."""
    return [each for each in await team.app.store.page(SOURCE_FAULTS) if not is_patrol(each.scope)]


@pytest.mark.parametrize(
    ("details", "scope", "begins"),
    [
        ("The LWA secret token you provided has expired.", "account", "The app's client secret"),
        ("The security token included in the request is expired", "eu", "Amazon's own security"),
        ("", "eu", "Amazon denied access. Check that the app has the Pricing role"),
    ],
)
def test_why_access_is_denied_is_told_by_health_and_the_card(
    details: str, scope: str, begins: str
) -> None:
    async def trial() -> None:
        amazon = Amazon(denied=details)
        async with watching(amazon, products(40)) as team:
            outages = OutageWatch(team.app)
            await team.work(HOUR)
            await outages.tick()
            [fault] = await offer_faults(team)
            assert (fault.scope, fault.why[: len(begins)]) == (scope, begins)
            health = await read_health(team.app)
            assert {status.failure for _, status in health.failing} == {fault.why}
            [card] = [
                row.card
                for row in await team.app.store.page(OUTBOX)
                if "Could not check" in row.card.title
            ]
            assert card.body.startswith(begins)

    in_virtual_time(trial)


@pytest.mark.ci
def test_a_region_that_is_down_is_probed_and_does_not_stop_the_others() -> None:
    async def trial() -> None:
        amazon = Amazon(down_in="eu")
        async with watching(amazon, products(40, ("DE", "US"))) as team:
            await team.work(HOUR)
            read = {key.split()[0] for key in amazon.reads}
            assert read == {"ATVPDKIKX0DER"}
            assert amazon.failed < 2 * 30
            [fault] = await offer_faults(team)
            assert (fault.scope, fault.why) == ("eu", "Amazon answered with an error (503).")

    in_virtual_time(trial)


def typed(who: str, role: Role, text: str, number: int) -> Command:
    name, _, rest = text.partition(" ")
    person = Person(who, who.title())
    return Command(
        id=f"{who}-{number}", who=person, role=role, where=HERE, at=clock(), name=name, text=rest
    )


def said(replies: list[Reply]) -> str:
    [reply] = replies
    return reply.text if isinstance(reply, Notice) else str(getattr(reply, "card", ""))


async def busy(team: Team, asks: list[Command], seconds: float) -> list[list[Reply]]:
    """Let people ask all at the same time while the program works; return their replies."""
    await open_room(team.app.store, "web", "", "alerts")
    router = Router(team.app, team.monitor)
    waiting = [asyncio.create_task(router.handle(ask)) for ask in asks]
    await team.work(seconds)
    return [await each for each in waiting]


@pytest.mark.ci
@pytest.mark.parametrize("role", [Role.VIEWER, Role.MEMBER])
def test_people_who_check_without_end_cannot_blind_the_watch(role: Role) -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(1_000)) as team:
            await team.work(HOUR / 2)
            calm = sum(amazon.requests)
            await team.work(HOUR / 2)
            calm = sum(amazon.requests) - calm
            asks = [
                typed(f"p{place}", role, f"check B0VIEW{place:04}", place) for place in range(55)
            ]
            asks.append(typed("ana", Role.ADMIN, "watch B0TESTSEC1 DE", 0))
            start, before = now(), sum(amazon.requests)
            replies = await busy(team, asks, HOUR / 2)
            looked = amazon.reads["A1PA6795UKMFR9 B0TESTSEC1"][0] - start
            assert looked < 60
            assert sum(amazon.requests) - before >= 0.97 * calm
            guests = [key for key in amazon.reads if "B0VIEW" in key]
            refused = [said(reply) for reply in replies[:-1] if isinstance(reply[0], Notice)]
            watched = said(replies[-1])
            if role is Role.VIEWER:
                assert "value='EUR 20.00" in watched
                assert (len(refused), guests) == (55, [])
                assert all("is not watched" in text for text in refused)
            else:
                assert "Its first check runs shortly." in watched
                assert len(guests) == AT_ONCE
                assert len(refused) == 55 - AT_ONCE
                assert all("Try again in" in text for text in refused)

    in_virtual_time(trial)


@pytest.mark.ci
def test_a_doubt_does_not_wait_behind_people() -> None:
    async def trial() -> None:
        amazon = Amazon(doubtful=0.05)
        async with watching(amazon, products(1_000)) as team:
            members = [f"m{place}" for place in range(30)]

            async def ask(who: str) -> None:
                for number in range(10_000):
                    product = products(1)[0]
                    guest = msgspec.structs.replace(product, asin=f"B0{who:>3}{number:05}")
                    try:
                        await team.monitor.look_now(guest, who)
                    except UserError:
                        await asyncio.sleep(1)

            asking = [asyncio.create_task(ask(who)) for who in members]
            await team.work(HOUR / 2)
            for task in asking:
                task.cancel()
            waits = sorted(amazon.waits)
            assert len(waits) > 100
            assert waits[int(0.95 * len(waits))] < 120

    in_virtual_time(trial)


def test_one_person_waits_for_one_product_at_a_time() -> None:
    async def trial() -> None:
        first, second = products(2)
        async with watching(Amazon(slow=5), []) as team:
            waiting = asyncio.create_task(team.monitor.look_now(first, "ana"))
            await asyncio.sleep(1)
            with pytest.raises(UserError, match="still running"):
                await team.monitor.look_now(second, "ana")
            other = asyncio.create_task(team.monitor.look_now(first, "ben"))
            await team.work(10)
            assert (await waiting).result == (await other).result
            assert team.amazon.requests == [1]
            await team.monitor.look_now(second, "ana")

    in_virtual_time(trial)


def test_one_who_stops_waiting_blocks_nobody() -> None:
    async def trial() -> None:
        several = products(AT_ONCE + 1)
        async with watching(Amazon(slow=20), []) as team:
            waiting = [
                asyncio.create_task(team.monitor.look_now(product, f"p{place}"))
                for place, product in enumerate(several[:-1])
            ]
            await asyncio.sleep(1)
            with pytest.raises(UserError, match=r"Try again in \d+ s"):
                await team.monitor.look_now(several[-1], "ben")
            for each in waiting[2:]:
                each.cancel()
            await asyncio.gather(*waiting[2:], return_exceptions=True)
            late = asyncio.create_task(team.monitor.look_now(several[-1], "p5"))
            await team.work(60)
            assert isinstance((await late).result, Snapshot)
            assert sum(team.amazon.requests) == len(several)

    in_virtual_time(trial)


def test_an_answer_that_does_not_come_is_not_waited_for_without_end() -> None:
    async def trial() -> None:
        [product] = products(1)
        async with watching(Amazon(), [], plan=lambda *_: []) as team:
            for _ in range(2):
                start = now()
                with pytest.raises(UserError, match="did not answer within 60 s"):
                    await team.monitor.look_now(product, "ana")
                assert now() - start == pytest.approx(LONGEST_WAIT)

    in_virtual_time(trial)


def test_a_check_holds_no_transaction_open_and_is_asked_once_whatever_others_change() -> None:
    async def trial() -> None:
        [product] = products(1)
        async with watching(Amazon(slow=20), [product]) as team:
            ask = typed("ana", Role.MEMBER, f"check {product.asin} DE", 1)

            async def change() -> None:
                for title in ("one", "two", "three"):
                    await asyncio.sleep(3)
                    async with team.app.store.transaction() as tx:
                        tx.put(WATCHES, msgspec.structs.replace(product, title=title))
                        tx.put(TEAMS, TeamSettings())

            changing = asyncio.create_task(change())
            [[reply]] = await busy(team, [ask], 30)
            await changing
            assert isinstance(reply, Post)
            assert reply.card.title == "Clear: Product 0"
            assert team.amazon.requests == [1]

    in_virtual_time(trial)


def test_one_sku_on_two_products_spoils_no_batch() -> None:
    async def trial() -> None:
        several = [
            msgspec.structs.replace(product, sku="SAME" if place < 2 else f"K{place}")
            for place, product in enumerate(products(5))
        ]
        async with watching(Amazon(), several) as team:
            await team.work(30)
            statuses = await team.app.store.page(STATUSES)
            assert len([status for status in statuses if status.seen_at]) == 5
            assert sum(team.amazon.requests) == 5

    in_virtual_time(trial)


def test_a_product_that_changes_its_route_while_it_waits_is_asked_for_by_the_new_one() -> None:
    async def trial() -> None:
        [product] = products(1)
        async with watching(Amazon(), [product]) as team:
            async with team.app.store.transaction() as tx:
                tx.put(WATCHES, msgspec.structs.replace(product, sku="K-1"))
            await team.work(30)
            assert list(team.amazon.reads) == ["A1PA6795UKMFR9 K-1"]

    in_virtual_time(trial)


def test_what_is_forgotten_or_followed_while_it_is_asked_for_stays_so() -> None:
    async def trial() -> None:
        gone, kept = products(2)
        async with watching(Amazon(slow=5), [gone, kept]) as team:
            await team.monitor.tick()
            await asyncio.sleep(1)
            team.monitor.forget(gone.key)
            team.monitor.follow(kept)
            await team.work(HOUR)
            reads = {key.split()[1]: len(times) for key, times in team.amazon.reads.items()}
            assert reads[gone.asin] == 1
            assert reads[kept.asin] >= 6

    in_virtual_time(trial)


def at_once(moments: Sequence[float], slow: float) -> list[tuple[float, float]]:
    """Return the requests about a product that overlapped."""
    return [pair for pair in itertools.pairwise(moments) if pair[1] - pair[0] < slow]


def test_a_product_named_again_while_it_is_asked_for_is_asked_again_once_that_is_answered() -> None:
    async def trial() -> None:
        [product] = products(1)
        async with watching(Amazon(slow=5), [product]) as team:
            await team.monitor.tick()
            await asyncio.sleep(1)
            team.monitor.follow(product)
            await team.work(HOUR)
            [moments] = team.amazon.reads.values()
            assert at_once(moments, 5) == []
            assert 5 <= moments[1] - moments[0] <= 5 + 2 * TICK.total_seconds()
            assert len(moments) <= 2 + HOUR / PERIOD.total_seconds()

    in_virtual_time(trial)


async def done(team: Team, act: str, product: Watch) -> asyncio.Task[Reading] | None:
    """Do something with a product, and let a moment pass; return what somebody waits for then."""
    if act in ("forget", "follow anew"):
        team.monitor.forget(product.key)
    if act in ("follow", "follow anew"):
        team.monitor.follow(product)
    if act == "look soon":
        team.monitor.look_soon(product.key)
    looked = team.monitor.look_now(product, f"person {now()}") if act == "check" else None
    task = asyncio.create_task(looked) if looked else None
    await team.work(2)
    return task


ACTS = ("follow", "forget", "follow anew", "look soon", "check", "wait")


@pytest.mark.ci
@settings(max_examples=25)
@given(
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), max_size=25),
    slow=st.sampled_from([0.5, 5.0, 25.0]),
    period=st.sampled_from([0.5, 20.0]),
)
def test_whatever_is_done_no_product_is_asked_for_twice_at_once(
    acts: list[tuple[str, int]], slow: float, period: float
) -> None:
    async def trial() -> None:
        several = products(3)
        fast = PollingPolicy(timedelta(seconds=period), timedelta(seconds=1))
        async with watching(Amazon(slow=slow), several, pace=fast) as team:
            asked = [await done(team, act, several[number]) for act, number in acts]
            for product in several:
                team.monitor.follow(product)
            answered = now() + slow
            await team.work(20 * (slow + period))
            await asyncio.gather(*filter(None, asked), return_exceptions=True)
            assert len(team.amazon.reads) == 3
            for moments in team.amazon.reads.values():
                assert at_once(moments, slow) == []
                assert moments[-1] > answered

    in_virtual_time(trial)


@pytest.mark.ci
def test_of_many_that_are_followed_at_once_few_go_before_what_is_due() -> None:
    async def trial() -> None:
        async with watching(Amazon(), products(300)) as team:
            await team.work(HOUR / 2)
            many = [msgspec.structs.replace(product, marketplace="FR") for product in products(600)]
            async with team.app.store.transaction() as tx:
                for product in many:
                    tx.put(WATCHES, product)
            for product in many:
                team.monitor.follow(product)
            before = {key: len(times) for key, times in team.amazon.reads.items()}
            await team.work(HOUR / 2)
            assert len(team.amazon.reads) == 900
            assert all(len(team.amazon.reads[key]) - count >= 2 for key, count in before.items())
            assert team.amazon.refused == 0

    in_virtual_time(trial)


def broken() -> AbstractAsyncContextManager[Transaction]:
    message = "The disk is full."
    raise StoreError(message)


def test_an_answer_that_cannot_be_recorded_is_asked_for_again_and_not_in_a_loop() -> None:
    async def trial() -> None:
        async with watching(Amazon(), products(3)) as team:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(team.app.store, "transaction", broken)
                await team.work(100)
            assert len(team.amazon.requests) == 2
            await team.work(100)
            assert await team.app.store.count(STATUSES) == 3

    in_virtual_time(trial)


def test_the_stop_gives_up_what_is_under_way() -> None:
    async def trial() -> None:
        async with watching(Amazon(slow=1e6), products(3)) as team:
            await team.monitor.tick()
            await asyncio.sleep(1)
            start = now()
            await team.monitor.stop()
            assert now() == start

    in_virtual_time(trial)
