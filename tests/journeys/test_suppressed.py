"""A listing is suppressed: from the alert to its playbook, at the page and in both chats."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from adapters.amazon.sp_api import SpApiSource
from adapters.simulator import Fault, Marketplace, Operation, Scenario, SettableClock, demo_scenario
from adapters.simulator.scenario import Close, Enforce, Lift, Rate
from adapters.web.outbound import WebChat
from bot.bootstrap.application import (
    WEB,
    WEB_CHANNEL,
    Application,
    build_application,
    open_store,
)
from bot.cli.demo import OWN_SELLER
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.links import Links
from bot.core.listing import Watch
from bot.core.patrols import PatrolSubject
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import WATCHES
from bot.settings import Settings
from checks.monitor import ListingMonitor
from tests.journeys.alone import Ana, Ben
from tests.journeys.at_the_page import Person, at_the_page
from tests.journeys.both_chats import is_told_once, seen_in_both
from tests.journeys.office import HURRY, SLACK_ALERTS, Office, open_office
from tests.journeys.shop import PACE, open_source

MILL, SKU, KEY = "B0ALDER006", "AF-MILL-9", "US-B0ALDER006"
US = "ATVPDKIKX0DER"
ALERT = "Suppressed by Amazon: Alder & Finch Pepper Mill"
SUPPRESSED = Enforce(
    at=5,
    asin=MILL,
    code="18027",
    message="The main image has text.",
    category="INVALID_IMAGE",
    action="LISTING_SUPPRESSED",
)


def world() -> Scenario:
    """The mill is suppressed at second 5, back at 10 and deleted at 15; the account is at risk."""
    events = (
        SUPPRESSED,
        Lift(at=10, asin=MILL),
        Close(at=15, asin=MILL),
        Rate(at=20, marketplace=US, status="AT_RISK", bad=("lateShipmentRate",)),
    )
    return msgspec.structs.replace(demo_scenario(), events=events, faults=())


@dataclass
class Page:
    """Somebody at the page of a program that watches the mill."""

    market: Marketplace
    world: SettableClock
    house: Application
    person: Person
    source: SpApiSource
    monitor: ListingMonitor

    async def restart(self) -> None:
        """Look by another program, which pauses for no failure."""
        await self.monitor.stop()
        self.monitor = ListingMonitor(self.house.app, self.source, PACE)
        await self.monitor.load()

    async def look(self, second: float | None = None) -> None:
        """Look at the listing, at that second of the story."""
        if second is not None:
            self.world.advance(second - self.world.now())
        monitor = self.monitor
        await monitor.tick()
        monitor.patrols.look_soon(PatrolSubject.LISTINGS, KEY)
        monitor.patrols.send()
        await monitor.settle()
        await self.person.work()

    async def reads(self) -> str:
        await self.person.look()
        return "".join(self.person.seen[-3:])

    async def cases(self) -> int:
        return await self.house.app.store.count(CASES)


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    settings = Settings(_env_file=None).model_copy(
        update={"own_sellers": frozenset({OWN_SELLER}), "data_dir": tmp_path}
    )
    clock = SettableClock()
    async with (
        Marketplace(world(), clock=clock, quota_scale=None) as market,
        open_source(market.base_url, utc_now) as source,
        open_store(settings, simulated=True) as store,
    ):
        chats = {WEB: WebChat(store, utc_now)}
        house = build_application(settings, store, source, Links(base=market.base_url), chats)
        await open_room(store, WEB, "", WEB_CHANNEL)
        watch = Watch(
            asin=MILL,
            marketplace="US",
            title="Alder & Finch Pepper Mill, 9 Inch",
            sku=SKU,
            added_at=utc_now(),
        )
        async with store.transaction() as tx:
            tx.put(WATCHES, watch)
        await house.monitor.load()
        async with at_the_page(house) as person:
            shown = Page(market, clock, house, person, source, house.monitor)
            await shown.look()
            yield shown
            await shown.monitor.stop()


async def test_a_suppression_leads_to_its_playbook_at_the_page(page: Page) -> None:
    assert await page.cases() == 0
    assert "1 of 1" in await page.person.type("/health")
    await page.look(5)
    shown = await page.reads()
    assert "Suppressed by Amazon: Alder &amp; Finch Pepper Mill" in shown
    assert "Replace the image that Amazon names" in shown
    assert "SIMULATED" in shown.upper()
    [case] = await page.house.app.store.page(CASES)
    told = await page.person.press("playbook", case.key)
    assert "In the thread of C-1: Listing suppressed or closed." in told
    assert "Save what Amazon shows now" in await page.reads()
    await page.look(10)
    assert "Over for now: suppressed by Amazon" in await page.reads()
    await page.look(15)
    assert await page.cases() == 1, "a listing that has just gone missing is no alarm"


async def test_what_cannot_be_read_is_told_by_health_and_ends_nothing(page: Page) -> None:
    await page.look(5)
    page.market.faults.on(Fault.MISSING_INNER, operation=Operation.SEARCH_LISTINGS)
    await page.look(10)
    told = await page.person.type("/health")
    assert "Could not check 1: Amazon&#39;s answer leaves out listings" in told
    [case] = await page.house.app.store.page(CASES)
    assert case.going_on
    page.market.faults.off()
    await page.look()
    [case] = await page.house.app.store.page(CASES)
    assert not case.going_on


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault.HTML_503, Fault.EMPTY_429, Fault.NOT_JSON, Fault.TRUNCATED_JSON),
        *(Fault.FALSE_ZERO, Fault.MISSING_DATA_SET, Fault.MISSING_FIELDS, Fault.UNKNOWN_ENUM),
        *(Fault.ROLE_MISSING, Fault.REFUSED_REQUEST, Fault.DROPPED_CONNECTION),
    ],
)
async def test_with_each_fault_nothing_false_is_told_and_nothing_is_missed(
    page: Page, fault: Fault
) -> None:
    page.market.faults.on(fault, operation=Operation.SEARCH_LISTINGS)
    for _ in range(3):
        await page.look()
    assert await page.cases() == 0
    page.world.advance(5)
    page.market.faults.off()
    await page.restart()
    await page.look()
    [case] = await page.house.app.store.page(CASES)
    assert case.lead
    assert case.lead.headline.startswith("Amazon suppressed your listing")


async def test_a_flicker_is_no_alarm(page: Page) -> None:
    for _ in range(3):
        page.market.faults.on(Fault.LISTING_FLICKER, operation=Operation.SEARCH_LISTINGS, times=1)
        await page.look()
    assert await page.cases() == 0


async def test_an_account_at_risk_is_one_case_with_its_playbook(page: Page) -> None:
    page.world.advance(20)
    await page.house.monitor.account.tick()
    await page.person.work()
    shown = await page.reads()
    assert "Account at risk" in shown
    assert "late shipments" in shown
    [case] = await page.house.app.store.page(CASES)
    assert case.fingerprint == "US/account"
    told = await page.person.press("playbook", case.key)
    assert "Our account is at risk" in told
    assert "at risk, read" in await page.person.type("/health")


async def test_an_account_that_may_not_be_read_is_told_by_health(page: Page) -> None:
    page.market.faults.on(Fault.ROLE_MISSING, operation=Operation.CREATE_REPORT)
    await page.house.monitor.account.tick()
    assert await page.cases() == 0
    told = await page.person.type("/health")
    assert "US: could not check: " in told


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, HURRY, world()) as office:
        await office.start()
        yield office
        assert office.slack.violations == office.slack.mentions == []
        assert office.discord.violations == office.discord.pings == []


@pytest.mark.ci
async def test_a_suppression_leads_to_its_playbook_in_both_chats(office: Office) -> None:
    ana, ben = Ana(office), Ben(office)
    await office.ana.invite_bot(SLACK_ALERTS)
    assert "Watching" in await ana.types("watch", f"{MILL} US sku {SKU}")
    while "Listing status: 1 of 1" not in (told := await ben.types("health")).replace("\n", ": "):
        assert "Could not check: 1" not in told
    office.world.advance(5)
    await seen_in_both(office, ALERT, "C-1 ·", "Replace the image that Amazon names")
    await ben.press("C-1 ·", "Start playbook")
    await seen_in_both(office, "Listing suppressed or closed", under="C-1 ·")
    office.world.advance(5)
    await seen_in_both(office, "Over for now: suppressed by Amazon", "C-1 ·")
    await is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0
