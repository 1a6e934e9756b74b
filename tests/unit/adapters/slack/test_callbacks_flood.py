"""Junk without end on the port that Slack calls: what Slack signed is answered all the same."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from tests.patience import PATIENCE
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working
from tests.unit.conftest import Team

SECRET = "shh"
BURST = 25
"""Requests that a connection brings before it is closed."""
HEAD = "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{}\r\n{}"
FORGED = "X-Slack-Request-Timestamp: {}\r\nX-Slack-Signature: v0=" + 64 * "0" + "\r\n"
JUNK = (
    HEAD.format(8, "", "payload="),
    HEAD.format(3, "Content-Type: application/json\r\n", "[[["),
    HEAD.format(0, "X-Slack-Signature: v0=\r\n", ""),
    HEAD.format(3, FORGED.format(1), "x=1"),
    HEAD.format(3, FORGED.format("9" * 12), "x=1"),
    "GET /admin HTTP/1.1\r\nHost: x\r\n\r\n",
    "DELETE /slack/events?token=1 HTTP/1.1\r\nHost: x\r\n\r\n",
)
EVENTS = ("a call without Slack's signature was refused", "a request could not be read")
NONSENSE = (b"\x16\x03\x01\x02\x00\x01\x00", b"nonsense\r\n\r\n", b"GET  HTTP\r\n\r\n")
"""What is no request at all."""


class Minutes:
    """Stands in for the module of the same use: time passes when the test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


class Attacker:
    """Sends what nobody signed, over many connections at the same time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._junk = (*JUNK, HEAD.format(3, FORGED.format(int(time.time())), "x=1"))
        self.sent = self.refused = self.nonsense = 0

    async def minute(self, connections: int) -> None:
        await asyncio.gather(*(self._burst(number) for number in range(connections)))
        await asyncio.gather(*map(self._babbles, NONSENSE))

    async def _burst(self, number: int) -> None:
        junk = [self._junk[(number + place) % len(self._junk)] for place in range(BURST)]
        junk[-1] = junk[-1].replace("Host: x", "Host: x\r\nConnection: close")
        answers = await self._brings("".join(junk).encode())
        self.sent += BURST
        self.refused += answers.count(b"HTTP/1.1 401 ")

    async def _babbles(self, words: bytes) -> None:
        self.nonsense += 1
        assert b" 200 " not in await self._brings(words + b"\r\n\r\n")

    async def _brings(self, content: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(content)
            return await asyncio.wait_for(reader.read(), PATIENCE)
        finally:
            writer.close()


@pytest.fixture
async def at_work(
    team: Team, fake: FakeSlack, unused_tcp_port: int
) -> AsyncIterator[tuple[SlackTeam, Attacker]]:
    access = {"app_token": "", "signing_secret": SECRET}
    async with working(team, fake, **access, port=unused_tcp_port) as at_work:
        fake.use_http(f"http://127.0.0.1:{unused_tcp_port}/slack/events", SECRET)
        yield at_work, Attacker(unused_tcp_port)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("minutes", "connections"), [(20, 8), pytest.param(60, 40, marks=pytest.mark.soak)]
)
async def test_signed_commands_are_answered_and_the_log_has_a_line_a_minute(
    at_work: tuple[SlackTeam, Attacker], minutes: int, connections: int
) -> None:
    (slack, attacker), passing = at_work, Minutes()
    with capture_logs() as logs, patch("adapters.http.lines.time", passing):
        for number in range(minutes):
            flood = asyncio.create_task(attacker.minute(connections))
            assert (await slack.ana.command("/watches", "", ALERTS)).acked
            assert "2 watched products" in seen(await slack.told(number + 1)).text
            await flood
            passing.now += 60
            slack.team.clock.advance(minutes=1)
        await attacker.minute(1)
    assert attacker.sent >= BURST * connections * minutes
    assert attacker.refused == attacker.sent
    warnings = [each for each in logs if each["log_level"] != "info"]
    told: dict[str, list[int]] = {}
    for each in warnings:
        told.setdefault(each["event"], []).append(each["times"])
    # Of the last minute the first is told.
    left = (BURST - 1, len(NONSENSE) - 1)
    assert {event: sum(times) for event, times in told.items()} == {
        EVENTS[0]: attacker.sent - left[0],
        EVENTS[1]: attacker.nonsense - left[1],
    }
    assert {len(times) for times in told.values()} == {minutes + 1}


@pytest.mark.ci
async def test_a_flood_leaves_nothing_in_memory(at_work: tuple[SlackTeam, Attacker]) -> None:
    _, attacker = at_work
    await attacker.minute(10)
    before, tasks = blocks(), len(asyncio.all_tasks())
    for _ in range(10):
        await attacker.minute(8)
    assert blocks() - before < attacker.sent / 10
    assert len(asyncio.all_tasks()) <= tasks


def blocks() -> int:
    """Return how many pieces of memory the interpreter has handed out."""
    gc.collect()
    return sys.getallocatedblocks()
