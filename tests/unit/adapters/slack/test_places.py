"""A command that would bring alerts to a channel says why they cannot come there, at once."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from adapters.slack.channel_access import ARCHIVED, GROUP, OUTSIDE
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX
from bot.core.gateway import ChatGateway
from bot.core.idempotency import Response
from bot.core.intake import Intake
from bot.core.interactions import AnyInteraction, Command
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import shortcut
from tests.platforms.slack.seen import seen
from tests.platforms.slack.state import Channel
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

INFO = "conversations.info"


@pytest.fixture
def lacks() -> Iterator[list[str]]:
    """What each command says of its place."""
    told: list[str] = []
    handle = ChatGateway.handle

    async def noting(gateway: ChatGateway, asked: AnyInteraction, *, files: Intake) -> Response:
        if isinstance(asked, Command):
            told.append(asked.where.lacks)
        return await handle(gateway, asked, files=files)

    with patch.object(ChatGateway, "handle", noting):
        yield told


def channel(at_work: SlackTeam, kind: str) -> Channel:
    """Make a channel of that kind, with Ana in it."""
    name = "mpdm-ana--ben-1" if kind == "group" else "kitchen"
    made = at_work.fake.add_channel("C2", name, [at_work.ana], bot=kind == "fine")
    made.private, made.archived = kind == "private", kind == "archived"
    return made


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        *(("public", OUTSIDE), ("private", OUTSIDE), ("archived", ARCHIVED), ("group", GROUP)),
        ("fine", ""),
    ],
)
@pytest.mark.parametrize("first", [True, False])
async def test_the_place_says_what_it_lacks(
    at_work: SlackTeam, lacks: list[str], kind: str, says: str, first: bool
) -> None:
    if not first:
        await at_work.alert()
        lacks.clear()
    channel(at_work, kind)
    act = await at_work.ana.command("/brand", "settings channel  here", "C2")
    assert act.acked
    assert act.latency < 1
    assert lacks == [says]


async def test_what_was_mended_a_moment_ago_is_seen(at_work: SlackTeam, lacks: list[str]) -> None:
    made = channel(at_work, "public")
    await at_work.ana.command("/settings", "channel here", "C2")
    made.members.add(at_work.fake.bot_user)
    await at_work.ana.command("/settings", "channel here", "C2")
    assert lacks == [OUTSIDE, ""]
    await at_work.sends()
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "slack")
    assert room is not None
    assert room.channel == "C2"


async def test_the_first_command_is_answered_and_says_it(
    at_work: SlackTeam, lacks: list[str]
) -> None:
    channel(at_work, "public")
    await at_work.ana.command("/watches", "", "C2")
    await at_work.fake.until(lambda: at_work.ana.ephemerals)
    assert lacks == [OUTSIDE]
    said = await at_work.ana.post("C2", "Look")
    told = shortcut(at_work.fake, at_work.ana.user, "add-to-case", said)
    await at_work.fake.deliver("interactive", told, only_ack(at_work.fake))
    assert lacks == [OUTSIDE, OUTSIDE]


LACKING = [("public", OUTSIDE), ("private", OUTSIDE), ("archived", ARCHIVED), ("group", GROUP)]


async def alerts_channel(at_work: SlackTeam) -> tuple[str, str]:
    """Return where alerts come, and where they were asked to come."""
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "slack")
    assert room is not None
    return room.channel, room.candidate


@pytest.mark.parametrize(("kind", "says"), LACKING)
async def test_the_first_command_where_no_alert_can_come_says_why_and_what_to_do(
    at_work: SlackTeam, kind: str, says: str
) -> None:
    made = channel(at_work, kind)
    await at_work.ana.command("/watches", "", "C2")
    said = seen(await at_work.told(2)).text
    assert said == f"⚠️ No channel is set for alerts yet. {says}"
    await at_work.sends()
    assert await alerts_channel(at_work) == ("", "")
    assert made.messages == []


@pytest.mark.parametrize(("kind", "says"), LACKING)
async def test_alerts_are_not_said_to_come_where_they_cannot(
    at_work: SlackTeam, kind: str, says: str
) -> None:
    await at_work.alert()
    await at_work.told()
    channel(at_work, kind)
    await at_work.ana.command("/settings", "channel here", "C2")
    said = seen(await at_work.told(2)).text
    assert said == f"⚠️ {says}"
    await at_work.sends()
    assert await alerts_channel(at_work) == (ALERTS, "")
    assert await at_work.team.app.store.count(OUTBOX, "chat", "slack") == 0


async def test_other_commands_ask_slack_nothing(at_work: SlackTeam, lacks: list[str]) -> None:
    await at_work.alert()
    channel(at_work, "public")
    await at_work.ana.command("/brand", "help", "C2")
    asked = len(at_work.fake.calls(INFO))
    await at_work.ana.command("/brand", "help", "C2")
    assert lacks[-1] == ""
    assert len(at_work.fake.calls(INFO)) == asked


@pytest.mark.parametrize("fault", ["error", "slow", "missing_scope"])
async def test_where_slack_does_not_tell_nothing_is_claimed(
    at_work: SlackTeam, lacks: list[str], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr("adapters.slack.channel_access.QUICK", 0.05)
    channel(at_work, "public")
    if fault == "slow":
        at_work.fake.faults.slow(INFO, 1)
    else:
        at_work.fake.faults.error(INFO, "internal_error" if fault == "error" else fault)
    assert (await at_work.ana.command("/settings", "channel here", "C2")).acked
    assert lacks == [""]
