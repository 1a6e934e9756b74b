"""Offers that Amazon does not list: asked for when they begin to be hidden, and on demand."""

from __future__ import annotations

import pytest

from bot.core.collections import JOBS
from bot.core.conditions import Condition
from bot.core.interface import InterfaceLanguage, speak
from bot.core.listing import Snapshot
from bot.core.seller_facts import OffersReading
from bot.errors import Unavailable
from bot.features.cases.collections import ASKED_OFFERS
from bot.features.cases.service.all_offers import OffersJob
from bot.features.watchlist.collections import WATCHES
from tests.unit.conftest import ASIN, BEN, OWN, THIEF, VIK, Team, notice, offer
from tests.unit.features.cases.facts import TOLD, FakeFacts, equip, sighting

LISTED = offer(OWN, "24.99")
SECOND, THIRD = "A9HIDDENSHOP01", "A9HIDDENSHOP02"
READ = OffersReading(
    asin=ASIN,
    marketplace="US",
    told_at=TOLD,
    offers=(
        sighting(OWN, "24.99"),
        sighting(THIRD, "19.90", 4),
        sighting(SECOND, "18.50"),
        sighting(SECOND, "21.00"),
        sighting("A9USEDSHOP0001", "9.00", condition=Condition.USED),
    ),
)
REF = "00000001"


@pytest.fixture
async def facts(team: Team) -> FakeFacts:
    facts = FakeFacts(listed={ASIN: READ})
    await equip(team, facts)
    return facts


async def hide(team: Team, hidden: int) -> None:
    """Let Amazon count more offers than it lists."""
    team.source.put(
        Snapshot(
            asin=ASIN,
            marketplace="US",
            at=team.clock.now,
            offers=(LISTED,),
            total=1 + hidden,
            holders=(OWN,),
            digest="cd" * 32,
        )
    )
    watch = await team.app.store.get(WATCHES, f"US-{ASIN}")
    assert watch is not None
    await team.monitor.check([watch])
    await team.dispatcher.deliver()


async def hidden_case(team: Team) -> None:
    await hide(team, 2)
    team.clock.advance(minutes=2)
    await hide(team, 2)


def told(team: Team) -> list[str]:
    return [team.chat.cards[key].title for key in team.chat.order if "/" in key]


def buttons(team: Team, message: str = "C-1") -> list[str]:
    return [button.label for button in team.chat.cards[message].pressable]


async def test_hidden_sellers_are_named_in_the_thread_with_source_and_date(
    team: Team, facts: FakeFacts
) -> None:
    await hidden_case(team)
    await team.work()
    assert facts.asked == [f"US {ASIN}"]
    assert facts.waited_for == [False]
    [key] = [key for key in team.chat.order if key.startswith("C-1/")]
    card = team.chat.cards[key]
    assert "Keepa lists 4 new and 1 other offers" in card.title + card.body
    assert "12 Oct" in card.title + card.body or "2026-10-12" in card.title + card.body
    [fact] = [field.value for field in card.fields if field.label == "Not in Amazon's list"]
    assert fact.splitlines() == [
        f"{SECOND} · USD 18.50",
        f"{THIRD} · USD 19.90 · stock 4",
    ]


async def test_without_a_key_nobody_is_asked_and_no_button_offers_it(team: Team) -> None:
    await hidden_case(team)
    assert await team.app.store.count(JOBS) == 0
    assert "List all sellers" not in buttons(team)
    assert "BRANDWARDEN_KEEPA_KEY" in notice(await team.press("all-sellers", REF))


async def test_a_person_may_ask_and_uses_the_reserve(team: Team, facts: FakeFacts) -> None:
    await hidden_case(team)
    await team.work()
    assert "List all sellers" in buttons(team)
    assert "Keepa was asked less than 1 h ago" in notice(await team.press("all-sellers", REF, BEN))
    team.clock.advance(minutes=61)
    said = notice(await team.press("all-sellers", REF, BEN))
    assert said == "Asking Keepa. The answer comes in this thread."
    await team.work()
    assert facts.waited_for == [False, True]
    assert len([key for key in team.chat.order if key.startswith("C-1/")]) == 2


