"""The measurements of the chats still measure, with as little as they can."""

from __future__ import annotations

from tests.bench import alerts, chats, trials
from tests.bench.test_bench import check


async def test_commands() -> None:
    # Slack's are measured in the same way, beside ten more bots that take their time to start.
    check(await chats.discord(trials.Sizes(commands=2, rounds=1)), {"Chat"})


async def test_alerts() -> None:
    rows = await alerts.measure(alerts.Sizes(changes=8, pace=0.01))
    figures = {row.what: row.figure for row in rows}
    assert figures["posts in the channel itself"] == 6
    assert figures["posts in the wave's thread"] == 3
