"""A stranger's name: the alert goes out with the ID, and the name comes by an edit."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.collections import JOBS
from bot.core.links import Links
from bot.core.resources import Resources
from bot.core.router import Router
from bot.errors import CaptureError
from bot.features.cases.collections import SELLER_PROFILES, UNREAD_SELLER_PAGES
from bot.features.cases.models.profiles import UnreadSellerPage
from bot.features.cases.models.seller_pages import SellerPage, SellerRow, SellerWords
from bot.features.cases.resources import SELLER_PAGES
from bot.features.cases.service.profiles import WAITING_AT_MOST, profile_of
from bot.features.evidence.service.deleting import Retention
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import StoppedClock
from tests.unit.conftest import (
    ASIN,
    BEN,
    OWN,
    SECOND,
    THIEF,
    Team,
    asked,
    card_text,
    confirmed_after,
    offer,
)
from tests.unit.features.reports.reporting import add_right, draft
from tests.unit.redacted import assert_gone, on_disk

NAME = "BrightLeaf Store 88"
BASE = "http://127.0.0.1:8643"
OURS, THEIRS = offer(OWN, "24.99"), offer(THIEF, "18.70")
AMAZON = "ATVPDKIKX0DER"


class Pages:
    """Sellers' pages that say one name, or what is wrong."""

    def __init__(self, clock: StoppedClock) -> None:
        self.clock = clock
        self.asked: list[str] = []
        self.name = NAME
        self.trouble = ""

    async def read(self, url: str) -> SellerPage:
        self.asked.append(url)
        if self.trouble:
            raise CaptureError(self.trouble)
        notice = ("Business Name: Example Ltd", "Business Address:")
        rows = (*map(SellerRow, notice), SellerRow("1 Example Road", indented=True))
        words = SellerWords(name=self.name, rows=rows)
        return SellerPage(words=words, url=url, at=self.clock.now, simulated=True)


async def equip(team: Team, resources: Resources, base: str = BASE) -> None:
    """Let the team's program have these resources from now on."""
    team.app = dataclasses.replace(team.app, resources=resources, links=Links(base))
    pace = PollingPolicy(timedelta(minutes=10), timedelta(minutes=1))
    team.monitor = ListingMonitor(team.app, team.source, pace)
    await team.monitor.load()
    team.router = Router(team.app, team.monitor)


@pytest.fixture
async def pages(team: Team) -> Pages:
    pages = Pages(team.clock)
    await equip(team, team.app.resources.having(SELLER_PAGES, pages))
    return pages


def seller_field(team: Team, message: str = "C-1") -> str:
    fields = {field.label: field.value for field in team.chat.cards[message].fields}
    return fields["Seller"]


