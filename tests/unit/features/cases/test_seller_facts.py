"""Who a stranger is by a third party's word: asked once, dated, and gone when it has to be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from bot.core.collections import JOBS
from bot.core.interface import InterfaceLanguage, speak
from bot.errors import QuotaExceeded, Unavailable
from bot.features.cases.collections import (
    FORGOTTEN_SELLERS,
    SELLER_FACTS,
    UNREAD_FACTS,
)
from bot.features.cases.models.seller_facts import SellerFacts
from bot.features.cases.service.seller_facts import WAITING_AT_MOST, FactsJob
from bot.features.evidence.service.deleting import Retention
from tests.unit.conftest import (
    OWN,
    SECOND,
    THIEF,
    Team,
    asked,
    card_text,
    confirmed_after,
    offer,
)
from tests.unit.features.cases.facts import THIEVES, FakeFacts, equip
from tests.unit.redacted import assert_gone, on_disk

OTHER = "A9OTHERSHOP001"
OURS, THEIRS = offer(OWN, "24.99"), offer(THIEF, "18.70")
PERSON = msgspec.structs.replace(
    THIEVES,
    business="Max Mustermann",
    address=("12 Hidden Lane", "Leeds", "LS1 4AP", "GB"),
    vat="GB 987 6543 21",
)


@pytest.fixture
async def facts(team: Team) -> FakeFacts:
    facts = FakeFacts()
    await equip(team, facts)
    return facts


def who_it_is(team: Team, message: str = "C-1") -> list[str]:
    found = [field.value for field in team.chat.cards[message].fields if field.label == "Who it is"]
    return found[0].splitlines() if found else []


async def met(team: Team, seller: str = THIEF, price: str = "18.70") -> None:
    await team.look(OURS, offer(seller, price))
    await team.work()


async def test_without_a_key_nothing_at_all_is_said(team: Team) -> None:
    await met(team)
    assert who_it_is(team) == []
    assert "Keepa" not in card_text(await team.type("/case 1"))
    assert await team.app.store.count(JOBS) == 0


async def test_the_alert_waits_for_nobody(team: Team, facts: FakeFacts) -> None:
    await team.look(OURS, THEIRS)
    assert team.chat.order == ["C-1"]
    assert who_it_is(team) == []
    assert facts.asked == []


async def test_the_card_says_who_it_is_by_whose_word_and_when(team: Team, facts: FakeFacts) -> None:
    await met(team)
    assert team.chat.order == ["C-1"]
    assert who_it_is(team) == [
        "Bright Leaf Trading Co., Ltd., Example City, 518000, CN",
        "VAT number GB 123 4567 89",
        "67% positive of 3 ratings · also sells 1 of yours",
        "From Keepa, 12 Oct. Not confirmed by Amazon",
    ]
    assert facts.asked == [f"US {THIEF}"]
    assert facts.waited_for == [False]


async def test_the_case_says_more_with_the_date_of_each(team: Team, facts: FakeFacts) -> None:
    await met(team)
    case = card_text(await team.type("/case 1"))
    assert "Business address: 18 Harbor Road, Example City, 518000, CN" in case
    assert "business 12 Oct · ratings 13 Oct · storefront of 120 products 9 Oct" in case
    assert "known to Keepa since Mar 2024" in case
    assert facts.asked


async def test_a_phone_number_is_compared_and_not_kept(
    team: Team, facts: FakeFacts, tmp_path: Path
) -> None:
    await met(team)
    assert on_disk(tmp_path, "18 Harbor Road")
    assert not on_disk(tmp_path, "123-4567")
    assert facts.asked


async def test_a_possible_private_person_has_a_country_and_no_address(
    team: Team, facts: FakeFacts, tmp_path: Path
) -> None:
    facts.sellers[THIEF] = PERSON
    await met(team)
    assert who_it_is(team)[0] == "Max Mustermann, GB"
    shown = str(team.chat.cards["C-1"]) + card_text(await team.type("/case 1"))
    for hidden in ("Hidden Lane", "Leeds", "LS1", "987 6543"):
        assert hidden not in shown
        assert not on_disk(tmp_path, hidden)


async def test_what_is_simulated_says_so(team: Team, facts: FakeFacts) -> None:
    facts.simulated = True
    await met(team)
    assert who_it_is(team)[-1] == "From the simulated Keepa, 12 Oct"


async def test_a_date_of_another_year_has_its_year(team: Team, facts: FakeFacts) -> None:
    told = THIEVES.told_at
    assert told is not None
    facts.sellers[THIEF] = msgspec.structs.replace(THIEVES, told_at=told.replace(year=2024))
    await met(team)
    assert who_it_is(team)[-1].startswith("From Keepa, 12 Oct 2024.")


async def test_a_hostile_name_changes_nothing_but_itself(team: Team, facts: FakeFacts) -> None:
    facts.sellers[THIEF] = msgspec.structs.replace(
        THIEVES, business="Amazon\n<!channel> \u202e Ltd " + "x" * 500, vat="9" * 500
    )
    await met(team)
    lines = who_it_is(team)
    assert lines[0].startswith("Amazon <!channel>")
    assert len(lines) == 4
    assert "\u202e" not in str(team.chat.cards["C-1"])


async def test_whose_word_it_is_is_never_cut(team: Team, facts: FakeFacts) -> None:
    long = msgspec.structs.replace(
        THIEVES,
        name="The Very Long Name of a Storefront",
        business="The Very Long Business Name of a Trading Company in the Far East Co., Ltd.",
        address=("1 Road", "A District of a Very Large City", "A Province Beyond It", "CN"),
        ratings=123_456_789,
    )
    facts.sellers = {THIEF: long, OTHER: msgspec.structs.replace(long, seller=OTHER)}
    await team.look(OURS, THEIRS, offer(OTHER, "17.00"))
    await team.work()
    for message in ("C-1", "C-2"):
        lines = who_it_is(team, message)
        assert lines[-1] == "From Keepa, 12 Oct. Not confirmed by Amazon"
        assert any("Looks like" in line for line in lines)
        assert len("\n".join(lines)) <= 300
    assert "VAT number GB 123 4567 89" in card_text(await team.type("/case 1"))


async def test_a_seller_is_asked_about_once_a_week(team: Team, facts: FakeFacts) -> None:
    await met(team)
    await raise_again(team, timedelta(days=6))
    assert len(facts.asked) == 1
    assert who_it_is(team, "C-2")
    await raise_again(team, timedelta(days=2))
    assert len(facts.asked) == 2


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


async def test_another_product_of_the_same_case_asks_no_more(team: Team, facts: FakeFacts) -> None:
    await met(team)
    await team.look(OURS, THEIRS, asin=SECOND)
    await team.work()
    assert len(facts.asked) == 1
    # Both are in the case by now.
    assert "also sells" not in "".join(who_it_is(team))


async def test_own_authorized_and_amazons_offers_are_not_asked_about(
    team: Team, facts: FakeFacts
) -> None:
    await team.authorise(THIEF)
    await team.look(OURS, THEIRS, offer("ATVPDKIKX0DER", "20.00"))
    await team.work()
    assert facts.asked == []


async def test_a_flood_of_strangers_does_not_use_up_the_tokens(
    team: Team, facts: FakeFacts
) -> None:
    strangers = [offer(f"A9STRANGER{number:04}", "18.70") for number in range(30)]
    await team.look(OURS, *strangers)
    await team.work()
    assert len(facts.asked) == len({*facts.asked}) == WAITING_AT_MOST


async def test_a_seller_nobody_knows_is_not_asked_about_for_a_week(
    team: Team, facts: FakeFacts
) -> None:
    facts.sellers.clear()
    await met(team)
    assert who_it_is(team) == []
    assert "Who it is: Keepa told nothing, " in (case := card_text(await team.type("/case 1")))
    assert "It does not know this seller." in case
    await raise_again(team, timedelta(days=5))
    assert len(facts.asked) == 1


async def test_an_outage_is_told_where_one_asks_and_tried_again_the_next_day(
    team: Team, facts: FakeFacts
) -> None:
    facts.trouble = Unavailable("Keepa answered with an error (503).")
    await team.look(OURS, THEIRS)
    for _ in range(12):
        await team.work()
        team.clock.advance(hours=1)
    assert await team.app.store.count(JOBS) == 0
    assert await team.app.store.count(UNREAD_FACTS) == 1
    assert team.chat.order == ["C-1"]
    assert "Keepa answered with an error (503)." in card_text(await team.type("/case 1"))
    facts.trouble = None
    await raise_again(team, timedelta(days=2))
    assert who_it_is(team, "C-2")
    assert await team.app.store.count(UNREAD_FACTS) == 0


async def test_out_of_tokens_it_waits_until_they_are_back(team: Team, facts: FakeFacts) -> None:
    facts.trouble = QuotaExceeded("Too few Keepa tokens are left.", 600)
    await team.look(OURS, THEIRS)
    for _ in range(4):
        await team.work()
        team.clock.advance(minutes=3)
    facts.trouble = None
    team.clock.advance(minutes=10)
    await team.work()
    assert who_it_is(team)


async def test_the_same_vat_number_is_a_hint_and_no_verdict(team: Team, facts: FakeFacts) -> None:
    await met(team)
    ask = asked(await team.press("close", "00000001"))
    await team.submit(ask, {"reason": "reported", "note": ""})
    facts.sellers[OTHER] = msgspec.structs.replace(
        THIEVES, seller=OTHER, name="Other Shop", vat="gb123456789", business="Other Ltd", phone=""
    )
    await met(team, OTHER, "17.00")
    lines = who_it_is(team, "C-2")
    assert (
        "Looks like BrightLeaf Store 88 (A1QX7ZP9KD4W2M), closed case C-1: same VAT number" in lines
    )


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({"vat": "", "phone": ""}, "same business name and address"),
        ({"vat": "", "business": "Another Co Ltd"}, "same phone number"),
    ],
)
async def test_business_and_phone_are_hints_too(
    team: Team, facts: FakeFacts, changes: dict[str, str], by: str
) -> None:
    await met(team)
    facts.sellers[OTHER] = msgspec.structs.replace(THIEVES, seller=OTHER, **changes)
    await team.look(OURS, THEIRS, offer(OTHER, "17.00"))
    await team.work()
    assert any(line.endswith(f", open case C-1: {by}") for line in who_it_is(team, "C-2"))
    # The earlier case says it, too.
    assert any(line.endswith(f", open case C-2: {by}") for line in who_it_is(team, "C-1"))


async def test_the_same_person_is_recognized_though_nothing_of_them_is_kept(
    team: Team, facts: FakeFacts
) -> None:
    facts.sellers[THIEF] = PERSON
    facts.sellers[OTHER] = msgspec.structs.replace(PERSON, seller=OTHER, name="Other Shop")
    await met(team)
    await team.look(OURS, THEIRS, offer(OTHER, "17.00"))
    await team.work()
    assert any("same VAT number" in line for line in who_it_is(team, "C-2"))


async def test_two_sellers_without_numbers_have_nothing_in_common(
    team: Team, facts: FakeFacts
) -> None:
    bare = msgspec.structs.replace(
        THIEVES, vat="000000000", phone="0000000", business="", address=("CN",)
    )
    facts.sellers = {THIEF: bare, OTHER: msgspec.structs.replace(bare, seller=OTHER)}
    await team.look(OURS, THEIRS, offer(OTHER, "17.00"))
    await team.work()
    for message in ("C-1", "C-2"):
        assert not any("Looks like" in line for line in who_it_is(team, message))


async def test_an_admin_has_it_removed_for_good(
    team: Team, facts: FakeFacts, tmp_path: Path
) -> None:
    await met(team)
    assert on_disk(tmp_path, "18 Harbor Road")
    ask = asked(await team.type(f"/redact seller {THIEF.lower()} A person asked for it"))
    await team.submit(ask, {"why": "A person asked for it"})
    assert who_it_is(team) == []
    await assert_gone(team, tmp_path, "18 Harbor Road")
    await raise_again(team, timedelta(days=30))
    assert len(facts.asked) == 1
    assert await team.app.store.count(FORGOTTEN_SELLERS) == 1


async def test_what_is_on_its_way_while_it_is_removed_is_not_kept(
    team: Team, facts: FakeFacts
) -> None:
    await met(team)
    team.clock.advance(days=8)
    await team.look(OURS, offer(THIEF, "12.10"))
    ask = asked(await team.type(f"/redact seller {THIEF} Asked"))
    await team.submit(ask, {"why": "Asked"})
    await team.work()
    assert await team.app.store.count(SELLER_FACTS) == 0


@pytest.mark.parametrize("came_back", [False, True])
async def test_it_goes_with_the_last_case_about_its_seller(
    team: Team, facts: FakeFacts, tmp_path: Path, *, came_back: bool
) -> None:
    await met(team)
    if came_back:
        await raise_again(team, timedelta(days=1))
    else:
        ask = asked(await team.press("close", "00000001"))
        await team.submit(ask, {"reason": "false-alarm", "note": ""})
    await team.type("/settings keep 365")
    await confirmed_after(team, days=400)
    await Retention(team.app).tick()
    await team.work()
    key = SellerFacts.key_of("US", THIEF)
    assert (await team.app.store.get(SELLER_FACTS, key) is not None) is came_back
    if not came_back:
        await assert_gone(team, tmp_path, "18 Harbor Road")
    assert facts.asked


async def test_whom_a_deleted_seller_looked_like_is_not_said_any_more(
    team: Team, facts: FakeFacts
) -> None:
    await met(team)
    facts.sellers[OTHER] = msgspec.structs.replace(THIEVES, seller=OTHER)
    await team.look(OURS, THEIRS, offer(OTHER, "17.00"))
    await team.work()
    ask = asked(await team.type(f"/redact seller {THIEF} Asked"))
    await team.submit(ask, {"why": "Asked"})
    assert not any("Looks like" in line for line in who_it_is(team, "C-2"))


async def test_the_block_is_said_in_chinese(team: Team, facts: FakeFacts) -> None:
    await team.type("/settings language zh")
    with speak(InterfaceLanguage.CHINESE):
        await met(team)
    [shown] = [field for field in team.chat.cards["C-1"].fields if "Keepa" in field.value]
    assert shown.label == "卖家身份"
    assert "亚马逊" in shown.value
    assert facts.asked


async def test_a_job_that_is_done_twice_tells_once(team: Team, facts: FakeFacts) -> None:
    await team.look(OURS, THEIRS)
    [job] = await team.app.store.page(JOBS)
    work = FactsJob(team.app)
    # The program died behind the answer, and its successor asks again.
    await work.run(job)
    await work.run(job)
    await team.dispatcher.deliver()
    assert await team.app.store.count(SELLER_FACTS) == 1
    assert team.chat.order == ["C-1"]
    assert len(facts.asked) == 2
