"""Quiet hours hold what may wait, as long as they last now, and nothing else."""

from __future__ import annotations

import pytest

from bot.core.collections import OUTBOX, TEAMS
from bot.core.interactions import Post
from bot.core.team import Team as TeamSettings
from tests.unit.conftest import BEN, OWN, THIEF, Team, card_text, notice, offer

OURS = offer(OWN, "24.99")
CALM = offer(THIEF, "24.90")
"""A stranger's offer that is no reason to wake anybody."""


async def quiet(team: Team, begin: int = 9, end: int = 12) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, TeamSettings(quiet_from=begin, quiet_to=end))


async def held_case(team: Team) -> None:
    """Let a case be opened and told, and then quiet hours begin and something calm happen."""
    await team.look(OURS, CALM)
    await quiet(team)
    team.clock.advance(minutes=11)
    await team.look(OURS, offer(THIEF, "24.80"))
    assert team.chat.order == ["C-1"]
    assert await team.app.store.count(OUTBOX) == 1


def cases(team: Team) -> list[str]:
    """Return the messages about cases: that a setting was changed is announced at any hour."""
    return [key for key in team.chat.order if key.startswith("C-")]


async def test_a_persons_note_passes_what_is_held_before_it(team: Team) -> None:
    await held_case(team)
    await team.type("/note 1 They answered our letter.")
    assert [team.chat.cards[key].title for key in team.chat.order[1:]] == [
        "Ana: They answered our letter."
    ]


async def test_what_gets_critical_passes_what_is_held_before_it(team: Team) -> None:
    await held_case(team)
    team.clock.advance(minutes=11)
    await team.look(OURS, offer(THIEF, "24.80"), holder=THIEF)
    assert len(team.chat.order) == 2
    assert team.chat.messages[team.chat.order[1]].ping


async def test_a_note_on_a_held_case_brings_its_headline_along(team: Team) -> None:
    await quiet(team)
    await team.look(OURS, CALM)
    assert team.chat.order == []
    await team.type("/note 1 I know them.")
    assert team.chat.order == ["C-1", "C-1/2"]


@pytest.mark.parametrize("change", ["off", "13-14"])
async def test_changing_the_quiet_hours_sends_what_they_hold_no_longer(
    team: Team, change: str
) -> None:
    await held_case(team)
    await team.type(f"/settings quiet {change}")
    assert len(cases(team)) == 2


async def test_longer_quiet_hours_hold_longer(team: Team) -> None:
    await held_case(team)
    await team.type("/settings quiet 9-13")
    team.clock.advance(hours=2)
    await team.dispatcher.deliver()
    assert cases(team) == ["C-1"]
    team.clock.advance(hours=1)
    await team.dispatcher.deliver()
    assert len(cases(team)) == 2


async def test_health_says_what_is_held_until_when_and_a_press_sends_it(team: Team) -> None:
    await held_case(team)
    replies = await team.type("/health")
    assert "Held: 1 message until 12:00" in card_text(replies)
    [reply] = replies
    assert isinstance(reply, Post)
    assert [button.label for button in reply.card.buttons] == ["Send now"]
    assert notice(await team.press("send-held", "", who=BEN)) == "Sending 1 message now."
    assert len(team.chat.order) == 2
    assert "Held" not in card_text(await team.type("/health"))
    assert "No messages are waiting" in notice(await team.press("send-held", "", who=BEN))


async def test_a_held_message_of_one_case_holds_no_other_case(team: Team) -> None:
    await held_case(team)
    await team.type("/watch B0ALDER009 US")
    await team.look(OURS, offer("A2OTHERSELLER1", "18.70"), asin="B0ALDER002", holder="")
    assert team.chat.order[1:]