async def test_the_alert_waits_for_no_name(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    assert team.chat.order == ["C-1"]
    assert team.chat.cards["C-1"].title == "Unknown seller: Pan 1"
    assert seller_field(team) == THIEF
    assert pages.asked == []


async def test_the_name_comes_by_an_edit_with_its_source_and_time(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    assert team.chat.order == ["C-1"]
    assert team.chat.cards["C-1"].title == f"Unknown seller '{NAME}': Pan 1"
    named, source = seller_field(team).splitlines()
    assert named == f"{NAME} ({THIEF})"
    assert source.startswith("Name from the simulated seller's page, ")
    assert pages.asked == [f"{BASE}/sp?seller={THIEF}"]


async def test_lists_and_the_case_show_name_and_business(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    assert f"Pan 1 · '{NAME}' · " in card_text(await team.type("/cases"))
    case = card_text(await team.type("/case 1"))
    assert f"{NAME} ({THIEF})" in case
    assert "Business: Example Ltd, 1 Example Road" in case
    assert pages.asked


async def test_one_seller_on_several_products_is_called_by_name(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.look(OURS, THEIRS, asin=SECOND)
    await team.work()
    assert team.chat.cards["C-1"].title == f"One seller on 2 products: '{NAME}'"
    assert len(pages.asked) == 1


async def test_a_seller_is_read_once_in_thirty_days(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    await raise_again(team, timedelta(days=29))
    assert len(pages.asked) == 1
    assert NAME in team.chat.cards["C-2"].title
    pages.name = "Another Name"
    await raise_again(team, timedelta(days=2))
    assert len(pages.asked) == 2
    assert "Another Name" in team.chat.cards["C-3"].title


async def raise_again(team: Team, later: timedelta) -> None:
    """Let the case be closed, and the seller come back after some time."""
    number = len([key for key in team.chat.order if "/" not in key])
    await team.look(OURS)
    team.clock.advance(minutes=5)
    await team.look(OURS)
    ask = asked(await team.press("close", f"{number:08}"))
    await team.submit(ask, {"reason": "gone", "note": ""})
    team.clock.advance(seconds=later.total_seconds())
    await team.look(OURS, offer(THIEF, f"{18 - number}.10"))
    await team.work()


async def test_a_flood_of_strangers_is_no_flood_of_requests(team: Team, pages: Pages) -> None:
    strangers = [offer(f"A9STRANGER{number:04}", "18.70") for number in range(30)]
    await team.look(OURS, *strangers)
    assert await team.app.store.count(JOBS) == WAITING_AT_MOST
    await team.work()
    assert len(pages.asked) == len({*pages.asked}) == WAITING_AT_MOST


async def test_own_authorised_and_amazons_offers_are_not_read(team: Team, pages: Pages) -> None:
    await team.authorise(THIEF)
    await team.look(OURS, THEIRS, offer(AMAZON, "20.00"))
    await team.look(THEIRS)
    await team.work()
    assert pages.asked == []


async def test_recorded_answers_lead_to_no_page(team: Team, pages: Pages) -> None:
    await equip(team, team.app.resources, base="")
    await team.look(OURS, THEIRS)
    await team.work()
    assert pages.asked == []


async def test_a_page_that_cannot_be_read_is_said_where_one_asks(team: Team, pages: Pages) -> None:
    pages.trouble = "The marketplace asked for a captcha."
    await team.look(OURS, THEIRS)
    for _ in range(5):
        await team.work()
        team.clock.advance(hours=1)
    assert await team.app.store.count(JOBS) == 0
    assert seller_field(team) == THIEF
    assert team.chat.order == ["C-1"]
    case = card_text(await team.type("/case 1"))
    assert "Seller's name: The seller's page could not be read, " in case
    assert "The marketplace asked for a captcha." in case
    assert await profile_of(team.app.store, "US", THIEF) is None


async def test_what_was_read_before_outlives_a_failure(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    pages.trouble = "The page could not be loaded."
    await raise_again(team, timedelta(days=40))
    for _ in range(5):
        team.clock.advance(hours=1)
        await team.work()
    known = await profile_of(team.app.store, "US", THIEF)
    assert known is not None
    assert known.name == NAME


async def test_without_a_browser_the_case_says_how_to_get_names(team: Team) -> None:
    await team.look(OURS, THEIRS)
    assert "make browser" not in str(team.chat.cards["C-1"])
    case = card_text(await team.type("/case 1"))
    assert "Seller's name: To show sellers' names, run `make browser`" in case
    assert await team.app.store.count(SELLER_PROFILES) == 0


async def test_a_hostile_name_changes_nothing_but_itself(team: Team, pages: Pages) -> None:
    pages.name = "Amazon.com\n*Sold by* <!channel> \u202e" + "x" * 500
    await team.look(OURS, THEIRS)
    await team.work()
    card = team.chat.cards["C-1"]
    assert "\n" not in card.title
    assert card.title.startswith("Unknown seller 'Amazon.com *Sold by*")
    assert f"({THIEF})" in seller_field(team)
    assert "\u202e" not in str(card)


async def test_a_name_of_many_words_leaves_room_for_the_product(team: Team, pages: Pages) -> None:
    pages.name = "The very best kitchen goods and more for you"
    await team.look(OURS, THEIRS)
    await team.work()
    assert team.chat.cards["C-1"].title.endswith(": Pan 1")
    assert len(team.chat.cards["C-1"].title) <= 80


async def test_the_report_form_of_a_test_buy_knows_the_name(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    ask = asked(await team.press("collect", "00000001", BEN))
    ask = asked(await team.submit(ask, {"what": "test-buy"}, BEN))
    known = {each.name: getattr(each, "initial", "") for each in ask.form.inputs}
    assert (known["seller"], known["sold_by"], known["asin"]) == (THIEF, NAME, ASIN)


@pytest.mark.parametrize("came_back", [False, True])
async def test_what_a_page_said_goes_with_the_last_case_about_its_seller(
    team: Team, pages: Pages, tmp_path: Path, *, came_back: bool
) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    if came_back:
        await raise_again(team, timedelta(days=1))
    else:
        ask = asked(await team.press("close", "00000001"))
        await team.submit(ask, {"reason": "false-alarm", "note": ""})
    await team.type("/settings keep 365")
    await confirmed_after(team, days=400)
    await Retention(team.app).tick()
    await team.work()
    assert (await profile_of(team.app.store, "US", THIEF) is not None) is came_back
    if came_back:
        assert on_disk(tmp_path, "1 Example Road")
    else:
        await assert_gone(team, tmp_path, "1 Example Road")
    assert pages.asked


@pytest.mark.parametrize("came_back", [False, True])
async def test_that_a_page_could_not_be_read_goes_with_the_last_case_too(
    team: Team, tmp_path: Path, *, came_back: bool
) -> None:
    why = "The page of a hidden lane could not be read."
    await team.look(OURS, THEIRS)
    failed = UnreadSellerPage(seller=THIEF, marketplace="US", at=team.clock(), why=why)
    async with team.app.store.transaction() as tx:
        tx.put(UNREAD_SELLER_PAGES, failed)
    if came_back:
        await raise_again(team, timedelta(days=1))
    else:
        ask = asked(await team.press("close", "00000001"))
        await team.submit(ask, {"reason": "false-alarm", "note": ""})
    await team.type("/settings keep 365")
    await confirmed_after(team, days=400)
    await Retention(team.app).tick()
    await team.work()
    assert await team.app.store.count(UNREAD_SELLER_PAGES) == int(came_back)
    if not came_back:
        await assert_gone(team, tmp_path, "hidden lane")


async def test_a_reports_card_names_the_seller(team: Team, pages: Pages) -> None:
    await team.look(OURS, THEIRS)
    await team.work()
    await add_right(team)
    await draft(team)
    fields = {field.label: field.value for field in team.chat.cards["R-1"].fields}
    assert fields["Seller"] == f"{NAME} ({THIEF})"
    assert pages.asked
