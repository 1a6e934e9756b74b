"""A list with users or apps that came or went: a red card, until somebody explains each change."""

from __future__ import annotations

import pytest

from bot.core.cards import Card, Tone
from bot.core.forms import Choices
from bot.core.team import Team as Chosen
from bot.features.cases.collections import CASES
from bot.features.checklists.collections import ITEM_STATUSES, SCORES
from bot.features.checklists.models.runs import Answer, ItemStatus
from bot.features.checklists.models.score_points import ScorePoint
from bot.features.checklists.service.items import present_score
from tests.unit.conftest import ANA, BEN, Team, asked, card_text, notice
from tests.unit.features.checklists.guarding import (
    SECURITY,
    card,
    guarded,
    monday,
    press,
    run,
    tick,
)

STRANGERS = ("Parcel Insights, all permissions", "temp-va, edit", "x9 support, view")


@pytest.fixture
async def weekly(team: Team) -> Team:
    """The second week: Ana and Ben were the users of the first."""
    team = guarded(team, SECURITY)
    await monday(team, Chosen(duties={"account": ANA[0]}))
    await enters(team, "000001/users", "ana", "ben")
    team.clock.advance(days=7)
    await tick(team)
    return team


async def enters(team: Team, ref: str, *names: str) -> Card:
    ask = asked(await team.press("item-done", ref))
    return card(await team.submit(ask, {"proof": "\n".join(names)}))


