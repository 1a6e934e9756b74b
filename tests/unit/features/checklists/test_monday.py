"""On Monday at nine: a checklist from its post to 'That was all', as people see it."""

from __future__ import annotations

from bot.core.cards import Tone
from bot.core.interactions import Audience, Click, Update
from bot.core.team import Team as Chosen
from bot.features.cases.collections import CASES
from bot.features.checklists.collections import ITEM_STATUSES
from bot.features.checklists.models.runs import Answer, Ending
from tests.unit.conftest import ANA, PLACE, Team, asked
from tests.unit.features.checklists.guarding import (
    SECURITY,
    button,
    card,
    guarded,
    monday,
    press,
    run,
)


async def test_one_card_comes_and_everything_else_is_private(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team, Chosen(duties={"account": ANA[0]}))
    assert team.chat.order == ["K-1"]
    shown = team.chat.cards["K-1"]
    assert shown.title == "Account security, week 48"
    assert shown.body.splitlines() == [
        "3 items, about 3 minutes, for Ana",
        "☐ Users and permissions",
        "☐ API keys",
        "☐ Mailbox rules",
    ]
    assert [each.label for each in shown.buttons] == ["Begin"]


async def test_a_person_goes_through_the_items_in_five_presses(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    first = card(await press(team, team.chat.cards["K-1"], "Begin"))
    assert first.title == "Users and permissions"
    assert [each.label for each in first.buttons] == [
        "Done",
        "Problem",
        "Not for us",
        "Explain",
        "Skip",
        "Take over",
        "Open on Amazon",
    ]
    assert "Last time" not in first.body
    ask = asked(await press(team, first, "Done"))
    second = card(await team.submit(ask, {"proof": "ana\nben"}))
    assert second.title == "API keys"
    assert second.body.startswith("✓ Users and permissions: First time, so nothing to compare.")
    ask = asked(await press(team, second, "Problem"))
    third = card(await team.submit(ask, {"wrong": "A key of last year still works"}))
    assert third.title == "Mailbox rules"
    assert third.body.startswith("✗ API keys: C-1 is open.")
    last = card(await press(team, third, "Done"))
    assert last.title == "All answered: 2 done, 1 problem. Thank you."
    shown = team.chat.cards["K-1"]
    assert shown.title == "Account security, week 48: all answered"
    assert (shown.buttons, shown.tone) == ((), Tone.WARNING)
    assert shown.body.splitlines() == [
        "2 done, 1 problem, all by Ana.",
        "✓ Users and permissions",
        "✗ API keys: C-1",
        "✓ Mailbox rules",
    ]
    assert team.chat.order == ["K-1", "C-1"]
    closed = await run(team, 1)
    assert (closed.open, closed.ending, closed.due_at) == (False, Ending.ANSWERED, None)


async def test_the_next_item_takes_the_place_of_the_answered_one(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    click = Click(
        id="x",
        who=ANA[0],
        role=ANA[1],
        where=PLACE,
        at=team.clock.now,
        action="item-done",
        ref="000001/keys",
        audience=Audience.ONE,
    )
    [reply] = await team.router.handle(click)
    assert isinstance(reply, Update)
    assert reply.card.title == "Mailbox rules"


async def test_the_problem_opens_a_case_that_says_what_was_found(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/keys"))
    await team.submit(ask, {"wrong": "A key of last year still works"})
    [case] = await team.app.store.page(CASES)
    assert case.fingerprint == "US/problem/account-security/keys"
    shown = team.chat.cards["C-1"]
    assert shown.title == "Problem: API keys"
    assert "A key of last year still works" in str(shown.fields)
    assert "Authorize seller" not in [each.label for each in shown.pressable]


async def test_skip_leaves_an_item_for_later(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    first = card(await team.press("begin", "000001"))
    second = card(await press(team, first, "Skip"))
    third = card(await press(team, second, "Done"))
    assert third.title == "Mailbox rules"
    last = card(await press(team, third, "Not for us"))
    assert last.title == "1 item left for later. 1 done, 1 not for us."
    assert card(await press(team, last, "Continue")).title == "Users and permissions"


async def test_a_slip_of_the_thumb_is_taken_back(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    following = card(await team.press("item-not-ours", "000001/keys"))
    again = card(await press(team, following, "Back"))
    assert "Answered by Ana: not for us." in again.body
    await press(team, again, "Done")
    standing = await team.app.store.get(ITEM_STATUSES, "account-security/keys")
    assert standing is not None
    assert standing.answer is Answer.DONE


async def test_explain_says_why_and_where_it_stands_in_the_article(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    shown = card(await team.press("item-explain", "000001/users"))
    for words in (
        "A user whom nobody knows can change every price.",
        "Whoever has the account has the brand.",
        "2. Copy the names of all users.",
        "'Establish security measures'",
        "Worth 5 points in the score.",
    ):
        assert words in shown.body
    assert button(shown, "Done").ref == "000001/users"
