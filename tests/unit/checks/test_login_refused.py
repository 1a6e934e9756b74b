"""A login that Amazon refuses refuses every question: one pause for the account, one probe.

The program asks here all that it ever asks, in virtual time. What is refused of one question alone
stops nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from adapters.amazon.login import LONGEST_PAUSE, RENEWED
from bot.core.channel_bindings import open_room
from bot.core.interactions import Command, Place
from bot.core.notifications import PushSubject
from bot.core.patrols import is_patrol
from bot.core.permissions import Person, Role
from bot.core.router import Router
from bot.features.watchlist.collections import SOURCE_FAULTS, WATCHES
from bot.features.watchlist.models.health import ACCOUNT
from checks.timing import PollingPolicy
from tests import virtual
from tests.unit.checks.household import HOUR, TOKEN, AskedAll, House, household
from tests.unit.checks.trial import CONFIRM_AFTER, clock
from tests.unit.conftest import card_text

pytestmark = pytest.mark.ci

DAY = 24 * HOUR
EVERYTHING = {
    *("login", "offers", "pages", "listings", "used offers"),
    *("marketplaces", "reports", "all listings"),
}


def now() -> float:
    return asyncio.get_running_loop().time()


def in_virtual_time(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    virtual.run(run())


def amazon_at_work() -> AskedAll:
    """Return an Amazon that tells names, too."""
    return AskedAll(pages=_page)


def _page(asin: str, _: float) -> dict[str, object]:
    summary = {"marketplaceId": "A1PA6795UKMFR9", "itemName": f"Product {asin}"}
    return {"asin": asin, "summaries": [summary]}


async def told_by_health(house: House) -> str:
    """Return what /health says."""
    await open_room(house.app.store, "web", "", "alerts")
    place, ana = Place(chat="web", channel="alerts"), Person("ana", "Ana")
    command = Command(
        id=f"health-{now()}", who=ana, role=Role.MEMBER, where=place, at=clock(), name="health"
    )
    return card_text(await Router(house.app, house.team.monitor).handle(command))


async def faults(house: House) -> list[str]:
    return [fault.scope for fault in await house.app.store.page(SOURCE_FAULTS)]


def longest_silence(moments: list[float], since: float, until: float) -> float:
    """Return the longest time without a question."""
    within = [since, *(each for each in moments if since <= each <= until), until]
    return max(later - earlier for earlier, later in pairwise(within))


def test_a_day_of_refused_logins_costs_one_probe_at_a_time_and_then_everything_is_due() -> None:
    async def trial() -> None:
        amazon = amazon_at_work()
        async with household(amazon) as house:
            await house.live(TOKEN)
            assert set(amazon.asked) >= EVERYTHING
            amazon.login_refused = True
            await house.live(2 * TOKEN)
            began = now()
            assert await faults(house) == [ACCOUNT]
            await house.live(DAY)
            asked = amazon.count(began)
            print(asked)
            assert set(asked) == {"login"}
            assert asked["login"] <= DAY / LONGEST_PAUSE + 1
            health = await told_by_health(house)
            assert health.count("Amazon rejected the refresh token") == 1, health
            assert "Could not check 10 of 10 products" in health
            assert "Also checked" not in health
            amazon.login_refused = False
            returned = now()
            await house.live(LONGEST_PAUSE + 60)
            assert await faults(house) == []
            first = min(at for at in amazon.asked["offers"] if at > returned)
            again = amazon.count(first)
            assert set(again) >= {*EVERYTHING, "search"} - {"login"}
            for kind in EVERYTHING - {"login"}:
                assert min(at for at in amazon.asked[kind] if at > returned) <= first + 60, kind
            assert (await told_by_health(house)).startswith("Checked 10 of 10 products")

    in_virtual_time(trial)


def test_whatever_question_first_meets_the_refusal_all_others_stop() -> None:
    """All is looked at seldom, so that a page that changed meets it first, and probes."""

    async def trial() -> None:
        amazon = amazon_at_work()
        async with household(
            amazon, pace=PollingPolicy(timedelta(hours=6), CONFIRM_AFTER)
        ) as house:
            await house.live(60)
            amazon.login_refused = True
            await house.live(TOKEN + 60)
            page = (await house.team.app.store.page(WATCHES, limit=1))[0].key
            house.team.monitor.look_soon(page, PushSubject.PAGE)
            await house.live(TOKEN)
            began = now()
            await house.live(HOUR)
            asked = amazon.count(began)
            assert set(asked) == {"login"}
            assert asked["login"] <= HOUR / LONGEST_PAUSE + 1
            amazon.login_refused = False
            await house.live(LONGEST_PAUSE + 60)
            assert await faults(house) == []
            assert amazon.asked["pages"][-1] > now() - LONGEST_PAUSE - 60

    in_virtual_time(trial)


def test_a_token_that_is_revoked_and_not_granted_anew_is_one_refusal() -> None:
    async def trial() -> None:
        amazon = amazon_at_work()
        async with household(amazon) as house:
            await house.live(60)
            amazon.denied, amazon.login_refused = "The access token was revoked.", True
            await house.live(60)
            began = now()
            assert await faults(house) == [ACCOUNT]
            await house.live(HOUR)
            assert set(amazon.count(began)) == {"login"}

    in_virtual_time(trial)


@pytest.mark.parametrize("status", [500, 503])
def test_a_login_that_is_down_is_no_refusal_and_soon_tried_again(status: int) -> None:
    async def trial() -> None:
        amazon = amazon_at_work()
        async with household(amazon) as house:
            await house.live(60)
            amazon.login_down = status
            await house.live(TOKEN + 2 * HOUR)
            assert ACCOUNT not in await faults(house)
            assert "eu" in await faults(house)
            asked = amazon.count(now() - HOUR)
            assert set(asked) == {"login"}
            print(asked)
            amazon.login_down = 0
            await house.live(6 * 60)
            assert await faults(house) == []
            assert set(amazon.count(now() - 5 * 60)) >= {"offers", "pages", "listings"}

    in_virtual_time(trial)


@pytest.mark.parametrize("kind", ["used offers", "pages", "listings"])
def test_what_is_refused_of_one_question_alone_stops_nothing_else(kind: str) -> None:
    async def trial() -> None:
        amazon = amazon_at_work()
        async with household(amazon) as house:
            await house.live(60)
            amazon.refuses = frozenset({kind})
            began, hours = now(), 1 / 2
            await house.live(hours * HOUR)
            [fault] = await faults(house)
            assert is_patrol(fault)
            asked = amazon.count(began)
            for other in {"offers", "pages", "listings", "used offers"} - {kind}:
                assert longest_silence(amazon.asked[other], began, now()) <= 60, other
            # Beside those that its short life costs, one more in a quarter of an hour.
            assert asked["login"] <= hours * HOUR / (TOKEN - 60) + hours * HOUR / RENEWED + 1
            assert asked[kind] <= 60

    in_virtual_time(trial)
