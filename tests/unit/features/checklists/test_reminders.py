"""Whom a run reminds of what nobody answered: at most three times, and at work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec

from bot.core.team import Team as Chosen
from tests.unit.conftest import ANA, BEN, Team
from tests.unit.features.checklists.guarding import (
    BERLIN,
    KEYS,
    MONDAY,
    SECURITY,
    choose,
    guarded,
    monday,
    run,
    runs,
    tick,
)


async def test_late_items_remind_their_owners_then_the_lead(team: Team) -> None:
    team = guarded(team, SECURITY)
    await monday(team, Chosen(duties={"account": ANA[0]}))
    await team.press("item-take", "000001/mail", BEN)
    for hours in (47, 48, 49, 96, 97, 6 * 24 + 23):
        team.clock.now = MONDAY + timedelta(hours=hours)
        await tick(team)
    assert runs(team) == ["K-1", "K-1/reminder-1", "K-1/reminder-2"]
    first, second = (team.chat.messages[f"K-1/reminder-{number}"] for number in (1, 2))
    assert first.card.title == "Account security, week 48: 3 items not answered"
    assert first.card.body == "Ana: Users and permissions; API keys.\nBen: Mailbox rules."
    assert second.card.body.endswith("There is no lead yet. Type /duties to take over.")
    assert (first.ping, second.ping) == (False, True)
    assert first.thread is not None
    assert first.thread.id == "K-1"


async def test_reminders_end_with_the_third(team: Team) -> None:
    monthly = msgspec.structs.replace(SECURITY, cadence="0 9 23 * *")
    team = guarded(team, monthly)
    await monday(team, Chosen(duties={"lead": BEN[0]}))
    for _ in range(24 * 20):
        team.clock.advance(hours=1)
        await tick(team)
    reminders = [key for key in runs(team) if "reminder" in key]
    assert reminders == [f"K-1/reminder-{number}" for number in (1, 2, 3)]
    assert team.chat.cards["K-1/reminder-3"].body.endswith("Ben, please follow up.")
    assert (await run(team, 1)).due_at is None


async def test_nobody_is_reminded_outside_the_hours_of_work(team: Team) -> None:
    friday = msgspec.structs.replace(SECURITY, cadence="0 20 * * thu")
    team = guarded(team, friday)
    await choose(team, Chosen(zone=BERLIN, quiet_from=9, quiet_to=10))
    team.clock.now = MONDAY
    await tick(team)
    told: list[datetime] = []
    for _ in range(24 * 11):
        before = len(runs(team))
        await tick(team)
        if any("reminder" in key for key in runs(team)[before:]):
            told.append(team.clock.now)
        team.clock.advance(hours=1)
    # Posted on Thursday at 20:00: due on Monday at 20:00, told on Tuesday at 10:00 in Berlin.
    assert told[0] == datetime(2026, 12, 1, 9, tzinfo=UTC)


async def test_when_all_is_answered_nobody_is_reminded(team: Team) -> None:
    team = guarded(team, msgspec.structs.replace(SECURITY, items=(KEYS,)))
    await monday(team)
    await team.press("item-not-ours", "000001/keys")
    team.clock.advance(days=3)
    await tick(team)
    assert runs(team) == ["K-1"]
