"""Who has a case and leaves it is reminded once, in private where the chat has that."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.collections import COLLEAGUES, TEAMS
from bot.core.mentions import Colleague
from bot.core.team import Team as Settings
from bot.errors import ChatError, Refusal
from bot.features.cases.collections import ASSIGNMENTS
from bot.features.cases.models.cases import case_key
from bot.features.cases.service.reminding import Reminding
from tests.unit.conftest import ANA, BEN, OWN, THIEF, Team, asked, offer

ONE = case_key(1)


@pytest.fixture
async def given(team: Team) -> Team:
    """Return a team in which Ana gave a case to Ben, who is reminded after an hour."""
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, msgspec.structs.replace(Settings(), remind=1))
        tx.put(COLLEAGUES, Colleague(id="ben", name="Ben", chat="web"))
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await team.submit(asked(await team.press("assign-to", ONE, ANA)), {"assignee": "ben"}, ANA)
    return team


async def pass_time(team: Team, reminding: Reminding, **by: float) -> None:
    team.clock.advance(**by)
    await reminding.tick()
    await team.dispatcher.deliver()


def reminders(team: Team) -> list[str]:
    return [key for key in team.chat.order if "/remind-" in key]


async def test_who_leaves_their_case_is_reminded_once_in_private(given: Team) -> None:
    reminding = Reminding(given.app)
    await pass_time(given, reminding, minutes=59)
    assert reminders(given) == []
    await pass_time(given, reminding, minutes=1)
    [key] = reminders(given)
    told = given.chat.messages[key]
    assert (told.private, told.channel) == (True, "ben")
    assert told.card.title == "Reminder: C-1 is assigned to you"
    assert told.beside is not None
    await pass_time(given, Reminding(given.app), hours=5)
    assert len(reminders(given)) == 1
    assert await given.app.store.page(ASSIGNMENTS) == []


async def test_who_did_something_is_not_reminded(given: Team) -> None:
    await given.type("/note 1 I wrote to them.", BEN)
    await pass_time(given, Reminding(given.app), hours=2)
    assert reminders(given) == []


async def test_what_others_did_does_not_count(given: Team) -> None:
    await given.type("/note 1 Any news?", ANA)
    await pass_time(given, Reminding(given.app), hours=2)
    assert len(reminders(given)) == 1


async def test_a_case_that_went_to_another_or_is_closed_reminds_nobody(given: Team) -> None:
    ask = asked(await given.press("close", ONE, ANA))
    await given.submit(ask, {"reason": "false-alarm", "note": ""}, ANA)
    await pass_time(given, Reminding(given.app), hours=2)
    assert reminders(given) == []
    assert await given.app.store.page(ASSIGNMENTS) == []


async def test_nobody_is_reminded_out_of_working_hours(given: Team) -> None:
    reminding = Reminding(given.app)
    given.clock.advance(hours=9)
    await pass_time(given, reminding, hours=3)
    assert reminders(given) == []
    await pass_time(given, reminding, hours=11)
    assert len(reminders(given)) == 1


async def test_without_the_setting_nobody_is_reminded(team: Team) -> None:
    await team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    await team.press("assign", ONE, BEN)
    await pass_time(team, Reminding(team.app), hours=5)
    assert reminders(team) == []


@pytest.mark.parametrize("refusal", [Refusal.PRIVATE, Refusal.ROOM, Refusal.GONE])
async def test_where_nothing_can_be_told_in_private_the_thread_hears_it(
    given: Team, refusal: Refusal
) -> None:
    given.chat.dead["ben"] = ChatError("They take no messages.", refusal=refusal)
    await pass_time(given, Reminding(given.app), hours=1)
    for _ in range(3):
        given.clock.advance(minutes=10)
        await given.dispatcher.deliver()
    [key] = reminders(given)
    told = given.chat.messages[key]
    assert not told.private
    assert told.thread is not None
    assert [each.name for each in told.mentions] == ["Ben"]
    # The alert is still where it was.
    assert given.chat.order.count("C-1") == 1
