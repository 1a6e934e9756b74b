"""/security and /duties: the score with its parts, what is not for us, and who looks after what."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.core.cards import Tone
from bot.core.charts import Bars, Course
from bot.core.collections import SESSIONS
from bot.core.team import Team as Chosen
from bot.features.checklists.collections import ITEM_STATUSES
from bot.features.checklists.models.definitions import Area
from tests.unit.conftest import ANA, BEN, Team, asked, card_text, notice
from tests.unit.features.checklists.guarding import (
    KEYS,
    MAIL,
    MONDAY,
    PLAYBOOK,
    SECURITY,
    USERS,
    card,
    guarded,
    monday,
    press,
    tick,
)

RIGHTS = msgspec.structs.replace(
    SECURITY,
    id="rights",
    title="Trademarks",
    area=Area.RIGHTS,
    cadence="0 9 1-7 * mon",
    items=(msgspec.structs.replace(KEYS, id="renewal", title="Renewals", expires=90),),
)


async def answered(team: Team) -> Team:
    """Return a team that answered one checklist: a problem, one done, one not for us."""
    team = guarded(team, SECURITY, RIGHTS, PLAYBOOK)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/users"))
    await team.submit(ask, {"wrong": "temp-va is unknown"})
    await team.press("item-done", "000001/keys")
    await team.press("item-not-ours", "000001/mail")
    return team


async def test_before_the_first_checklist_it_says_what_comes(team: Team) -> None:
    assert card(await team.type("/security")).title == "No security score yet"


async def test_the_score_shows_what_it_comes_from(team: Team) -> None:
    team = await answered(team)
    shown = card(await team.type("/security", BEN))
    assert shown.title == "Security score: 27/100"
    assert shown.tone is Tone.CRITICAL
    assert shown.body.splitlines() == [
        "Capped at 60 while an alarm is open: Users and permissions",
        "3 of 11 points. Each item counts by its weight.",
        "",
        "Biggest gaps:",
        "-5 · Users and permissions (problem since 23 Nov, C-1)",
        "-3 · Renewals (never answered)",
    ]
    areas = [(each.label, each.value) for each in shown.fields]
    assert areas == [("Account security", "3 of 8"), ("Intellectual property", "0 of 3")]
    assert [each.label for each in shown.buttons] == [
        "All items",
        "Post charts to channel",
        "Duties",
        "Not for us: 1",
    ]


async def test_what_matters_before_all_else_is_asked_first_and_named(team: Team) -> None:
    first = msgspec.structs.replace(MAIL, first=True)
    team = guarded(team, msgspec.structs.replace(SECURITY, items=(USERS, KEYS, first)))
    await monday(team)
    assert team.chat.cards["K-1"].body.splitlines()[1:] == [
        "☐ Do first: Mailbox rules",
        "☐ Users and permissions",
        "☐ API keys",
    ]
    shown = card(await team.type("/security"))
    [field] = [each for each in shown.fields if each.label == "Do these first"]
    assert field.value == "✗ Mailbox rules (never answered)"
    await team.press("item-done", "000001/mail")
    assert "Do these first" not in card_text(await team.type("/security"))


async def test_what_expires_soon_is_said_before(team: Team) -> None:
    team = guarded(team, RIGHTS)
    team.clock.now = MONDAY
    await tick(team)
    team.clock.now = MONDAY + timedelta(days=14)
    await tick(team)
    await team.press("item-done", "000001/renewal")
    assert "Expires" not in card_text(await team.type("/security"))
    team.clock.advance(days=61)
    assert "Expires within 30 days: 7 Mar 2027: Renewals" in card_text(await team.type("/security"))


async def test_all_parts_are_listed_by_area(team: Team) -> None:
    team = await answered(team)
    shown = card(await press(team, card(await team.type("/security")), "All items"))
    assert shown.title == "All items: 3 of 11 points"
    assert [(each.label, each.value) for each in shown.fields] == [
        ("✗ 0 of 5", "Users and permissions\nproblem since 23 Nov, C-1"),
        ("✓ 3 of 3", "API keys\ndone today"),
        ("✗ 0 of 3", "Renewals\nnever answered"),
    ]
    one = card(await team.type("/security rights"))
    assert (one.title, len(one.fields)) == ("Intellectual property: 0 of 3 points", 1)
    assert "Choose one of: all, security" in notice(await team.type("/security everything"))


async def test_what_is_not_for_us_is_listed_and_taken_back(team: Team) -> None:
    team = await answered(team)
    shown = card(await team.type("/security not-for-us"))
    assert shown.title == "1 item marked 'Not for us'"
    asked = [(each.label, each.value) for each in shown.fields]
    assert asked == [("Ana, comes back 23 Nov 2027", "Mailbox rules")]
    after = card(await press(team, shown, "Ask again: Mailbox rules", BEN))
    assert after.title == "No items are marked 'Not for us'"
    assert "4 of 12" not in card_text(await team.type("/security"))
    assert "3 of 12 points" in card_text(await team.type("/security"))
    team.clock.advance(days=7)
    await tick(team)
    assert "Mailbox rules" in team.chat.cards["K-2"].body


async def test_a_duty_is_taken_by_a_press(team: Team) -> None:
    team = guarded(team, SECURITY)
    shown = card(await team.type("/duties", BEN))
    assert ("Account and access", "no one") in [(each.label, each.value) for each in shown.fields]
    after = card(await press(team, shown, "Take over: Account and access", BEN))
    assert after.body == "Ben now has this duty: Account and access."
    await monday(team)
    assert "3 items, about 3 minutes, for Ben\n" in team.chat.cards["K-1"].body


async def test_the_first_may_lead_then_only_an_admin_changes_it(team: Team) -> None:
    await team.press("take-duty", "lead", BEN)
    assert "Listings: Ben, as the lead" in card_text(await team.type("/duties"))
    assert "not allow" in notice(await team.press("take-duty", "lead", BEN))
    await team.press("take-duty", "lead", ANA)
    assert "Lead: Ana" in card_text(await team.type("/duties"))
    assert "Choose one of" in notice(await team.press("take-duty", "boss", ANA))


async def test_todo_leads_back_to_where_one_stopped(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team, Chosen(duties={"account": ANA[0]}))
    await team.press("item-done", "000001/keys")
    shown = card(await team.type("/todo"))
    [waits] = [each for each in shown.fields if each.label == "Also open"]
    assert waits.value == "• Account security, week 48: 2 items left, 2 yours"
    first = card(await press(team, shown, "Continue: Account security, week 48"))
    assert first.title == "Users and permissions"
    # Nothing of it is Ben's.
    assert "Also open" not in card_text(await team.type("/todo", BEN))


async def test_todo_tells_of_open_problems(team: Team) -> None:
    team = await answered(team)
    assert "• 1 checklist problem: C-1" in card_text(await team.type("/todo"))


async def test_a_secret_reaches_no_store(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-done", "000001/users"))
    again = asked(await team.submit(ask, {"proof": "ana\nAKIAIOSFODNN7EXAMPLE"}))
    assert again.errors == {
        "proof": "Line 2 looks like an access token. Enter only names and submit again."
    }
    ask = asked(await team.press("item-problem", "000001/users"))
    again = asked(await team.submit(ask, {"wrong": "They know our password: hunter2!"}))
    assert again.errors["wrong"].startswith("This looks like it contains a password or key.")
    kept = str(await team.app.store.page(SESSIONS))
    assert "AKIA" not in kept
    assert "hunter2" not in kept
    assert await team.app.store.count(ITEM_STATUSES) == 0


async def test_the_course_is_drawn_for_all(team: Team) -> None:
    team = await answered(team)
    for _ in range(35):
        team.clock.advance(days=1)
        await tick(team)
    shown = card(await team.type("/security"))
    assert "appear in the channel" in notice(await press(team, shown, "Post charts to channel"))
    await team.work()
    posted = [key for key in team.chat.order if key.startswith("pictures/score")]
    assert len(posted) == 1
    course, areas = team.printer.charts
    assert isinstance(course, Course)
    assert isinstance(areas, Bars)
    assert (len(course.points), course.points[0].label, course.points[-1].label) == (
        36,
        "23 Nov",
        "28 Dec",
    )
    assert [each.label for each in course.points if each.label][1:-1] == ["1 Dec"]
    assert course.says == (
        "The score is 0 of 100, down 27 since 28 Nov. Start with 'Users and permissions', which "
        "costs 5 (problem since 23 Nov, C-1)."
    )
    assert areas.says.startswith("Account security is weakest: 0 of 8 points.")
    assert [bar.strong for bar in areas.bars] == [True, False]
