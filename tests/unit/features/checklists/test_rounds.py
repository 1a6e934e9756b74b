"""The rounds: every run comes once, late ones say so, and nobody is reminded in vain."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.cards import Tone
from bot.core.collections import CHECKLIST_SCHEDULES
from bot.core.team import Team as Chosen
from bot.errors import Conflict
from bot.features.checklists.collections import DECISIONS, ITEM_STATUSES, RUNS, SCORES
from bot.features.checklists.models.runs import Answer, Ending, ItemStatus
from bot.features.checklists.service.items import note_score
from bot.features.checklists.service.rounds import ChecklistJob
from tests.unit.conftest import Team, asked, notice
from tests.unit.features.checklists.guarding import (
    BERLIN,
    KEYS,
    MONDAY,
    SECURITY,
    Killed,
    card,
    choose,
    decision,
    guarded,
    monday,
    mortal,
    run,
    runs,
    tick,
)


async def test_a_new_team_begins_with_the_next_moment(team: Team) -> None:
    team = guarded(team, SECURITY)
    team.clock.now = MONDAY + timedelta(hours=1)
    await tick(team)
    assert runs(team) == []
    team.clock.now = MONDAY + timedelta(days=7) - timedelta(seconds=1)
    await tick(team)
    assert runs(team) == []
    team.clock.advance(seconds=1)
    await tick(team)
    await tick(team)
    assert runs(team) == ["K-1"]


async def test_after_a_stop_one_run_makes_up_for_all_and_says_so(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    team.clock.now = MONDAY + timedelta(days=24, hours=5)
    await tick(team)
    assert runs(team) == ["K-1", "K-2"]
    shown = team.chat.cards["K-2"]
    assert shown.title == "Account security, week 51"
    assert shown.body.startswith(
        "Planned for Monday 9:00. 3 items, about 3 minutes, for anyone who is free\n"
    )
    agenda = await team.app.store.get(CHECKLIST_SCHEDULES, SECURITY.id)
    assert agenda is not None
    assert agenda.next_at == MONDAY + timedelta(days=28)


async def test_an_hour_late_is_not_worth_a_word(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    team.clock.now = MONDAY + timedelta(days=7, hours=1)
    await tick(team)
    assert "Planned" not in team.chat.cards["K-2"].body


async def test_a_run_that_is_still_open_is_replaced(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    await team.press("item-done", "000001/keys")
    team.clock.advance(days=7)
    await tick(team)
    shown = team.chat.cards["K-1"]
    assert shown.title == "Account security, week 48: replaced"
    assert shown.body.startswith("2 of 3 items were not answered. K-2 includes them again.")
    assert (shown.tone, shown.buttons) == (Tone.QUIET, ())
    old = await run(team, 1)
    assert (old.open, old.ending, old.successor) == (False, Ending.REPLACED, 2)
    # What was not answered has no standing, what was done keeps it.
    assert await team.app.store.get(ITEM_STATUSES, "account-security/mail") is None
    assert "K-2 replaces it" in notice(await team.press("item-done", "000001/mail"))
    begun = card(await team.press("begin", "000001"))
    assert begun.footer == "K-2 · Account security, week 49 · 3 left"


async def test_a_problem_is_asked_first_until_it_is_done(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/mail"))
    await team.submit(ask, {"wrong": "A rule hides all mail of Amazon"})
    for week in (2, 3):
        team.clock.advance(days=7)
        await tick(team)
        first = team.chat.cards[f"K-{week}"].body.splitlines()[1]
        assert first == "☐ Mailbox rules: still a problem, C-1"
    shown = card(await team.press("begin", "000003"))
    assert (shown.title, shown.tone) == ("Mailbox rules", Tone.WARNING)
    assert "Still a problem: C-1, since 23 Nov 09:00. If it is solved, press Done." in shown.body
    await team.press("item-done", "000003/mail")
    team.clock.advance(days=7)
    await tick(team)
    assert "problem" not in team.chat.cards["K-4"].body


async def test_a_problem_whose_case_was_solved_is_asked_about(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    ask = asked(await team.press("item-problem", "000001/mail"))
    await team.submit(ask, {"wrong": "A rule hides all mail of Amazon"})
    ask = asked(await team.press("close", "00000001"))
    await team.submit(ask, {"reason": "solved", "note": ""})
    standing = await team.app.store.get(ITEM_STATUSES, "account-security/mail")
    assert standing is not None
    assert (standing.answer, standing.case) == (Answer.OPEN, 1)
    team.clock.advance(days=7)
    await tick(team)
    shown = card(await team.press("show-item", "000002/mail"))
    assert "C-1 was closed 23 Nov 09:00. Is it really solved?" in shown.body


async def test_another_cadence_counts_from_now_on_another_zone_on_its_wall(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    tuesday = msgspec.structs.replace(SECURITY, cadence="0 8 * * tue")
    team = guarded(team, tuesday)
    team.clock.now = MONDAY + timedelta(hours=1)
    await tick(team)
    team.clock.now = MONDAY + timedelta(hours=23)
    await tick(team)
    assert runs(team) == ["K-1", "K-2"]
    assert (await run(team, 1)).ending is Ending.REPLACED
    await choose(team, Chosen(zone=BERLIN))
    team.clock.now = MONDAY + timedelta(hours=24)
    await tick(team)
    agenda = await team.app.store.get(CHECKLIST_SCHEDULES, SECURITY.id)
    assert agenda is not None
    assert agenda.next_at == MONDAY + timedelta(days=7, hours=22)


async def test_at_night_the_card_waits_for_the_morning(team: Team) -> None:
    nightly = msgspec.structs.replace(SECURITY, cadence="30 2 * * *")
    team = guarded(team, nightly)
    await choose(team, Chosen(quiet_from=22, quiet_to=7))
    team.clock.now = MONDAY.replace(hour=1)
    await tick(team)
    team.clock.now = MONDAY.replace(hour=2, minute=30)
    await tick(team)
    assert runs(team) == []
    team.clock.now = MONDAY.replace(hour=7)
    await team.dispatcher.deliver()
    assert runs(team) == ["K-1"]
    assert "Planned" not in team.chat.cards["K-1"].body


async def test_a_definition_may_change_while_a_run_is_open(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    other = msgspec.structs.replace(KEYS, id="tokens", title="Tokens")
    team = guarded(team, msgspec.structs.replace(SECURITY, items=(other,)))
    await team.press("item-done", "000001/keys")
    assert await team.app.store.get(ITEM_STATUSES, "account-security/keys") is not None
    team.clock.advance(days=7)
    await tick(team)
    assert [task.item.id for task in (await run(team, 2)).tasks] == ["tokens"]


async def test_a_checklist_that_disappeared_leaves_its_run_working(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    team = guarded(team)
    team.clock.advance(days=2)
    await tick(team)
    assert runs(team) == ["K-1", "K-1/reminder-1"]
    for id in ("keys", "mail"):
        await team.press("item-done", f"000001/{id}")
    ask = asked(await team.press("item-done", "000001/users"))
    await team.submit(ask, {"proof": "ana"})
    assert (await run(team, 1)).ending is Ending.ANSWERED


async def test_a_checklist_without_anything_to_ask_is_silent(team: Team) -> None:
    yearly = msgspec.structs.replace(KEYS, expires=90)
    team = guarded(team, msgspec.structs.replace(SECURITY, items=(yearly,)))
    await monday(team)
    await team.press("item-done", "000001/keys")
    for _ in range(12):
        team.clock.advance(days=7)
        await tick(team)
    # It is asked in the last week in which it counts: 84 days later.
    assert runs(team) == ["K-1", "K-2"]
    assert (await run(team, 2)).posted_at == MONDAY + timedelta(days=84)


async def test_a_wrong_cadence_stops_no_other_checklist(team: Team) -> None:
    wrong = msgspec.structs.replace(SECURITY, id="wrong", cadence="0 9 31 2 *")
    team = guarded(team, wrong, SECURITY)
    await monday(team)
    assert runs(team) == ["K-1"]


async def test_the_score_is_written_once_a_day_and_when_a_run_ends(team: Team) -> None:
    team = guarded(team, msgspec.structs.replace(SECURITY, items=(KEYS,)))
    await monday(team, Chosen(zone=BERLIN))
    [point] = await team.app.store.page(SCORES)
    assert (point.day, point.got, point.of) == ("2026-11-23", 0, 3)
    await team.press("item-done", "000001/keys")
    [point] = await team.app.store.page(SCORES)
    assert (point.got, point.areas) == (3, {"security": (3, 3)})
    team.clock.now = MONDAY.replace(hour=23)
    await tick(team)
    await tick(team)
    assert [each.day for each in await team.app.store.page(SCORES)] == ["2026-11-23", "2026-11-24"]


async def test_a_score_is_not_written_over_an_answer_that_it_does_not_count(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team)
    kept = ItemStatus(
        checklist=SECURITY.id, item=KEYS.id, answer=Answer.PROBLEM, at=team.clock.now, case=1
    )
    async with team.app.store.transaction() as tx:
        tx.put(ITEM_STATUSES, kept)

    async def count_while_it_is_answered() -> None:
        async with team.app.store.transaction() as tx:
            await note_score(team.app, tx)
            async with team.app.store.transaction() as other:
                other.put(ITEM_STATUSES, msgspec.structs.replace(kept, answer=Answer.DONE))

    with pytest.raises(Conflict):
        await count_while_it_is_answered()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("place", range(4))
async def test_a_tick_that_is_killed_and_repeated_posts_once(
    team: Team, place: int, after: bool
) -> None:
    other = msgspec.structs.replace(SECURITY, id="other", title="The other")
    team = guarded(team, SECURITY, other)
    team.clock.now = MONDAY - timedelta(days=1)
    await tick(team)
    async with team.app.store.transaction() as tx:
        tx.put(DECISIONS, decision(MONDAY.date()))
    team.clock.now = MONDAY
    with pytest.raises(Killed):
        await ChecklistJob(mortal(team.app, place, after=after)).tick()
    await tick(team)
    await tick(team)
    assert runs(team) == ["K-1", "K-2", "K-3"]
    assert await team.app.store.count(RUNS) == 3
    assert len(await team.app.store.page(SCORES)) == 2
