"""The account's health: read once a day, told once, and honest about what could not be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import msgspec
import pytest

from bot.core.account_health import AccountHealth, HealthReading
from bot.core.scanning import each
from bot.errors import AccessRefused, DiskFull, LoginError, SourceError, Unavailable
from bot.features.cases.collections import CASES
from bot.features.watchlist.collections import ACCOUNT_RECORDS, WATCHES
from checks.account_watch import AccountWatch
from tests.fakes import MemoryEvidence
from tests.unit.conftest import Team, card_text


@dataclass
class Rated:
    """An account with a rating."""

    team: Team
    status: str = "NORMAL"
    bad: tuple[str, ...] = ()
    inactive: tuple[str, ...] = ()
    refuses: SourceError | None = None
    refuses_inactive: SourceError | None = None
    asked: list[str] = field(default_factory=list)

    async def account_health(self, code: str) -> HealthReading:
        self.asked.append(code)
        if self.refuses:
            raise self.refuses
        raw = f"{code} {self.status} {self.bad}".encode()
        health = AccountHealth(
            marketplace=code,
            at=self.team.clock.now,
            status=self.status,
            bad=self.bad,
            digest=hashlib.sha256(raw).hexdigest(),
        )
        return HealthReading(health, raw)

    async def inactive_in(self, code: str) -> tuple[str, ...]:
        self.asked.append(f"inactive {code}")
        if self.refuses_inactive:
            raise self.refuses_inactive
        return self.inactive


@dataclass
class Days:
    """A program that looks at the account day after day."""

    team: Team
    account: Rated
    watch: AccountWatch

    async def day(self, hours: float = 24) -> None:
        self.team.clock.advance(hours=hours)
        await self.watch.tick()
        await self.team.dispatcher.deliver()

    @property
    def titles(self) -> list[str]:
        chat = self.team.chat
        return [chat.cards[key].title for key in chat.order if "/" not in key]


@pytest.fixture
async def days(team: Team) -> Days:
    async with team.app.store.transaction() as tx:
        watch = await tx.get(WATCHES, "US-B0ALDER001")
        assert watch
        tx.put(WATCHES, msgspec.structs.replace(watch, sku="PAN-1"))
    account = Rated(team)
    return Days(team, account, AccountWatch(team.app, account))


async def test_it_is_read_once_a_day_where_we_sell(days: Days) -> None:
    for hours in (0, 1, 21, 2, 1):
        await days.day(hours)
    assert days.account.asked == ["inactive US", "US"] * 2
    assert days.titles == []


async def test_a_risk_is_one_case_and_told_once_until_it_is_over(days: Days) -> None:
    days.account.status = "AT_RISK"
    for _ in range(3):
        await days.day()
    [case] = [case async for case in each(days.team.app.store, CASES)]
    assert (case.fingerprint, case.asins) == ("US/account", ())
    assert len(days.titles) == 1
    assert days.titles[0].startswith("Account at risk")
    card = days.team.chat.cards["C-1"]
    assert "Start playbook" in [button.label for button in card.pressable]
    assert "File a report" not in [button.label for button in card.pressable]
    days.account.status = "NORMAL"
    await days.day()
    assert days.titles[0].startswith("Over for now")


async def test_all_that_is_wrong_with_the_account_is_one_case(days: Days) -> None:
    days.account.status, days.account.inactive = "DEACTIVATED", ("US",)
    await days.day()
    assert len([case async for case in each(days.team.app.store, CASES)]) == 1
    assert days.titles[0].startswith("Account deactivated")


async def test_figures_alone_are_less_grave_and_new_ones_are_news(days: Days) -> None:
    days.account.bad = ("lateShipmentRate",)
    await days.day()
    assert days.titles[0].startswith("Account health")
    days.account.bad = ("lateShipmentRate", "documentRequests")
    await days.day()
    # The first is the headline itself.
    assert [key for key in days.team.chat.order if key.startswith("C-1/")] == ["C-1/2"]


async def test_a_word_of_tomorrow_is_told_as_it_is(days: Days) -> None:
    days.account.status = "PAUSED"
    await days.day()
    card = days.team.chat.cards["C-1"]
    assert "'PAUSED', as Amazon says" in [each.value for each in card.fields]


async def test_the_report_is_kept_as_evidence(days: Days) -> None:
    assert isinstance(days.team.app.evidence, MemoryEvidence)
    days.account.status = "AT_RISK"
    await days.day()
    assert len(days.team.app.evidence.kept) == 1


async def test_without_room_for_the_report_the_alert_comes(days: Days) -> None:
    assert isinstance(days.team.app.evidence, MemoryEvidence)
    days.team.app.evidence.refuses = DiskFull()
    days.account.status = "AT_RISK"
    await days.day()
    assert any("Not saved" in each.value for each in days.team.chat.cards["C-1"].fields)


@pytest.mark.parametrize("error", [AccessRefused(), Unavailable(), SourceError("odd")])
async def test_what_cannot_be_read_ends_nothing_and_health_says_so(
    days: Days, error: SourceError
) -> None:
    days.account.status = "AT_RISK"
    await days.day()
    days.account.refuses = error
    await days.day()
    assert days.titles[0].startswith("Account at risk")
    told = card_text(await days.team.type("/health"))
    assert "Account health: US: could not check: " in told
    assert "Before: at risk" in told


async def test_what_could_not_be_read_is_asked_for_again_with_the_next_tick(days: Days) -> None:
    days.account.refuses = Unavailable("Amazon canceled the report.")
    await days.day()
    days.account.refuses, days.account.status = None, "AT_RISK"
    days.account.asked.clear()
    await days.day(1)
    assert days.account.asked == ["US"]
    assert days.titles[0].startswith("Account at risk")
    await days.day(1)
    assert days.account.asked == ["US"]
    await days.day(21)
    assert days.account.asked == ["US", "inactive US", "US"]


async def test_whether_listings_are_active_is_asked_for_again_alone(days: Days) -> None:
    days.account.refuses_inactive, days.account.status = Unavailable(), "AT_RISK"
    await days.day()
    days.account.refuses_inactive, days.account.inactive = None, ("US",)
    days.account.asked.clear()
    await days.day(1)
    assert days.account.asked == ["inactive US"]
    told = card_text(await days.team.type("/health"))
    assert "US: at risk, read 1 h ago" in told
    assert days.titles[0].startswith("Account at risk")


async def test_news_of_the_account_that_could_not_be_read_are_read_later(days: Days) -> None:
    await days.day(0)
    days.account.refuses, days.account.status = Unavailable(), "DEACTIVATED"
    days.watch.look_soon("US")
    await days.day(0)
    days.account.refuses = None
    await days.day(1)
    assert days.titles[0].startswith("Account deactivated")


async def test_one_question_that_is_refused_holds_back_nothing_of_the_other(days: Days) -> None:
    days.account.refuses, days.account.inactive = AccessRefused(), ("US",)
    await days.day()
    assert days.titles[0].startswith("Listings set to inactive")
    days.account.refuses, days.account.refuses_inactive = None, AccessRefused()
    days.account.status = "AT_RISK"
    await days.day()
    assert days.titles[0].startswith("Account at risk")
    told = card_text(await days.team.type("/health"))
    assert "Could not check if listings are active" in told


async def test_health_says_that_all_is_well_only_where_it_was_read(days: Days) -> None:
    assert "Account health" not in card_text(await days.team.type("/health"))
    await days.day()
    assert "US: normal, read" in card_text(await days.team.type("/health"))


async def test_a_marketplace_where_nothing_is_watched_any_more_is_forgotten(days: Days) -> None:
    days.account.refuses = AccessRefused()
    await days.day()
    assert "US: could not check" in card_text(await days.team.type("/health"))
    await days.team.type("/unwatch B0ALDER001 US")
    await days.day(1)
    assert "Account health" not in card_text(await days.team.type("/health"))


async def test_a_source_without_an_account_is_not_asked(team: Team) -> None:
    watch = AccountWatch(team.app, object())
    await watch.tick()
    assert [record async for record in each(team.app.store, ACCOUNT_RECORDS)] == []


@pytest.mark.parametrize("code", ["US", ""])
async def test_what_amazon_says_of_the_account_has_it_read_at_once(days: Days, code: str) -> None:
    await days.day(0)
    days.account.status = "AT_RISK"
    days.watch.look_soon(code)
    await days.day(0)
    assert days.account.asked == ["inactive US", "US"] * 2
    assert len(days.titles) == 1
    await days.day(0)
    assert len(days.account.asked) == 4


async def test_what_amazon_says_of_another_marketplace_reads_nothing(days: Days) -> None:
    await days.day(0)
    days.watch.look_soon("DE")
    await days.day(0)
    assert days.account.asked == ["inactive US", "US"]


async def test_while_the_login_is_refused_nothing_is_tried_and_then_all_is_due(days: Days) -> None:
    days.account.refuses = days.account.refuses_inactive = LoginError("Amazon refused the login.")
    await days.day()
    assert [record async for record in each(days.team.app.store, ACCOUNT_RECORDS)] == []
    days.account.refuses = days.account.refuses_inactive = None
    await days.day(0)
    assert [record.status async for record in each(days.team.app.store, ACCOUNT_RECORDS)] == [
        "NORMAL"
    ]
    # A record that is new would not be due for a day; one that was refused is.
    days.account.refuses = LoginError("Amazon refused the login.")
    await days.day()
    days.account.refuses = None
    asked = len(days.account.asked)
    await days.day(0)
    assert len(days.account.asked) > asked
