"""A test buy is planned, ordered, unpacked and recorded; whoever buys is reminded."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.collections import TEAMS, UNDOABLES
from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.forms import Answers, Choice, Date, Text
from bot.core.interactions import Ask, Post
from bot.core.labeled import Recommendation
from bot.core.money import Money
from bot.core.permissions import Person
from bot.core.reminding import REMINDERS
from bot.core.team import Team as Chosen
from bot.features.evidence.collections import EVIDENCE_ITEMS, PLANNED_BUYS
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.models.plans import PlannedBuy
from bot.features.evidence.service.deleting import Retention
from bot.features.evidence.service.planning import tell_buyer
from bot.features.reports.service.follow_ups import FollowUps
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    SECOND,
    THIEF,
    Team,
    asked,
    card_text,
    confirmed_after,
    notice,
)
from tests.unit.features.reports.reporting import (
    CASE,
    ORDER,
    OURS,
    TEST_BUY,
    THEIRS,
    answer,
    collect,
    photo,
    shown,
    start,
)
from tests.unit.redacted import WHY, assert_gone, on_disk

PLACE = "Zebrawood porch"
PLAN: Answers = {"place": PLACE, "budget": "30", "remind": "2026-11-25"}
ORDERED: Answers = {"order": ORDER, "ordered": "2026-11-23", "price": "18.70"}
MESSAGE = "test-buy-1-"


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def plan(team: Team, answers: Answers = PLAN) -> str:
    return notice(
        await team.submit(asked(await team.press("plan-test-buy", CASE, BEN)), answers, BEN)
    )


async def planned(team: Team) -> PlannedBuy:
    [buy] = await team.app.store.page(PLANNED_BUYS)
    return buy


def message(team: Team) -> Card:
    [name] = [each for each in team.chat.order if each.startswith(MESSAGE)]
    return team.chat.cards[name]


async def order(team: Team) -> str:
    return notice(
        await team.submit(asked(await team.press("test-buy-ordered", CASE, BEN)), ORDERED, BEN)
    )


async def unpack(team: Team) -> str:
    digest = await team.app.evidence.keep(b"a photo", {"at": "now"})
    photo = Upload("a.png", "image/png", 7, digest)
    ask = asked(await team.press("test-buy-arrived", CASE, BEN))
    return notice(await team.submit(ask, {"files": (photo,), "caption": "The box"}, BEN))


async def todo(team: Team, who: Person) -> list[str]:
    async with team.app.store.transaction() as tx:
        return [item.says for item in await tell_buyer(team.app, tx, who)]


def initial(ask: Ask) -> dict[str, str]:
    asking = (Text, Date, Choice)
    return {each.name: each.initial for each in ask.form.inputs if isinstance(each, asking)}


async def test_a_plan_says_who_buys_where_to_and_at_what_cost(hit: Team) -> None:
    assert await plan(hit) == "Planned. C-1 shows the test buy in its thread."
    buy = await planned(hit)
    assert (buy.buyer, buy.place, buy.asin) == (BEN[0], PLACE, ASIN)
    assert str(buy.budget) == "USD 30.00"
    card = shown(message(hit))
    assert card.startswith("Test buy for C-1: not ordered yet")
    assert all(words in card for words in ("Buyer: Ben", f"Deliver to: {PLACE}", "USD 30.00"))
    assert [button.label for button in message(hit).buttons] == ["Ordered", "Cancel test buy"]


async def test_whoever_plans_is_told_to_buy_in_private(hit: Team) -> None:
    form = asked(await hit.press("plan-test-buy", CASE, BEN)).form
    assert "private account, to a private address" in form.intro
    assert "not from the login or address of your seller account" in form.intro
    assert initial(asked(await hit.press("plan-test-buy", CASE, BEN)))["remind"] == "2026-11-25"


async def test_a_plan_is_offered_where_evidence_is_collected(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    ask = asked(await hit.submit(ask, {"what": "plan"}, BEN))
    assert ask.form.id == "plan-test-buy"
    assert notice(await hit.submit(ask, PLAN, BEN)).startswith("Planned.")
    again = asked(await hit.press("collect", CASE, BEN))
    [what] = [each for each in again.form.inputs if isinstance(each, Choice)]
    assert "plan" not in {option.value for option in what.options}


async def test_a_plan_is_offered_where_it_is_too_early_to_report(hit: Team) -> None:
    ask = asked(await hit.press("report", CASE, BEN))
    ask = asked(await hit.submit(ask, {"matter": "doubt"}, BEN))
    await hit.submit(ask, {"seen": "copy", "grounds": "suspicion"}, BEN)
    buttons = [each.action for card in hit.chat.cards.values() for each in card.buttons]
    assert "plan-test-buy" in buttons


async def test_no_plan_is_offered_where_a_test_buy_proves_nothing(team: Team) -> None:
    await team.look(OURS, THEIRS)
    ask = asked(await team.press("report", CASE, BEN))
    ask = asked(await team.submit(ask, {"matter": "rights"}, BEN))
    told = notice(await team.submit(ask, {"seen": "design"}, BEN))
    assert told.startswith(Recommendation.COLLECT.label)
    buttons = [each.action for card in team.chat.cards.values() for each in card.buttons]
    assert "plan-test-buy" not in buttons


async def test_another_member_of_the_team_may_buy(hit: Team) -> None:
    await hit.press("assign", CASE, ANA)
    ask = asked(await hit.press("plan-test-buy", CASE, BEN))
    [who] = [each for each in ask.form.inputs if isinstance(each, Choice)]
    assert [option.label for option in who.options] == ["Ben", "Ana"]
    await hit.submit(ask, {**PLAN, "buyer": ANA[0].id}, BEN)
    assert (await planned(hit)).buyer == ANA[0]
    assert await todo(hit, ANA[0]) == ["C-1: order the test buy"]
    assert await todo(hit, BEN[0]) == []


@pytest.mark.parametrize("duties", [("lead", "rights", "account"), ("account", "lead", "rights")])
async def test_whoever_asks_comes_first_and_the_others_in_one_order(
    hit: Team, duties: tuple[str, ...]
) -> None:
    people = {"lead": BEN[0], "rights": Person("zoe", "zoe"), "account": Person("kim", "Kim")}
    async with hit.app.store.transaction() as tx:
        tx.put(TEAMS, Chosen(duties={duty: people[duty] for duty in duties}))
    await hit.press("assign", CASE, ANA)
    ask = asked(await hit.press("plan-test-buy", CASE, BEN))
    [who] = [each for each in ask.form.inputs if isinstance(each, Choice)]
    assert [option.label for option in who.options] == ["Ben", "Ana", "Kim", "zoe"]
    assert who.initial == BEN[0].id


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "12 Main Street"}, "keeps no address"),
        ({"place": "Main Street, Springfield"}, "keeps no address"),
        ({"budget": "much"}, "price"),
        ({"remind": "2026-11-22"}, "within the next 60 days"),
        ({"remind": "9999-12-31"}, "within the next 60 days"),
    ],
)
async def test_what_cannot_be_planned_is_asked_again(hit: Team, wrong: Answers, says: str) -> None:
    ask = asked(await hit.press("plan-test-buy", CASE, BEN))
    ask = asked(await hit.submit(ask, {**PLAN, **wrong}, BEN))
    assert list(ask.errors) == [*wrong]
    assert says in next(iter(ask.errors.values()))
    assert await hit.app.store.count(PLANNED_BUYS) == 0


async def test_there_is_one_plan_at_a_time(hit: Team) -> None:
    ask = asked(await hit.press("plan-test-buy", CASE, BEN))
    await plan(hit)
    assert "already buys one for C-1" in notice(await hit.submit(ask, PLAN, BEN))
    assert "already planned" in notice(await hit.press("plan-test-buy", CASE, BEN))


async def test_from_the_plan_to_the_evidence(hit: Team) -> None:
    await plan(hit)
    assert await order(hit) == "Saved. C-1 waits for the parcel."
    assert f"Order: {ORDER} · 2026-11-23 · USD 18.70" in shown(message(hit))
    assert await todo(hit, BEN[0]) == ["C-1: has the test buy arrived?"]
    hit.clock.advance(days=2)
    told = await unpack(hit)
    assert told.startswith("Added to C-1: E-1. Compare it with the genuine product")
    assert message(hit).title == "Test buy for C-1: arrived, not recorded yet"
    ask = asked(await hit.press("record-test-buy", CASE, BEN))
    assert initial(ask)["what"] == "test-buy"
    ask = asked(await hit.submit(ask, {"what": "test-buy"}, BEN))
    known = initial(ask)
    assert (known["order"], known["seller"], known["price"]) == (ORDER, THIEF, "18.70")
    ask = asked(await hit.submit(ask, TEST_BUY, BEN))
    assert (initial(ask)["ordered"], initial(ask)["arrived"]) == ("2026-11-23", "2026-11-25")
    ask = asked(await hit.submit(ask, {**TEST_BUY, "arrived": "2026-11-25"}, BEN))
    assert notice(await hit.submit(ask, TEST_BUY, BEN)) == "Added to C-1: E-2."
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    assert shown(message(hit)) == "Test buy for C-1: recorded\nSee E-2."
    photo, bought = await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert (photo.kind, photo.asin) == (EvidenceKind.RECEIVED, ASIN)
    assert bought.purchase is not None
    assert bought.purchase.price == Money(Decimal("18.70"), "USD")


async def test_another_order_leaves_the_plan_of_the_one_that_is_on_its_way(hit: Team) -> None:
    await plan(hit)
    await order(hit)
    await collect(hit, EvidenceKind.TEST_BUY, {**TEST_BUY, "order": "111-7654321-7654321"})
    assert (await planned(hit)).order == ORDER
    assert await todo(hit, BEN[0]) == ["C-1: has the test buy arrived?"]
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    assert shown(message(hit)) == "Test buy for C-1: recorded\nSee E-2."


async def test_a_test_buy_of_another_product_leaves_the_plan(hit: Team) -> None:
    await plan(hit)
    await hit.look(OURS, THEIRS, asin=SECOND)
    await collect_of_two(hit, SECOND)
    assert (await planned(hit)).asin == ASIN
    await collect_of_two(hit, ASIN)
    assert await hit.app.store.count(PLANNED_BUYS) == 0


async def collect_of_two(team: Team, asin: str) -> None:
    """Record a test buy of one of the case's two products."""
    ask = asked(await team.press("collect", CASE, BEN))
    what: Answers = {"what": EvidenceKind.TEST_BUY.value, "asin": asin}
    bought: Answers = {**TEST_BUY, "asin": asin}
    assert "Added to C-1" in await answer(team, ask, what, bought, bought, bought)


