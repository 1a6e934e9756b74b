"""A user group that is on call: found by its id or handle, and called by an alert."""

from __future__ import annotations

import pytest

from bot.core.mentions import Mention, MentionKind
from tests.unit.adapters.slack.team import ALERTS, SlackTeam
from tests.unit.conftest import OWN, THIEF, offer


@pytest.mark.parametrize("typed", ["S0CREW", "group-s0crew", "@group-s0crew"])
async def test_a_user_group_is_called_by_an_alert(at_work: SlackTeam, typed: str) -> None:
    at_work.fake.user_groups = {"S0CREW": {"UANA"}}
    await at_work.ana.command("/settings", f"oncall {typed}", ALERTS)
    await at_work.fake.until(lambda: at_work.ana.ephemerals)
    crew = Mention(chat="slack", id="S0CREW", name="@group-s0crew", kind=MentionKind.GROUP)
    assert (await at_work.team.app.team()).oncall == (crew,)
    await at_work.team.look(offer(OWN, "24.99"), offer(THIEF, "18.70"))
    at_work.team.clock.advance(minutes=6)
    await at_work.dispatcher.deliver()
    assert at_work.fake.mentions == [
        "<!subteam^S0CREW>",
        "{'type': 'usergroup', 'usergroup_id': 'S0CREW'}",
    ]
    # It was meant.
    at_work.fake.mentions.clear()


async def test_a_slack_that_does_not_answer_changes_nothing(at_work: SlackTeam) -> None:
    at_work.fake.faults.error("usergroups.list", "missing_scope")
    await at_work.ana.command("/settings", "oncall S0CREW", ALERTS)
    await at_work.fake.until(lambda: at_work.ana.ephemerals)
    assert "Slack did not say who that is" in str(at_work.ana.ephemerals[-1])
    assert (await at_work.team.app.team()).oncall == ()
