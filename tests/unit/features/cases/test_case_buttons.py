"""What the buttons on a case do, and who may press them."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.cards import Tone
from bot.core.interactions import Click
from bot.core.permissions import Person, Role
from bot.errors import Conflict
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, CloseReason, case_key
from bot.features.cases.models.signals import Signal
from bot.features.cases.service.waking import Waking
from bot.features.cases.service.working import reopen_trusted_case
from bot.features.watchlist.collections import SELLERS
from tests.signals import active_in
from tests.unit.conftest import (
    ANA,
    BEN,
    OWN,
    PLACE,
    SECOND,
    THIEF,
    VIK,
    Team,
    asked,
    card_text,
    notice,
    offer,
)

ONE = case_key(1)
OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70")


@pytest.fixture(autouse=True)
async def alerted(team: Team) -> None:
    await team.look(OURS, THEIRS)


async def active(team: Team) -> list[Signal]:
    return await active_in(team.app.store, await case_of(team))


async def case_of(team: Team) -> Case:
    case = await team.app.store.get(CASES, ONE)
    assert case is not None
    return case


async def test_acknowledging_changes_the_headline_in_place(team: Team) -> None:
    shown = card_text(await team.press("acknowledge", ONE, BEN))
    assert "Acknowledged by Ben" in shown
    headline = team.chat.cards["C-1"]
    assert "Acknowledged by Ben ·" in [field.value for field in headline.fields]
    assert "Acknowledge" not in [button.label for button in headline.pressable]
    assert team.chat.order == ["C-1", "C-1/2"]


async def test_the_second_of_two_people_who_press_at_once_gets_a_clear_answer(team: Team) -> None:
    first, second = await asyncio.gather(
        team.router.handle(click(team, "acknowledge", ANA, "a")),
        team.router.handle(click(team, "acknowledge", BEN, "b")),
    )
    assert "Acknowledged by Ana" in card_text(first)
    assert notice(second) == "Ana already acknowledged C-1."


async def test_the_same_press_delivered_twice_takes_effect_once(team: Team) -> None:
    await team.press("assign", ONE, BEN, id="same")
    assert notice(await team.press("assign", ONE, BEN, id="same")) == "This was already done."
    assert (await case_of(team)).entries == 2


async def test_a_case_can_be_taken_over_and_is_then_listed_as_mine(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    await team.press("assign", ONE, BEN)
    assert "C-1" in card_text(await team.type("/cases mine", BEN))
    assert "No cases (mine)" in card_text(await team.type("/cases mine", ANA))
    assert "Ben took it from Ana." in team.chat.cards["C-1/3"].title


async def test_a_viewer_may_look_and_not_touch(team: Team) -> None:
    assert "Your role is viewer" in notice(await team.press("acknowledge", ONE, VIK))
    assert "Your role is member" in notice(await team.press("authorise", ONE, BEN))
    assert "C-1" in card_text(await team.type("/case 1", VIK))
    assert (await case_of(team)).entries == 1


async def test_closing_wants_a_reason_and_shows_who_closed_it(team: Team) -> None:
    ask = asked(await team.press("close", ONE, BEN))
    again = asked(await team.submit(ask, {"reason": "", "note": ""}, BEN))
    assert again.errors == {"reason": "Please choose one."}
    shown = card_text(await team.submit(again, {"reason": "gone", "note": "Left today."}, BEN))
    assert "Closed by Ben: The seller has left" in shown
    assert team.chat.cards["C-1"].tone is Tone.QUIET
    card = team.chat.cards["C-1"]
    assert [button.label for button in card.pressable] == ["Reopen", "Add a note"]
    assert [link.label for link in card.links] == ["Open the listing", "Seller's page"]


async def test_a_closed_cases_thread_is_folded_again_after_each_message(team: Team) -> None:
    ask = asked(await team.press("close", ONE, BEN))
    await team.submit(ask, {"reason": "gone", "note": ""}, BEN)
    assert team.chat.closed == ["C-1"]
    await team.type("/note 1 Their invoice came today.", BEN)
    assert team.chat.order[-1].startswith("C-1/")
    assert team.chat.closed == ["C-1", "C-1"]


async def test_a_form_that_comes_after_somebody_else_closed_the_case_says_so(team: Team) -> None:
    late = asked(await team.press("close", ONE, BEN))
    ask = asked(await team.press("close", ONE, ANA))
    await team.submit(ask, {"reason": "false-alarm", "note": ""}, ANA)
    text = notice(await team.submit(late, {"reason": "gone", "note": ""}, BEN))
    assert text.startswith("Ana already closed C-1 (false alarm).")


async def test_a_member_cannot_silence_a_seller_through_the_form_of_an_admin(team: Team) -> None:
    ask = asked(await team.press("close", ONE, ANA))
    text = notice(await team.submit(ask, {"reason": "lawful", "note": ""}, BEN))
    assert "role" in text
    assert (await case_of(team)).open


async def test_leaving_a_lawful_reseller_alone_stops_alerts_on_that_product_only(
    team: Team,
) -> None:
    ask = asked(await team.press("close", ONE, ANA))
    await team.submit(ask, {"reason": "lawful", "note": ""}, ANA)
    seller = await team.app.store.get(SELLERS, THIEF)
    assert seller is not None
    assert (seller.authorised, len(seller.left_alone)) == ((), 1)
    await team.look(OURS, offer(THIEF, "16.00"))
    assert await team.app.store.count(CASES) == 1
    await team.look(OURS, THEIRS, asin=SECOND)
    assert await team.app.store.count(CASES) == 2


async def test_authorising_closes_the_case_and_can_be_withdrawn(team: Team) -> None:
    shown = card_text(await team.authorise_on_case(ONE))
    assert "Closed by Ana: The seller is authorized" in shown
    assert THIEF in card_text(await team.type("/sellers"))
    assert "no longer" in notice(await team.type(f"/withdraw {THIEF}"))
    assert "No trusted sellers" in card_text(await team.type("/sellers"))


async def test_authorising_by_command_closes_a_case_with_nothing_left_in_it(team: Team) -> None:
    await team.look(OURS, THEIRS, asin=SECOND)
    await team.authorise(THIEF, SECOND)
    case = await case_of(team)
    assert case.open
    assert {signal.asin for signal in await active(team)} == {"B0ALDER001"}
    await team.authorise(THIEF)
    case = await case_of(team)
    assert (case.open, case.reason) == (False, CloseReason.AUTHORISED)
    assert "Ana trusts the seller on B0ALDER001." in [
        field.title for field in map(team.chat.cards.get, team.chat.order) if field
    ]


async def test_a_floor_that_is_lowered_ends_what_was_below_the_old_one(team: Team) -> None:
    await team.look(OURS, offer(THIEF, "14.00"))
    assert any(signal.kind == "price-floor" for signal in await active(team))
    await team.type("/watch B0ALDER001 12")
    await team.look(OURS, offer(THIEF, "14.00"))
    assert not any(signal.kind == "price-floor" for signal in await active(team))


async def test_a_snoozed_case_records_quietly_and_reports_back(team: Team) -> None:
    ask = asked(await team.press("snooze", ONE, BEN))
    shown = card_text(await team.submit(ask, {"hours": "4"}, BEN))
    assert "Snoozed until 23 Nov 14:00" in shown
    told = list(team.chat.order)
    team.clock.advance(hours=1)
    await team.look(OURS, offer(THIEF, "17.00"))
    assert team.chat.order == told
    waking = Waking(team.app)
    await waking.tick()
    await team.dispatcher.deliver()
    assert team.chat.order == told
    team.clock.advance(hours=3, minutes=1)
    await waking.tick()
    await waking.tick()
    await team.dispatcher.deliver()
    [woken] = team.chat.order[len(told) :]
    assert team.chat.cards[woken].title == "The snooze is over: 1 update."


async def test_a_button_of_a_year_ago_still_works_after_restarts(team: Team) -> None:
    [button] = [b for b in team.chat.cards["C-1"].pressable if b.label == "Acknowledge"]
    team.clock.advance(days=365)
    assert "Ben" in card_text(await team.press(button.action, button.ref, BEN))


async def test_a_button_that_no_longer_exists_says_what_to_do(team: Team) -> None:
    assert "/cases" in notice(await team.press("explode", ONE))


async def test_unwatching_ends_what_the_case_says_of_the_product(team: Team) -> None:
    await team.type("/unwatch B0ALDER001")
    case = await case_of(team)
    assert case.open
    assert not case.going_on
    assert await active(team) == []
    assert "status is unknown" in team.chat.cards[team.chat.order[-1]].title


async def test_opening_a_case_closed_by_trust_asks_to_stop_trusting_and_does_both(
    team: Team,
) -> None:
    await team.authorise_on_case(ONE)
    assert "role" in notice(await team.press("reopen", ONE, BEN))
    ask = asked(await team.press("reopen", ONE, ANA))
    assert THIEF in ask.form.intro
    await team.submit(ask, {"trust": "stop"})
    case = await case_of(team)
    assert (case.open, case.going_on, case.reason) == (True, True, None)
    assert await team.app.store.get(SELLERS, THIEF) is None
    assert team.announced()[-1] == f"Ana no longer trusts {THIEF} on B0ALDER001."
    await team.look(OURS, THEIRS)
    assert await team.app.store.count(CASES) == 1


async def test_undoing_the_end_of_a_trust_closes_the_case_again(team: Team) -> None:
    await team.authorise_on_case(ONE)
    await team.submit(asked(await team.press("reopen", ONE, ANA)), {"trust": "stop"})
    await team.undo()
    case = await case_of(team)
    assert (case.open, case.reason) == (False, CloseReason.AUTHORISED)
    seller = await team.app.store.get(SELLERS, THIEF)
    assert seller is not None
    assert seller.authorised == ("B0ALDER001",)


async def test_a_case_is_not_opened_again_while_another_is_opened_on_the_same_seller(
    team: Team,
) -> None:
    async def at_once() -> None:
        async with team.app.store.transaction() as tx:
            await reopen_trusted_case(team.app, tx, ANA[0], ONE)
            await team.look(OURS, THEIRS, asin=SECOND)

    await team.authorise_on_case(ONE)
    with pytest.raises(Conflict):
        await at_once()
    await team.press("reopen", ONE, ANA)
    opened = [case.label for case in await team.app.store.page(CASES) if case.open]
    assert opened == ["C-2"]


async def test_reopening_goes_on_with_the_same_case(team: Team) -> None:
    ask = asked(await team.press("close", ONE, ANA))
    await team.submit(ask, {"reason": "gone", "note": ""}, ANA)
    assert "Acknowledge" not in notice(await team.press("acknowledge", ONE, BEN))
    card_text(await team.press("reopen", ONE, BEN))
    assert (await case_of(team)).open


async def test_a_reopened_case_is_to_be_acknowledged_again(team: Team) -> None:
    await team.press("acknowledge", ONE, BEN)
    ask = asked(await team.press("close", ONE, ANA))
    await team.submit(ask, {"reason": "gone", "note": ""}, ANA)
    assert "Acknowledged by Ben" not in card_text(await team.press("reopen", ONE, BEN))
    await team.press("acknowledge", ONE, ANA)
    case = await case_of(team)
    assert (case.acknowledged_by, case.acknowledged_at) == (ANA[0], team.clock.now)


def click(team: Team, action: str, who: tuple[Person, Role], id: str) -> Click:
    return Click(
        id=id,
        who=who[0],
        role=who[1],
        where=PLACE,
        at=team.clock.now,
        action=action,
        ref=ONE,
    )
