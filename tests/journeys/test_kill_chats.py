"""Killed after a chat took a message and before that was written down: no second message."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.platforms.discord.server import FakeDiscord
from tests.platforms.slack.server import FakeSlack

ROOT = Path(__file__).parents[2]
RUNS = 50
HELD_BACK = 60.0
"""Seconds for which the chat does not answer: longer than the process lives."""
ALERTS = "C0ALERTS"

pytestmark = pytest.mark.kill


class Victim:
    """The process that forks senders, and what it says of them."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def born(self, order: str) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n".encode())
        return await self._hear("born")

    async def buried(self) -> int:
        return await self._hear("buried")

    async def _hear(self, word: str) -> int:
        assert self._process.stdout is not None
        async with asyncio.timeout(30):
            said, number = (await self._process.stdout.readline()).split()
        assert said.decode() == word
        return int(number)


@asynccontextmanager
async def victim(*arguments: str) -> AsyncIterator[Victim]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.journeys.chat_victim", *arguments),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Victim(process)
    finally:
        process.kill()
        await process.wait()


async def _kill_again_and_again(
    victim: Victim,
    hold_back: Callable[[], None],
    arrived: Callable[[str], bool],
    until: Callable[[Callable[[], bool], float], Awaitable[bool]],
) -> None:
    for run in range(RUNS):
        key = f"M-{run}"
        hold_back()
        child = await victim.born(f"post {key}")
        await until(partial(arrived, key), 30)
        os.kill(child, signal.SIGKILL)
        assert await victim.buried() == -signal.SIGKILL
        await victim.born("drain")
        assert await victim.buried() == 0


async def test_slack_gets_no_second_message_because_its_history_is_asked(tmp_path: Path) -> None:
    async with FakeSlack() as fake:
        channel = fake.add_channel(ALERTS, "brand-alerts")

        def titles() -> list[str]:
            return [message.text for message in channel.messages]

        arguments = (str(tmp_path), "slack", fake.bot_token, ALERTS, fake.base_url)
        async with victim(*arguments) as sender:
            await _kill_again_and_again(
                sender,
                lambda: fake.faults.slow("chat.postMessage", HELD_BACK),
                lambda key: any(text.endswith(key) for text in titles()),
                fake.until,
            )
        posts = len(fake.calls("chat.postMessage"))
        print(f"Slack: {RUNS} kills, {posts} posts asked for, {len(titles())} messages")
        assert [text.rsplit(" ", 1)[1] for text in titles()] == [f"M-{run}" for run in range(RUNS)]


@pytest.mark.parametrize("by", ["history", "nonce"])
async def test_discord_gets_no_second_message(tmp_path: Path, by: str) -> None:
    async with FakeDiscord() as fake:
        channel = fake.channel("brand-alerts")

        def arrived(key: str) -> bool:
            found = [
                m for m in channel.messages if m.content.replace("\\", "").endswith(f"{key}**")
            ]
            if found and by == "nonce":
                # Its reference is gone, so the history does not help: it is posted once more.
                found[0].embeds = []
            return bool(found)

        where = (f"{fake.url}/api/v10", fake.gateway_url)
        arguments = (str(tmp_path), "discord", fake.token, str(channel.id), *where)
        async with victim(*arguments) as sender:
            await _kill_again_and_again(
                sender,
                lambda: fake.faults.slow("POST /channels/*/messages", HELD_BACK),
                arrived,
                fake.until,
            )
        asked = sum(r.method == "POST" and r.path.endswith("/messages") for r in fake.requests)
        shown = len(channel.messages)
        print(f"Discord, by {by}: {RUNS} kills, {asked} posts asked for, {shown} messages")
        assert (asked, shown) == ({"history": RUNS, "nonce": 2 * RUNS}[by], RUNS)
