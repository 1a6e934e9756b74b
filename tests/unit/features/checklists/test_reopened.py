"""A case that is opened again: what ended with it goes on."""

from __future__ import annotations

import msgspec

from bot.core.cards import Tone
from bot.features.cases.models.cases import Case
from bot.features.checklists.collections import ITEM_STATUSES, RUNS
from bot.features.checklists.models.runs import Answer
from bot.features.checklists.service.items import present_score
from tests.unit.conftest import Team, asked, card_text, notice
from tests.unit.features.checklists.guarding import (
    PLAYBOOK,
    SECURITY,
    USERS,
    button,
    guarded,
    monday,
    press,
    run,
    tick,
)
from tests.unit.features.checklists.test_playbooks import attacked

WITH_USERS = msgspec.structs.replace(PLAYBOOK, items=(*PLAYBOOK.items, USERS))
MAIL = "account-security/mail"


async def closed(team: Team, key: str) -> None:
    ask = asked(await team.press("close", key))
    await team.submit(ask, {"reason": "solved", "note": ""})
    await tick(team)


async def problem(team: Team) -> Team:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/mail"))
    await team.submit(ask, {"wrong": "A rule hides all mail of Amazon"})
    await closed(team, "00000001")
    return team


async def under_attack(team: Team) -> tuple[Team, Case]:
    team = guarded(team, PLAYBOOK)
    case = await attacked(team)
    await team.press("item-done", "000001/lock")
    await closed(team, case.key)
    return team, case


async def test_its_problem_is_one_again(team: Team) -> None:
    team = await problem(team)
    assert "C-1 is closed but not confirmed" in card_text(await team.type("/security all"))
    await team.press("reopen", "00000001")
    assert "problem since 23 Nov, C-1" in card_text(await team.type("/security all"))
    assert "1 checklist problem: C-1" in card_text(await team.type("/todo"))


async def test_a_problem_that_is_done_meanwhile_stays_done(team: Team) -> None:
    team = await problem(team)
    team.clock.advance(days=7)
    await tick(team)
    await team.press("item-done", "000002/mail")
    await team.press("reopen", "00000001")
    standing = await team.app.store.get(ITEM_STATUSES, MAIL)
    assert standing is not None
    assert standing.answer is Answer.DONE


async def test_its_playbook_goes_on_where_it_was(team: Team) -> None:
    team, case = await under_attack(team)
    assert "its case is closed" in notice(await team.press("item-done", "000001/ask"))
    await team.press("reopen", case.key)
    await tick(team)
    shown = team.chat.cards["K-1"]
    assert shown.title == "Possible intruder in our account"
    assert shown.body.startswith("1 of 2 items left")
    assert button(shown, "Continue").ref == "000001"
    going = await run(team, 1)
    assert (going.open, going.closed_at, going.ending) == (True, None, None)
    assert going.due_at is not None
    await team.press("item-done", "000001/ask")
    assert not (await run(team, 1)).open


async def test_the_same_attack_within_the_hour_begins_no_second_playbook(team: Team) -> None:
    team, _ = await under_attack(team)
    team.clock.advance(minutes=10)
    await attacked(team, mark="A-2")
    assert await team.app.store.count(RUNS) == 1
    assert (await run(team, 1)).open


async def strangers(team: Team) -> tuple[Team, str]:
    """Return a team with a playbook about a user whom nobody explained, and its alarm's name."""
    team = guarded(team, WITH_USERS)
    await attacked(team)
    for names in ("ana", "ana\ntemp-va"):
        await team.press("item-not-ours", "000001/users")
        ask = asked(await team.press("item-done", "000001/users"))
        await team.submit(ask, {"proof": names})
    [name] = [each for each in team.chat.order if each.startswith("changed-")]
    return team, name


async def test_an_alarm_of_a_playbook_is_settled_when_its_case_is_closed(team: Team) -> None:
    team, name = await strangers(team)
    assert (await present_score(team.app)).alarms
    await closed(team, "00000001")
    shown = team.chat.cards[name]
    assert shown.body.endswith("Not explained: C-1 is closed. Reopen it to explain this.")
    assert (shown.tone, shown.buttons) == (Tone.WARNING, ())
    assert (await present_score(team.app)).alarms == ()
    last = await team.app.store.get(ITEM_STATUSES, "intrusion/users")
    assert last is not None
    assert last.proof is not None
    assert (last.answer, last.proof.entries) == (Answer.OPEN, ("ana",))


async def test_an_alarm_of_a_playbook_goes_on_with_its_case(team: Team) -> None:
    team, name = await strangers(team)
    before = team.chat.cards[name]
    await closed(team, "00000001")
    await team.press("reopen", "00000001")
    await tick(team)
    assert team.chat.cards[name] == before
    assert (await present_score(team.app)).alarms
    ask = asked(await press(team, before, "Explain the changes"))
    assert "all changes explained" in notice(await team.submit(ask, {"ours": ("0",)}))
    assert (await present_score(team.app)).alarms == ()


async def test_what_another_run_of_the_playbook_asks_is_not_settled(team: Team) -> None:
    team, _ = await strangers(team)
    team.clock.advance(days=1)
    other = await attacked(team, mark="A-2", about="attack-2")
    assert other.label == "C-2"
    ask = asked(await team.press("item-done", "000002/users"))
    await team.submit(ask, {"proof": "ana\ntemp-va"})
    await closed(team, "00000001")
    assert (await present_score(team.app)).alarms
    assert (await run(team, 2)).left
