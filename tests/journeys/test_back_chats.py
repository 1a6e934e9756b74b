"""Who is in the second form of a flow goes back to the first, in either chat, and loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.cases.collections import CASES
from tests.journeys.chat_doors import DOORS, Doors
from tests.unit.conftest import Team

pytestmark = pytest.mark.ci


@pytest.fixture(params=DOORS)
async def doors(request: pytest.FixtureRequest, team: Team) -> AsyncIterator[Doors]:
    """The ways into a team that has an open case."""
    async with DOORS[request.param](team) as doors:
        await doors.rig.alert()
        yield doors
        assert doors.rig.broken_rules() == []


def text(doors: Doors) -> str:
    return doors.rig.form.text if doors.rig.form else ""


async def test_the_first_form_is_shown_again_as_it_was_answered(doors: Doors, team: Team) -> None:
    day = (team.clock.now + timedelta(days=3)).date()
    await doors.presses("Snooze")
    await doors.sends({"For how long?": "Until a day I choose"})
    assert "Snooze until a day" in text(doors)
    await doors.goes_back()
    assert "Snooze until a day" not in text(doors)
    await doors.sends({})
    assert "Snooze until a day" in text(doors)
    await doors.sends({"Which day?": day.isoformat()})
    case = await team.app.store.get(CASES, "00000001")
    assert case
    assert case.snoozed_until
    assert case.snoozed_until.date() == day


async def test_what_is_typed_in_slack_stays_for_when_one_comes_again(team: Team) -> None:
    """Discord tells nobody what stands in a form that is closed."""
    day = (team.clock.now + timedelta(days=5)).date()
    async with DOORS["slack"](team) as doors:
        await doors.rig.alert()
        await doors.presses("Snooze")
        await doors.sends({"For how long?": "Until a day I choose"})
        await doors.rig.fills_in({"Which day?": day.isoformat()})
        await doors.goes_back()
        await doors.sends({})
        await doors.sends({})
        case = await team.app.store.get(CASES, "00000001")
        assert case
        assert case.snoozed_until
        assert case.snoozed_until.date() == day
