"""Somebody is called when nobody acknowledges an alert: once, and not for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from unittest.mock import AsyncMock

import msgspec
import pytest

from bot.core.collections import COLLEAGUES, OUTBOX, TEAMS
from bot.core.findings import Severity
from bot.core.mentions import Colleague, Mention, MentionKind
from bot.core.permissions import Person
from bot.core.team import Team as Settings
from bot.core.views.context import TONES
from bot.features.cases.collections import ALERT_GROUPS, CALL_NIGHTS, ENTRIES, ESCALATIONS
from bot.features.cases.models.alert_groups import ALONE, AlertGroup
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.escalations import GATHERED, CallNight, CallNights
from bot.features.cases.service.calling import called_on_rise
from bot.features.cases.service.escalating import Escalating
from tests.unit.conftest import ANA, ASIN, BEN, OWN, SECOND, THIEF, Team, offer

ONE = case_key(1)
LEAD = Person("lea", "Lea")
CALLED = Mention(chat="web", id="olu", name="Olu")
CREW = Mention(chat="web", id="crew", name="crew", kind=MentionKind.GROUP)
EVENING = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def settle(team: Team, **changed: object) -> None:
    """Let the team have a lead and somebody on call, and whatever else is changed."""
    wanted = {"duties": {"lead": LEAD}, "oncall": (CALLED,), **changed}
    async with team.app.store.transaction() as tx:
        tx.put(COLLEAGUES, Colleague(id="lea", name="Lea", chat="web"))
        tx.put(TEAMS, msgspec.structs.replace(Settings(), **wanted))


async def alert(team: Team, seller: str = THIEF, asin: str = ASIN) -> None:
    await team.look(offer(OWN, "24.99"), offer(seller, "10.70"), asin=asin)


async def pass_time(team: Team, escalating: Escalating, **by: float) -> None:
    team.clock.advance(**by)
    await escalating.tick()
    await team.dispatcher.deliver()


def calls(team: Team) -> list[tuple[str, str]]:
    """Return each call: its thread, and the names of whom it calls."""
    posted = [team.chat.messages[key] for key in team.chat.order if "/call-" in key]
    return [(each.key.partition("/")[0], each.mentions[0].name) for each in posted]


async def test_who_is_on_call_is_mentioned_when_a_critical_alert_opens(team: Team) -> None:
    await settle(team, oncall=(CREW,))
    await alert(team)
    assert team.chat.messages["C-1"].mentions == (CREW,)


async def test_an_alert_below_the_chosen_severity_calls_nobody(team: Team) -> None:
    await settle(team)
    await team.look(offer(OWN, "24.99"), offer(THIEF, "30.00"))
    assert team.chat.messages["C-1"].mentions == ()
    assert await team.app.store.page(ESCALATIONS) == []


async def test_a_warning_calls_those_who_asked_for_warnings(team: Team) -> None:
    await settle(team, calls_from=Severity.INFO)
    await team.look(offer(OWN, "24.99"), offer(THIEF, "30.00"))
    assert team.chat.messages["C-1"].mentions == (CALLED,)


async def test_a_team_that_named_nobody_is_never_called(team: Team) -> None:
    await settle(team, oncall=())
    await alert(team)
    await pass_time(team, Escalating(team.app), hours=5)
    assert team.chat.messages["C-1"].mentions == ()
    assert calls(team) == []


async def test_in_working_hours_the_lead_is_called_and_then_who_is_on_call(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    await pass_time(team, escalating, minutes=29)
    assert calls(team) == []
    await pass_time(team, escalating, minutes=1)
    assert calls(team) == [("C-1", "Lea")]
    await pass_time(team, escalating, minutes=29)
    assert calls(team) == [("C-1", "Lea")]
    await pass_time(team, escalating, minutes=1)
    assert calls(team) == [("C-1", "Lea"), ("C-1", "Olu")]
    await pass_time(team, escalating, hours=1)
    assert len(calls(team)) == 2


async def test_out_of_working_hours_who_is_on_call_is_called_and_the_lead_in_the_morning(
    team: Team,
) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    team.clock.advance(hours=12)
    assert team.clock.now == EVENING
    await alert(team)
    await pass_time(team, escalating, minutes=30)
    await pass_time(team, escalating, hours=2)
    assert calls(team) == [("C-1", "Olu")]
    await pass_time(team, escalating, seconds=(MORNING - team.clock.now).total_seconds())
    assert calls(team) == [("C-1", "Olu"), ("C-1", "Lea")]


async def test_to_acknowledge_stops_it(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    await team.press("acknowledge", ONE, BEN)
    assert await team.app.store.page(ESCALATIONS) == []
    await pass_time(team, escalating, hours=3)
    assert calls(team) == []


async def test_what_no_chat_has_posted_yet_is_taken_back_when_somebody_acknowledges(
    team: Team,
) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    team.clock.advance(minutes=30)
    await escalating.tick()
    assert [row.message for row in await team.app.store.page(OUTBOX) if "/call-" in row.message]
    await team.press("acknowledge", ONE, BEN)
    assert calls(team) == []


async def test_the_thread_says_what_waits_and_who_was_called(team: Team) -> None:
    await settle(team)
    await alert(team)
    await pass_time(team, Escalating(team.app), minutes=30)
    card = team.chat.cards[next(key for key in team.chat.order if "/call-" in key)]
    assert card.title == "C-1 has not been acknowledged for 30 min"
    assert [button.label for button in card.buttons] == ["Acknowledge", "Assign"]
    entries = [entry.text for entry in await team.app.store.find(ENTRIES, "case", ONE)]
    assert "No one acknowledged it. Mentioned: Lea." in entries


async def test_one_person_with_both_tasks_is_called_once(team: Team) -> None:
    await settle(team, oncall=(Mention(chat="web", id="lea", name="Lea"),))
    escalating = Escalating(team.app)
    await alert(team)
    for _ in range(4):
        await pass_time(team, escalating, minutes=31)
    assert calls(team) == [("C-1", "Lea")]


async def test_after_so_many_calls_a_night_the_rest_is_counted_for_the_digest(team: Team) -> None:
    await settle(team, calls_a_night=1)
    escalating = Escalating(team.app)
    team.clock.advance(hours=12)
    await alert(team)
    await alert(team, "A2OTHERTHIEF01", "B0ALDER002")
    await pass_time(team, escalating, minutes=31)
    assert calls(team) == [("C-1", "Olu")]
    nights = await team.app.store.get(CALL_NIGHTS, "now")
    assert nights is not None
    assert nights.nights == (CallNight(day=date(2026, 11, 23), calls=1),)
    assert nights.held_since(EVENING) == 1
    # In the morning the lead hears of both.
    await pass_time(team, escalating, seconds=(MORNING - team.clock.now).total_seconds())
    assert calls(team)[1:] == [("C-1", "Lea"), ("C-2", "Lea")]


async def test_a_critical_alert_of_the_night_calls_when_it_opens_however_many_were_escalated(
    team: Team,
) -> None:
    await settle(team, calls_a_night=1)
    escalating = Escalating(team.app)
    team.clock.advance(hours=12)
    await alert(team)
    await pass_time(team, escalating, minutes=31)
    await alert(team, "A2OTHERTHIEF01", SECOND)
    assert team.chat.messages["C-2"].mentions == (CALLED,)
    nights = await team.app.store.get(CALL_NIGHTS, "now")
    assert nights is not None
    assert nights.nights == (CallNight(day=date(2026, 11, 23), calls=1),)


async def test_quiet_hours_hold_back_what_is_not_critical(team: Team) -> None:
    await settle(team, calls_from=Severity.INFO, quiet_from=21, quiet_to=7)
    escalating = Escalating(team.app)
    team.clock.advance(hours=12)
    await team.look(offer(OWN, "24.99"), offer(THIEF, "30.00"))
    await pass_time(team, escalating, hours=3)
    assert calls(team) == []
    await pass_time(team, escalating, hours=6, minutes=1)
    assert calls(team) == [("C-1", "Olu")]


async def test_what_is_over_calls_nobody_and_waits_anew_when_it_begins_again(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    for _ in range(3):
        await team.look(offer(OWN, "24.99"))
        await pass_time(team, escalating, minutes=20)
    assert calls(team) == []
    await alert(team)
    await pass_time(team, escalating, minutes=1)
    await pass_time(team, escalating, minutes=28)
    assert calls(team) == []
    await pass_time(team, escalating, minutes=2)
    assert calls(team) == [("C-1", "Lea")]


async def test_a_call_that_an_outage_kept_from_everyone_is_made_when_it_begins_again(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    with monkeypatch.context() as out:
        # While a chat is out, what is new waits untried.
        out.setattr(team.dispatcher, "deliver", AsyncMock())
        await pass_time(team, escalating, minutes=30)
        for _ in range(3):
            await team.look(offer(OWN, "24.99"))
            await pass_time(team, escalating, minutes=1)
    await pass_time(team, escalating, minutes=10)
    assert calls(team) == []
    await alert(team)
    await pass_time(team, escalating, minutes=1)
    await pass_time(team, escalating, minutes=30)
    assert calls(team) == [("C-1", "Lea")]


async def test_many_alerts_at_once_are_one_call_in_their_thread(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    for number in range(9):
        await alert(team, f"A1THIEF00000{number:02d}")
    await pass_time(team, escalating, minutes=30)
    found = [thread for thread, _ in calls(team)]
    assert len(found) == len(set(found))
    gathered = [thread for thread in found if thread.startswith("wave-")]
    assert len(gathered) == 1


async def test_a_big_group_is_watched_to_its_last_case(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await gathering(team)
    for number in range(GATHERED + 2):
        await alert(team, f"A1THIEF{number:07d}")
    [known] = await team.app.store.page(ESCALATIONS)
    for key in known.cases:
        await team.press("acknowledge", key, BEN)
    assert calls(team) == []
    await pass_time(team, escalating, seconds=30)
    await pass_time(team, escalating, minutes=29)
    assert calls(team) == []
    await pass_time(team, escalating, minutes=1)
    assert calls(team) == [(known.thread, "Lea")]
    for number in (GATHERED + 1, GATHERED + 2):
        await team.press("acknowledge", case_key(number), BEN)
    assert await team.app.store.page(ESCALATIONS) == []


async def gathering(team: Team) -> None:
    """Let the next alert begin a group."""
    group = AlertGroup()
    async with team.app.store.transaction() as tx:
        for _ in range(ALONE):
            group = group.add(team.clock.now, Severity.INFO)
        tx.put(ALERT_GROUPS, group)


async def test_the_first_critical_alert_of_a_group_calls_who_is_on_call(team: Team) -> None:
    await settle(team)
    await gathering(team)
    await team.look(offer(OWN, "24.99"), offer(THIEF, "30.00"))
    await alert(team, "A2OTHERTHIEF01", SECOND)
    await alert(team, "A3OTHERTHIEF02")
    mentions = {key: sent.mentions for key, sent in team.chat.messages.items() if sent.mentions}
    assert mentions == {"C-2": (CALLED,)}


async def test_an_alert_of_a_group_that_gets_critical_calls_who_is_on_call(team: Team) -> None:
    await settle(team)
    await gathering(team)
    await team.look(offer(OWN, "24.99"), offer(THIEF, "30.00"))
    await alert(team)
    await alert(team, "A2OTHERTHIEF01", SECOND)
    mentions = [sent.mentions for sent in team.chat.messages.values() if sent.mentions]
    assert mentions == [(CALLED,)]
    group = await team.app.store.get(ALERT_GROUPS, "now")
    assert group is not None
    assert team.chat.cards[group.message].tone is TONES[Severity.CRITICAL]


@pytest.mark.parametrize(
    ("least", "before", "now", "calls_them"),
    [
        (Severity.WARNING, None, Severity.WARNING, True),
        (Severity.WARNING, Severity.INFO, Severity.WARNING, True),
        (Severity.WARNING, Severity.WARNING, Severity.WARNING, False),
        (Severity.WARNING, Severity.WARNING, Severity.CRITICAL, True),
        (Severity.CRITICAL, Severity.INFO, Severity.WARNING, False),
        (Severity.CRITICAL, Severity.CRITICAL, Severity.CRITICAL, False),
        (None, None, Severity.CRITICAL, False),
    ],
)
async def test_an_alert_calls_once_it_is_as_bad_as_the_team_chose(
    team: Team, least: Severity | None, before: Severity | None, now: Severity, *, calls_them: bool
) -> None:
    await settle(team, calls_from=least)
    async with team.app.store.transaction() as tx:
        found = await called_on_rise(team.app, tx, now, before)
    assert found == ((CALLED,) if calls_them else ())


async def test_whoever_turns_it_off_is_called_no_more(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    await settle(team, escalate=0)
    await pass_time(team, escalating, hours=2)
    assert calls(team) == []


async def test_nothing_is_written_while_nothing_happens(team: Team) -> None:
    await settle(team)
    escalating = Escalating(team.app)
    await alert(team)
    before = await team.app.store.page(ESCALATIONS)
    for _ in range(5):
        await pass_time(team, escalating, seconds=20)
    assert await team.app.store.page(ESCALATIONS) == before


def test_nights_that_are_long_gone_are_forgotten() -> None:
    nights = CallNights()
    for number in range(20):
        nights = nights.calling(date(2026, 1, 1 + number)).calling(date(2026, 1, 1 + number))
    assert len(nights.nights) == 8
    assert nights.of(date(2026, 1, 20)).calls == 2
    assert nights.of(date(2026, 1, 1)).calls == 0


@pytest.mark.parametrize("digest_hour", [8, 20])
def test_each_digest_tells_of_the_calls_that_were_held_back_since_the_one_before(
    digest_hour: int,
) -> None:
    nights, first = CallNights(), datetime(2026, 11, 21, digest_hour, tzinfo=UTC)
    # From a Saturday's digest on nobody works: a call may be held back at any hour.
    for hour in range(48):
        nights = nights.holding(first + timedelta(hours=hour))
    told = [nights.held_since(first + timedelta(days=day)) for day in range(3)]
    assert told == [48, 24, 0]


async def test_an_assigned_case_calls_nobody_else(team: Team) -> None:
    await settle(team)
    await alert(team)
    await team.press("assign", ONE, ANA)
    await pass_time(team, Escalating(team.app), hours=2)
    assert calls(team) == []