async def explains(team: Team, ours: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> str:
    ask = asked(await team.press("item-change", "000002/users", BEN))
    return notice(await team.submit(ask, {"ours": ours, "removed": removed}, BEN))


async def users(team: Team) -> ItemStatus:
    found = await team.app.store.get(ITEM_STATUSES, "account-security/users")
    assert found is not None
    return found


def alarms(team: Team) -> list[str]:
    return [key for key in team.chat.order if key.startswith("changed-")]


async def test_strangers_are_a_red_card_in_the_channel_and_no_tick(weekly: Team) -> None:
    after = await enters(weekly, "000002/users", *STRANGERS)
    assert "Until then, the item is not done." in after.body
    [name] = alarms(weekly)
    told = weekly.chat.messages[name]
    assert (told.thread, told.card.tone, told.ping) == (None, Tone.CRITICAL, True)
    assert told.card.title == "3 unknown users, 2 users gone"
    assert all(f"• {each}" in told.card.body for each in (*STRANGERS, "ana", "ben"))
    assert "Ana, please explain this now. Not ours? Report a problem" in told.card.body
    shown = weekly.chat.cards["K-2"]
    assert "? Users and permissions: to be explained" in shown.body
    assert "3 items" in shown.body
    assert shown.tone is Tone.CRITICAL
    assert (await users(weekly)).answer is Answer.UNEXPLAINED
    [part] = [each for each in (await present_score(weekly.app)).parts if each.item == "users"]
    assert (part.got, part.why) == (0, "changes not explained since 30 Nov")


async def test_the_run_is_not_over_while_a_change_is_unexplained(weekly: Team) -> None:
    await enters(weekly, "000002/users", *STRANGERS)
    await weekly.press("item-done", "000002/keys")
    await weekly.press("item-done", "000002/mail")
    asked_now = await run(weekly, 2)
    assert asked_now.open
    assert [task.item.id for task in asked_now.left] == ["users"]
    assert "1 of 3 items left" in weekly.chat.cards["K-2"].body
    assert "1 item left, 1 yours, 1 to be explained" in card_text(await weekly.type("/todo"))
    shown = card(await press(weekly, weekly.chat.cards["K-2"], "Continue"))
    labels = [each.label for each in shown.buttons]
    assert labels[:3] == ["Explain changes", "Problem", "Enter list again"]
    assert "Not for us" not in labels
    assert "Explain the changes first" in notice(
        await weekly.press("item-not-ours", "000002/users")
    )


async def test_all_ours_makes_it_done_and_the_list_what_later_ones_are_held_against(
    weekly: Team,
) -> None:
    await enters(weekly, "000002/users", "ana", "temp-va")
    assert "done, all changes explained" in await explains(weekly, ("0",), ("0",))
    assert (await users(weekly)).answer is Answer.DONE
    [name] = alarms(weekly)
    shown = weekly.chat.cards[name]
    assert (shown.tone, shown.buttons) == (Tone.GOOD, ())
    assert shown.body.endswith("Ben explained this: all expected.")
    weekly.clock.advance(days=7)
    await tick(weekly)
    assert (
        "no change since the last review"
        in (await enters(weekly, "000003/users", "ana", "temp-va")).body
    )


async def test_whoever_is_not_ours_is_a_case_and_stays_unknown(weekly: Team) -> None:
    await enters(weekly, "000002/users", "ana", "ben", "new colleague", "temp-va, edit")
    said = await explains(weekly, ours=("0",))
    assert "C-1 is open." in said
    [case] = await weekly.app.store.page(CASES)
    assert case.fingerprint == "US/problem/account-security/users"
    assert "Unknown users: temp-va, edit." in str(weekly.chat.cards["C-1"].fields)
    assert weekly.chat.cards["C-1"].tone is Tone.CRITICAL
    status = await users(weekly)
    assert (status.answer, status.case) == (Answer.PROBLEM, 1)
    assert status.proof is not None
    assert status.proof.entries == ("ana", "ben", "new colleague")
    [name] = alarms(weekly)
    assert weekly.chat.cards[name].body.endswith("Ben reported a problem: C-1.")


async def test_the_card_leads_to_the_form_and_to_a_problem(weekly: Team) -> None:
    await enters(weekly, "000002/users", "ana", "ben", "temp-va")
    [name] = alarms(weekly)
    shown = weekly.chat.cards[name]
    form = asked(await press(weekly, shown, "Explain the changes", BEN)).form
    assert [each.name for each in form.inputs] == ["ours"]
    ask = asked(await press(weekly, shown, "Report a problem", BEN))
    assert "C-1 is open" in notice(await weekly.submit(ask, {"wrong": "Who is that?"}, BEN))
    assert "Nothing is left to explain" in notice(await weekly.press("item-change", "000002/users"))


async def test_strangers_do_not_become_known_by_being_entered_twice(weekly: Team) -> None:
    for _ in range(2):
        await enters(weekly, "000002/users", "ana", "ben", "temp-va")
    assert len(alarms(weekly)) == 1
    assert (await users(weekly)).answer is Answer.UNEXPLAINED
    weekly.clock.advance(days=7)
    await tick(weekly)
    [name] = alarms(weekly)
    assert "K-3 asks for the list again." in weekly.chat.cards[name].body
    assert "K-3 replaces it" in notice(await weekly.press("item-change", "000002/users"))
    first = card(await press(weekly, weekly.chat.cards["K-3"], "Begin"))
    assert "Still to be explained: Ana entered a list that differs" in first.body
    await enters(weekly, "000003/users", "ana", "ben", "temp-va")
    assert (await users(weekly)).answer is Answer.UNEXPLAINED
    assert len(alarms(weekly)) == 2


async def test_what_is_to_be_explained_is_not_set_aside_in_the_next_run(weekly: Team) -> None:
    await enters(weekly, "000002/users", "ana", "ben", "temp-va")
    weekly.clock.advance(days=7)
    await tick(weekly)
    said = notice(await weekly.press("item-not-ours", "000003/users"))
    assert said == "The list has changed. Explain the changes first, or enter the list again."
    assert (await users(weekly)).answer is Answer.UNEXPLAINED


async def noted(team: Team) -> ScorePoint:
    [last] = await team.app.store.page(SCORES, limit=1, newest=True)
    return last


async def test_the_score_of_the_day_is_capped_from_the_alarm_to_its_explanation(
    weekly: Team,
) -> None:
    assert not (await noted(weekly)).alarmed
    await enters(weekly, "000002/users", "ana", "ben", "temp-va")
    assert (await noted(weekly)).alarmed
    await explains(weekly, ours=("0",))
    assert not (await noted(weekly)).alarmed


async def test_the_score_of_the_day_is_capped_while_strangers_are_a_case(weekly: Team) -> None:
    await enters(weekly, "000002/users", "ana", "ben", "temp-va")
    await explains(weekly)
    assert (await noted(weekly)).alarmed
    ask = asked(await weekly.press("close", "00000001"))
    await weekly.submit(ask, {"reason": "solved", "note": ""})
    assert not (await noted(weekly)).alarmed
    await weekly.press("reopen", "00000001")
    assert (await noted(weekly)).alarmed


async def test_a_list_that_was_entered_wrong_is_entered_again(weekly: Team) -> None:
    await enters(weekly, "000002/users", "ana", "ben", "Settings")
    await enters(weekly, "000002/users", "ana", "ben")
    assert (await users(weekly)).answer is Answer.DONE
    [name] = alarms(weekly)
    assert weekly.chat.cards[name].body.endswith("Ana entered the list again.")
    assert weekly.chat.cards[name].tone is Tone.QUIET


async def test_whoever_enters_the_list_of_another_is_led_back_to_it(weekly: Team) -> None:
    for item in ("keys", "mail"):
        await weekly.press("item-done", f"000002/{item}")
    ask = asked(await weekly.press("item-done", "000002/users", BEN))
    end = card(await weekly.submit(ask, {"proof": "ana\nben\ntemp-va"}, BEN))
    assert [each.label for each in end.buttons] == ["Back"]
    shown = card(await press(weekly, end, "Back", BEN))
    assert "Explain changes" in [each.label for each in shown.buttons]


async def test_who_is_only_gone_is_told_without_a_ping(weekly: Team) -> None:
    await enters(weekly, "000002/users", "ana")
    [name] = alarms(weekly)
    told = weekly.chat.messages[name]
    assert (told.card.title, told.card.tone, told.ping) == ("1 user gone", Tone.WARNING, False)
    assert (await users(weekly)).answer is Answer.UNEXPLAINED


async def test_of_very_many_the_rest_is_one_choice(weekly: Team) -> None:
    names = [f"user {place}" for place in range(40)]
    await enters(weekly, "000002/users", "ana", "ben", *names)
    ask = asked(await weekly.press("item-change", "000002/users", BEN))
    [choices] = ask.form.inputs
    assert isinstance(choices, Choices)
    options = choices.options
    assert (len(options), options[-1].label) == (25, "All 16 others")
    every = tuple(each.value for each in options)
    assert "explained" in notice(await weekly.submit(ask, {"ours": every}, BEN))
    assert (await users(weekly)).answer is Answer.DONE