async def test_the_list_of_evidence_leads_to_the_next_step(hit: Team) -> None:
    await collect(hit, EvidenceKind.ORDERS, {"files": (), "typed": "", "none": "New here."})

    async def labels() -> list[str]:
        [reply] = await hit.type("/evidence 1", BEN)
        return [button.label for button in reply.card.buttons]  # type: ignore[union-attr]

    assert await labels() == ["Collect evidence", "Plan a test buy"]
    await plan(hit)
    assert await labels() == ["Collect evidence", "Ordered"]
    assert "Test buy: not ordered yet" in card_text(await hit.type("/evidence 1", BEN))


async def test_steps_out_of_their_order_are_refused(hit: Team) -> None:
    await plan(hit)
    again = asked(await hit.press("test-buy-ordered", CASE, BEN))
    assert "not ordered" in await unpack(hit)
    await order(hit)
    assert "already ordered" in notice(await hit.submit(again, ORDERED, BEN))
    await unpack(hit)
    assert "already arrived" in await unpack(hit)


async def test_an_order_is_asked_for_in_the_same_words_with_and_without_a_plan(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    bought = asked(await hit.submit(ask, {"what": "test-buy"}, BEN))
    arrival = asked(await hit.submit(bought, TEST_BUY, BEN))
    recorded = {each.name: each for each in (*bought.form.inputs, *arrival.form.inputs)}
    await plan(hit)
    ordered = asked(await hit.press("test-buy-ordered", CASE, BEN)).form.inputs
    assert [each.name for each in ordered] == ["order", "ordered", "price"]
    for each in ordered:
        assert msgspec.structs.replace(recorded[each.name], required=each.required) == each


async def test_an_order_of_tomorrow_is_asked_again(hit: Team) -> None:
    await plan(hit)
    ask = asked(await hit.press("test-buy-ordered", CASE, BEN))
    wrong: Answers = {"order": "12", "ordered": "2026-11-24", "price": "cheap"}
    assert set(asked(await hit.submit(ask, wrong, BEN)).errors) == set(wrong)


async def test_a_canceled_plan_leaves_no_task(hit: Team) -> None:
    await plan(hit)
    assert notice(await hit.press("cancel-test-buy", CASE, BEN)) == "Canceled the test buy for C-1."
    assert shown(message(hit)) == "Test buy for C-1: canceled\nCanceled by Ben."
    assert await todo(hit, BEN[0]) == []
    assert "canceled or recorded" in notice(await hit.press("test-buy-ordered", CASE, BEN))
    assert (await plan(hit)).startswith("Planned.")


async def test_a_closed_case_waits_for_no_parcel(hit: Team) -> None:
    await plan(hit)
    ask = asked(await hit.press("close", CASE))
    await hit.submit(ask, {"reason": "false-alarm", "note": ""})
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    assert "The case was closed." in shown(message(hit))


async def test_a_plan_ends_with_the_trust_that_closes_its_case(hit: Team) -> None:
    await plan(hit)
    await hit.authorise(THIEF)
    await hit.dispatcher.deliver()
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    assert "The case was closed." in shown(message(hit))
    assert message(hit).buttons == ()
    hit.clock.advance(days=3)
    await tick(hit.app, hit)
    assert reminders(hit) == []


async def test_a_plan_stays_where_trust_leaves_something_of_its_case(hit: Team) -> None:
    await hit.look(OURS, THEIRS, asin=SECOND)
    await plan(hit)
    await hit.authorise(THIEF, SECOND)
    assert (await planned(hit)).buyer == BEN[0]


async def test_a_plan_that_outlived_its_case_goes_with_its_evidence(hit: Team) -> None:
    """Earlier versions let it stay when its seller was trusted."""
    await plan(hit)
    left = await planned(hit)
    ask = asked(await hit.press("close", CASE))
    await hit.submit(ask, {"reason": "false-alarm", "note": ""})
    async with hit.app.store.transaction() as tx:
        tx.put(PLANNED_BUYS, left)
    await hit.type("/settings keep 365")
    await confirmed_after(hit, days=400)
    await Retention(hit.app).tick()
    assert await hit.app.store.count(PLANNED_BUYS) == 0


def reminders(team: Team) -> list[str]:
    return [
        team.chat.cards[each].title for each in team.chat.order if each.startswith("C-1/test-buy-")
    ]


async def tick(app: AppContext, team: Team) -> None:
    await FollowUps(app).tick()
    await team.dispatcher.deliver()


async def test_the_buyer_is_reminded_on_the_chosen_day_and_not_before(hit: Team) -> None:
    await plan(hit)
    hit.clock.advance(days=1)
    await tick(hit.app, hit)
    assert reminders(hit) == []
    hit.clock.advance(days=1)
    await tick(hit.app, hit)
    await tick(hit.app, hit)
    assert reminders(hit) == ["Ben: order the test buy"]
    [name] = [each for each in hit.chat.order if each.startswith("C-1/test-buy-")]
    assert hit.chat.messages[name].ping
    assert PLACE not in shown(hit.chat.cards[name])


async def test_nobody_is_reminded_in_the_quiet_hours_or_on_a_sunday(hit: Team) -> None:
    await plan(hit)
    await hit.type("/settings quiet 9-12")
    hit.clock.advance(days=2)
    await tick(hit.app, hit)
    hit.clock.advance(days=4)
    await tick(hit.app, hit)
    assert reminders(hit) == []
    hit.clock.advance(days=1, hours=3)
    await tick(hit.app, hit)
    assert reminders(hit) == ["Ben: order the test buy"]


async def test_reminders_grow_rare_and_end(hit: Team) -> None:
    await plan(hit)
    for _ in range(120):
        hit.clock.advance(days=1)
        await tick(hit.app, hit)
    assert len(reminders(hit)) == REMINDERS
    [*_, last] = [each for each in hit.chat.order if each.startswith("C-1/test-buy-")]
    assert "This is the last reminder" in hit.chat.cards[last].body
    assert await todo(hit, BEN[0]) == ["C-1: order the test buy"]


async def test_the_plan_shows_the_reminder_that_comes_next_and_none_that_is_past(hit: Team) -> None:
    await plan(hit)
    assert "Reminder: 25 Nov" in shown(message(hit))
    hit.clock.advance(days=2)
    await tick(hit.app, hit)
    assert "Reminder: 27 Nov" in shown(message(hit)), "two days later"
    for _ in range(120):
        hit.clock.advance(days=1)
        await tick(hit.app, hit)
    assert "Reminder" not in shown(message(hit)), "that was the last one"


async def test_a_reminder_that_was_put_off_is_not_shown_with_its_day(hit: Team) -> None:
    await plan(hit)
    hit.clock.advance(days=3)
    buy = await planned(hit)
    ask = asked(await hit.type(f"/redact 1 {buy.entry}"))
    await hit.submit(ask, {"why": WHY})
    await hit.dispatcher.deliver()
    assert "Reminder" not in shown(message(hit))


async def test_an_order_that_does_not_come_is_asked_about(hit: Team) -> None:
    await plan(hit)
    await order(hit)
    hit.clock.advance(days=4)
    await tick(hit.app, hit)
    assert reminders(hit) == []
    hit.clock.advance(days=3)
    await tick(hit.app, hit)
    assert reminders(hit) == ["Ben: has the test buy arrived?"]


async def test_a_clock_that_was_ahead_puts_no_reminder_off(hit: Team) -> None:
    await plan(hit)
    hit.clock.advance(days=365)
    await order(hit)
    hit.clock.now -= timedelta(days=365)
    await tick(hit.app, hit)
    buy = await planned(hit)
    assert buy.due_at is not None
    assert buy.due_at - hit.clock.now <= timedelta(days=5)


async def test_where_it_goes_is_gone_once_its_entry_is_redacted(hit: Team, tmp_path: Path) -> None:
    await plan(hit)
    assert on_disk(tmp_path, PLACE)
    buy = await planned(hit)
    ask = asked(await hit.type(f"/redact 1 {buy.entry}"))
    await hit.submit(ask, {"why": WHY})
    await hit.dispatcher.deliver()
    assert PLACE not in shown(message(hit))
    await assert_gone(hit, tmp_path, PLACE)
    assert (await planned(hit)).buyer == BEN[0]


async def test_the_order_id_of_a_canceled_plan_is_gone(hit: Team, tmp_path: Path) -> None:
    await plan(hit)
    await order(hit)
    assert on_disk(tmp_path, ORDER)
    await hit.press("cancel-test-buy", CASE, BEN)
    await hit.work()
    await assert_gone(hit, tmp_path, ORDER)


async def test_photos_of_a_parcel_lead_to_the_comparison(hit: Team) -> None:
    await photo(hit, EvidenceKind.GENUINE)
    await plan(hit)
    await order(hit)
    content = await hit.app.evidence.keep(b"a photo", {"at": "now"})
    ask = asked(await hit.press("test-buy-arrived", CASE, BEN))
    shot = Upload("a.png", "image/png", 7, content)
    said, offer = await hit.submit(ask, {"files": (shot,), "caption": "The box"}, BEN)
    assert notice([said]).startswith("Added to C-1: E-2.")
    assert isinstance(offer, Post)
    assert [button.label for button in offer.card.buttons] == ["Mark differences"]


async def close_case(hit: Team) -> None:
    ask = asked(await hit.press("close", CASE, BEN))
    await hit.submit(ask, {"reason": "gone", "note": ""}, BEN)


async def test_a_plan_comes_back_with_its_case_when_closing_it_is_undone(hit: Team) -> None:
    await plan(hit)
    before, card = await planned(hit), message(hit)
    await close_case(hit)
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    assert message(hit) != card
    await hit.undo_last(ANA)
    assert await planned(hit) == before
    assert message(hit) == card


async def test_a_place_that_is_removed_meanwhile_does_not_come_back(hit: Team) -> None:
    await plan(hit)
    buy = await planned(hit)
    assert buy.place
    await close_case(hit)
    ask = asked(await hit.type(f"/redact 1 {buy.entry}", ANA))
    await hit.submit(ask, {each.name: "A home address." for each in ask.form.inputs}, ANA)
    assert buy.place not in repr(await hit.app.store.page(UNDOABLES))
    await hit.undo_last(ANA)
    assert await planned(hit) == buy.without_words


async def test_a_plan_comes_back_when_the_trust_that_ended_its_case_is_undone(hit: Team) -> None:
    await plan(hit)
    before = await planned(hit)
    await hit.authorise_on_case(CASE)
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    await hit.undo(ANA)
    assert await planned(hit) == before
    lawful = asked(await hit.press("close", CASE, ANA))
    await hit.submit(lawful, {"reason": "lawful", "note": ""}, ANA)
    assert await hit.app.store.count(PLANNED_BUYS) == 0
    await hit.undo(ANA)
    assert await planned(hit) == before
