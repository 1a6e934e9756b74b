"""Taking over and closing a case: who takes over is asked, and both can be undone for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.audit.entries import AuditEntry
from bot.core.collections import AUDIT, TEAMS, UNDOABLES
from bot.core.interactions import Click, Post
from bot.core.scanning import each
from bot.core.team import Team as Settings
from bot.core.undo.announcing import end_undo
from bot.features.cases.collections import ASSIGNMENTS, CASES, ENTRIES
from bot.features.cases.models.cases import Case, CloseReason, case_key
from bot.features.cases.views.acts import take_over_confirm
from tests.unit.conftest import (
    ANA,
    BEN,
    OWN,
    PLACE,
    THIEF,
    VIK,
    Team,
    asked,
    notice,
    offer,
    undo_offers,
)

ONE = case_key(1)


@pytest.fixture(autouse=True)
async def alerted(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))


async def case_of(team: Team) -> Case:
    case = await team.app.store.get(CASES, ONE)
    assert case is not None
    return case


async def close(team: Team, reason: str = "gone", note: str = "") -> None:
    ask = asked(await team.press("close", ONE, BEN))
    await team.submit(ask, {"reason": reason, "note": note}, BEN)


def buttons(team: Team, name: str) -> list[str]:
    return [button.label for button in team.chat.cards[name].pressable]


async def told(team: Team) -> list[str]:
    return [entry.text async for entry in each(team.app.store, ENTRIES)]


async def acts(team: Team) -> list[AuditEntry]:
    return [entry async for entry in each(team.app.store, AUDIT) if not entry.refused]


async def test_who_takes_a_case_from_somebody_is_asked_first(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    ask = asked(await team.press("assign", ONE, BEN, yes=False))
    assert ask.form.title == "Take over C-1?"
    assert "Ana works on C-1." in ask.form.intro
    assert (ask.form.inputs, ask.form.submit) == ((), "Take over")
    assert (await case_of(team)).assignee == ANA[0]
    await team.submit(ask, {}, BEN)
    assert (await case_of(team)).assignee == BEN[0]


async def test_the_form_that_gives_a_case_away_says_who_has_it(team: Team) -> None:
    ask = asked(await team.press("assign-to", ONE, BEN))
    assert "works on" not in ask.form.intro
    await team.press("assign", ONE, ANA)
    ask = asked(await team.press("assign-to", ONE, BEN))
    assert "Ana works on C-1. You can undo this for 10 minutes." in ask.form.intro
    await team.submit(ask, {"assignee": "ben"}, BEN)
    assert (await case_of(team)).assignee == BEN[0]
    await team.undo_last(BEN)
    assert (await case_of(team)).assignee == ANA[0]


async def test_nothing_is_asked_where_nobody_has_the_case(team: Team) -> None:
    await team.press("assign", ONE, BEN)
    assert (await case_of(team)).assignee == BEN[0]


async def test_who_has_the_case_already_is_told_so_and_not_asked(team: Team) -> None:
    await team.press("assign", ONE, BEN)
    assert notice(await team.press("assign", ONE, BEN)) == "C-1 is already assigned to you."


async def test_a_chat_that_asked_by_itself_is_believed_for_that_question_alone(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    confirm = take_over_confirm(await case_of(team))
    assert confirm is not None

    def press(who: str, confirmed: str) -> Click:
        person = BEN if who == "ben" else ANA
        return Click(
            id=f"{who}-{confirmed}",
            who=person[0],
            role=person[1],
            where=PLACE,
            at=team.clock.now,
            action="assign",
            ref=ONE,
            confirmed=confirmed,
        )

    asked(await team.router.handle(press("ben", "0123456789abcdef")))
    await team.router.handle(press("ben", confirm.mark))
    assert (await case_of(team)).assignee == BEN[0]
    # Whoever confirmed that it is taken from Ana has not said yes to take it from Ben.
    again = asked(await team.router.handle(press("ana", confirm.mark)))
    assert "Ben works on C-1." in again.form.intro


async def test_a_question_that_changed_meanwhile_is_asked_again(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    late = asked(await team.press("assign", ONE, BEN, yes=False))
    cleo = (type(BEN[0])("cleo", "Cleo"), BEN[1])
    await team.press("assign", ONE, cleo)
    again = asked(await team.submit(late, {}, BEN))
    assert "Cleo works on C-1." in again.form.intro
    await team.submit(again, {}, BEN)
    assert (await case_of(team)).assignee == BEN[0]


async def test_a_viewer_cannot_say_yes_for_a_member(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    ask = asked(await team.press("assign", ONE, BEN, yes=False))
    assert "Only members can work on cases" in notice(await team.submit(ask, {}, VIK))
    assert (await case_of(team)).assignee == ANA[0]


async def test_the_record_calls_a_confirmed_act_by_its_own_name(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    await team.press("assign", ONE, BEN)
    entry = (await acts(team))[-1]
    assert (entry.act, entry.ref, entry.name) == ("assign", ONE, "Ben")
    assert [(each.field, each.old, each.new) for each in entry.changes] == [
        ("assignee_id", "ana", "ben")
    ]


async def test_taking_over_is_undone_in_the_thread(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    await team.press("assign", ONE, BEN)
    card = team.chat.cards["C-1/3"]
    assert card.title == "Ben took it from Ana."
    assert [button.label for button in card.buttons] == ["Undo"]
    assert "You can undo this until 10:10." in card.footer
    team.clock.advance(minutes=9)
    await team.undo_last(ANA)
    case = await case_of(team)
    assert (case.assignee, case.assignee_id) == (ANA[0], "ana")
    assert (await told(team))[-1] == "Undone by Ana: Ana has it again."
    assert buttons(team, "C-1/3") == []
    assert (await acts(team))[-1].act == "undo"


async def test_who_has_a_case_again_is_mentioned_and_so_is_who_has_it_no_more(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(remind=4))
    await team.type("/note 1 Seen.", BEN)
    await team.press("assign", ONE, BEN)
    await team.press("assign", ONE, ANA)
    await team.undo_last(ANA)
    assert [each.name for each in team.chat.messages[team.chat.order[-1]].mentions] == ["Ben"]
    [waits] = await team.app.store.page(ASSIGNMENTS)
    assert waits.assignee == "ben"
    await team.press("assign", ONE, ANA)
    await team.undo_last(BEN)
    assert [each.name for each in team.chat.messages[team.chat.order[-1]].mentions] == ["Ana"]


async def test_who_did_it_outside_the_thread_can_undo_it_where_they_are(team: Team) -> None:
    ask = asked(await team.press("close", ONE, BEN))
    [reply] = undo_offers(await team.submit(ask, {"reason": "gone", "note": ""}, BEN))
    assert isinstance(reply, Post)
    assert reply.card.title == "Ben closed C-1: the seller has left."
    assert reply.card.footer == "You can undo this until 10:10."
    [button] = reply.card.buttons
    assert "Undone" in str(await team.press(button.action, button.ref, BEN))
    assert (await case_of(team)).open


async def test_a_closed_case_is_as_it_was_once_that_is_undone(team: Team) -> None:
    await team.press("acknowledge", ONE, ANA)
    snooze = asked(await team.press("snooze", ONE, BEN))
    await team.submit(snooze, {"hours": "4"}, BEN)
    before = await case_of(team)
    await close(team, note="They left this morning.")
    assert (await case_of(team)).reason is CloseReason.GONE
    await team.undo_last(ANA)
    after = await case_of(team)
    assert after.open
    assert (after.closed_at, after.closed_by, after.reason, after.note) == (None, None, None, "")
    assert after.acknowledged_by == before.acknowledged_by
    assert after.snoozed_until == before.snoozed_until
    assert after.tally == before.tally
    assert "Undone by Ana: the case is open again." in await told(team)


async def test_the_note_of_a_closed_case_is_not_kept_to_undo_it(team: Team) -> None:
    await close(team, note="Their lawyer is Mr Smith.")
    [act] = await team.app.store.page(UNDOABLES)
    assert "Smith" not in repr(act)


async def test_after_ten_minutes_the_button_goes_and_a_late_press_says_so(team: Team) -> None:
    await close(team)
    assert buttons(team, "C-1/2") == ["Undo"]
    folded = len(team.chat.closed)
    team.clock.advance(minutes=10)
    text = notice(await team.undo_last(ANA))
    assert text.startswith("It is too late to undo this.")
    assert text.endswith("If the case is still closed, press 'Reopen' on its card.")
    await end_undo(team.app)
    await team.dispatcher.deliver()
    assert buttons(team, "C-1/2") == []
    assert "undo" not in team.chat.cards["C-1/2"].footer
    assert len(team.chat.closed) == folded + 1  # to change a message opened the thread again
    assert "too late" in notice(await team.undo_last(ANA))


async def test_it_is_undone_once(team: Team) -> None:
    await close(team)
    await team.undo_last(ANA)
    [act] = await team.app.store.page(UNDOABLES)
    text = notice(await team.press("undo", act.key, BEN))
    assert text.startswith("Ana already undid this")
    assert len([each for each in await told(team) if each.startswith("Undone")]) == 1


async def test_what_happened_since_is_named_by_who_refuses_to_undo(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    await team.press("assign", ONE, BEN)
    [first] = await team.app.store.page(UNDOABLES)
    team.clock.advance(minutes=1)
    await team.press("assign", ONE, ANA)
    await team.type("/note 1 Called their number.", VIK)
    await team.type("/note 1 Called their number.", BEN)
    text = notice(await team.press("undo", first.key, BEN))
    assert text.startswith("Since then: Ana took C-1 from Ben. (23 Nov 10:01)")
    assert (await case_of(team)).assignee == ANA[0]


async def test_a_reopened_case_names_who_reopened_it(team: Team) -> None:
    await close(team)
    team.clock.advance(minutes=1)
    await team.press("reopen", ONE, ANA)
    team.clock.advance(minutes=1)
    await team.type("/note 1 They are back.", BEN)
    text = notice(await team.undo_last(BEN))
    assert text.startswith("Ana has since changed this (23 Nov 10:01).")


async def test_a_case_that_an_attack_opened_again_names_nobody(team: Team) -> None:
    team.clock.passing = timedelta(microseconds=1)
    await close(team)
    team.clock.advance(minutes=1)
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"), holder=THIEF)
    assert (await case_of(team)).open
    text = notice(await team.undo_last(BEN))
    assert text.startswith("This has since changed. If the case is still closed, press 'Reopen'")


async def test_two_steps_are_undone_one_after_the_other(team: Team) -> None:
    await team.press("assign", ONE, ANA)
    await team.press("assign", ONE, BEN)
    [first] = await team.app.store.page(UNDOABLES)
    await team.press("assign", ONE, ANA)
    await team.undo_last(BEN)
    assert (await case_of(team)).assignee == BEN[0]
    await team.press("undo", first.key, BEN)
    assert (await case_of(team)).assignee == ANA[0]


async def test_a_case_is_not_opened_beside_another_one_about_the_same(team: Team) -> None:
    await close(team)
    [act] = await team.app.store.page(UNDOABLES)
    other = Case(
        number=2, fingerprint=(await case_of(team)).fingerprint, marketplace="US", opened_at=act.at
    )
    async with team.app.store.transaction() as tx:
        tx.put(CASES, other)
    assert "C-2 about the same issue is already open" in notice(await team.undo_last(ANA))
    assert not (await case_of(team)).open
