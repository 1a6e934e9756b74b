"""Who alerts call: settings by name, each announced and undone like the others."""

from __future__ import annotations

import pytest

from bot.core.collections import TEAMS
from bot.core.findings import Severity
from bot.core.mentions import Mention
from bot.core.team import Team as Settings
from tests.unit.conftest import BEN, Team, card_text, notice


async def test_somebody_who_worked_here_is_put_on_call_by_name(team: Team) -> None:
    await team.type("/watch B0PRODUC01 US", BEN)
    await team.type("/settings digest 8", BEN)
    shown = card_text(await team.type("/settings oncall Ben"))
    assert "On call: Ben" in shown
    assert "Escalated: after 30 min without acknowledgment" in shown
    assert (await team.app.team()).oncall == (Mention(chat="web", id="ben", name="Ben"),)
    assert "Ana changed a setting. On call: Ben." in team.announced()[-1]
    await team.undo()
    assert (await team.app.team()).oncall == ()


async def test_nobody_is_called_unless_somebody_was_named(team: Team) -> None:
    shown = card_text(await team.type("/settings"))
    assert "On call: no one" in shown
    assert "Escalated: never" in shown


async def test_off_takes_everybody_off_call(team: Team) -> None:
    await team.type("/settings oncall me")
    assert "On call: Ana" in card_text(await team.type("/settings"))
    assert "On call: no one" in card_text(await team.type("/settings oncall off"))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mention warning", "Alerts that mention: critical ones and warnings"),
        ("mention off", "Alerts that mention: none"),
        ("escalate 45", "Escalated: after 45 min without acknowledgment"),
        ("escalate 60 minutes", "Escalated: after 1 h without acknowledgment"),
        ("escalate off", "Escalated: never"),
        ("calls 1", "Mentions a night: at most 1"),
    ],
)
async def test_what_is_called_for_can_be_chosen(team: Team, typed: str, shown: str) -> None:
    assert shown in card_text(await team.type(f"/settings {typed}"))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("oncall Nobody", "Could not find 'Nobody'"),
        ("oncall <!channel>", "Could not find"),
        ("mention loud", "critical, warning, all or off"),
        ("escalate 4", "from 5 to 1,440"),
        ("escalate 99999", "from 5 to 1,440"),
        ("escalate soon", "from 5 to 1,440"),
        ("calls 21", "0 to 20"),
        ("calls -1", "0 to 20"),
    ],
)
async def test_what_cannot_be_read_says_what_can(team: Team, typed: str, why: str) -> None:
    before = await team.app.team()
    assert why in notice(await team.type(f"/settings {typed}"))
    assert await team.app.team() == before


async def test_what_was_stored_before_means_that_nobody_is_on_call(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(zone="Europe/Berlin"))
    known = await team.app.team()
    assert known.oncall == ()
    assert known.calls_from is Severity.CRITICAL
    assert known.escalates_after is None