async def test_who_only_looks_may_not_ask(team: Team, facts: FakeFacts) -> None:
    await hidden_case(team)
    assert "Asking" not in notice(await team.press("all-sellers", REF, VIK))
    await team.work()
    assert facts.waited_for == [False]


async def test_the_machine_asks_once_a_day_however_often_offers_hide(
    team: Team, facts: FakeFacts
) -> None:
    await hidden_case(team)
    await team.work()
    for number in range(3, 9):
        team.clock.advance(minutes=30)
        await hide(team, number)
        await team.work()
    assert len(facts.asked) == 1


async def test_once_all_are_listed_again_there_is_nothing_to_ask(
    team: Team, facts: FakeFacts
) -> None:
    await hidden_case(team)
    team.clock.advance(minutes=90)
    await hide(team, 0)
    assert "Amazon lists every offer in C-1 again" in notice(await team.press("all-sellers", REF))


async def test_a_product_that_it_does_not_know_is_no_all_clear(
    team: Team, facts: FakeFacts
) -> None:
    facts.listed.clear()
    await hidden_case(team)
    await team.work()
    assert any("Keepa knows no offers on" in title for title in told(team))
    assert await team.app.store.get(ASKED_OFFERS, f"US-{ASIN}") is not None


async def test_a_failure_is_told_to_who_waits_alone(team: Team, facts: FakeFacts) -> None:
    facts.trouble = Unavailable("Keepa did not answer in time.")
    await hidden_case(team)
    for _ in range(12):
        await team.work()
        team.clock.advance(hours=1)
    assert told(team) == []
    await team.press("all-sellers", REF)
    for _ in range(12):
        await team.work()
        team.clock.advance(hours=1)
    assert [title for title in told(team) if "Could not list all sellers" in title]


async def test_many_sellers_are_counted(team: Team, facts: FakeFacts) -> None:
    many = tuple(sighting(f"A9SHOP{number:08}", f"{10 + number}.00", 9) for number in range(40))
    facts.listed[ASIN] = OffersReading(asin=ASIN, marketplace="US", told_at=TOLD, offers=many)
    await hidden_case(team)
    await team.work()
    [key] = [key for key in team.chat.order if key.startswith("C-1/")]
    [fact] = [
        field.value
        for field in team.chat.cards[key].fields
        if field.label == "Not in Amazon's list"
    ]
    assert fact.splitlines()[-1] == "+ 34"


async def test_a_known_stranger_who_is_listed_is_not_called_hidden(
    team: Team, facts: FakeFacts
) -> None:
    facts.listed[ASIN] = OffersReading(
        asin=ASIN, marketplace="US", told_at=TOLD, offers=(sighting(OWN, "24.99"),)
    )
    await hidden_case(team)
    await team.work()
    [key] = [key for key in team.chat.order if key.startswith("C-1/")]
    assert team.chat.cards[key].fields == ()
    assert THIEF not in str(team.chat.cards[key])


async def test_a_job_that_is_done_twice_tells_once(team: Team, facts: FakeFacts) -> None:
    await hidden_case(team)
    [job] = await team.app.store.page(JOBS)
    work = OffersJob(team.app)
    await work.run(job)
    await work.run(job)
    await team.dispatcher.deliver()
    assert len(told(team)) == 1
    assert len(facts.asked) == 2


async def test_the_thread_says_it_in_chinese(team: Team, facts: FakeFacts) -> None:
    await team.type("/settings language zh")
    with speak(InterfaceLanguage.CHINESE):
        await hidden_case(team)
        await team.work()
    [key] = [key for key in team.chat.order if key.startswith("C-1/")]
    card = team.chat.cards[key]
    assert f"Keepa 列出 {ASIN} 的 4 个全新报价和 1 个其他报价" in card.title + card.body
    assert "未经亚马逊确认" in card.title + card.body
    assert [field.label for field in card.fields] == ["不在亚马逊列表中"]
    assert facts.asked
