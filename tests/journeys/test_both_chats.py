"""The whole journey in Slack and Discord at once, the program in a process of its own.

It is started as `make run` starts it and is told by its settings alone where both chats are.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.marketplace import Credentials, Marketplace, SettableClock, demo_scenario
from tests.platforms.discord import people as discord_people
from tests.platforms.discord.seen import seen as seen_in_discord
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack import people as slack_people
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message as SlackMessage

ROOT = Path(__file__).parents[2]
OWN = "A3ALDERFINCH01"
PAN = "B0ALDER001"
ALERTS = "C0ALERTS"
ARRIVED = 14
"""The second of the demo's story at which a stranger sells the pan."""
PATIENCE = 40
PICTURE = ("proof.png", "image/png", b"\x89PNG picture")


@dataclass
class Both:
    """Two chats, a marketplace, and the program between them."""

    slack: FakeSlack
    discord: FakeDiscord
    world: SettableClock
    settings: dict[str, str]
    ana: slack_people.Person
    ben: discord_people.Person
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        opened = len(self.slack.calls("apps.connections.open"))
        began = self.discord.gateway.identified
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=os.environ | self.settings,
            cwd=self.settings["BRANDWARDEN_DATA_DIR"],
            stdout=asyncio.subprocess.DEVNULL,
        )
        await self.slack.until(
            lambda: (
                len(self.slack.calls("apps.connections.open")) > opened and self.slack.connected
            ),
            PATIENCE,
        )
        await self.discord.until(
            lambda: (
                self.discord.gateway.identified > began
                and self.discord.commands(self.discord.guild)
            ),
            PATIENCE,
        )

    async def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    def slack_alert(self) -> SlackMessage | None:
        return next((m for m in self.slack.channel(ALERTS).messages if "C-1" in _slack(m)), None)

    def discord_alert(self) -> DiscordMessage | None:
        channel = self.discord.channel("brand-alerts")
        return next((m for m in channel.messages if "C-1" in _discord(m)), None)

    def discord_thread(self) -> list[DiscordMessage]:
        alert = self.discord_alert()
        thread = self.discord.thread_of(alert) if alert else None
        return thread.messages if thread else []


def _slack(message: SlackMessage) -> str:
    return seen_in_slack(message).text


def _discord(message: DiscordMessage) -> str:
    return "\n".join(seen_in_discord(message).lines)


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with _open(tmp_path) as both:
        yield both
        assert both.slack.violations == both.slack.mentions == []
        assert both.discord.violations == both.discord.pings == []


@asynccontextmanager
async def _open(folder: Path) -> AsyncIterator[Both]:
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        discord = await stack.enter_async_context(FakeDiscord())
        world = SettableClock()
        market = Marketplace(demo_scenario(), clock=world, quota_scale=100)
        await stack.enter_async_context(market)
        ana = slack.person("UANA", "Ana", admin=True)
        slack.add_channel(ALERTS, "brand-alerts", [ana], bot=False)
        ben = discord.person("Ben", administrator=True)
        settings = _settings(folder, market, slack, discord)
        both = Both(slack, discord, world, settings, ana, ben)
        try:
            await both.start()
            yield both
        finally:
            if both.process is not None and both.process.returncode is None:
                await both.end(signal.SIGKILL)


def _settings(
    folder: Path, market: Marketplace, slack: FakeSlack, discord: FakeDiscord
) -> dict[str, str]:
    known = Credentials()
    values = {
        "BRAND": "Alder & Finch",
        "OWN_SELLERS": OWN,
        "DATA_DIR": str(folder),
        "AMAZON_ENDPOINT": market.base_url,
        "AMAZON_LOGIN_URL": f"{market.base_url}/auth/o2/token",
        "AMAZON_CLIENT_ID": known.client_id,
        "AMAZON_CLIENT_SECRET": known.client_secret,
        "AMAZON_REFRESH_TOKEN": known.refresh_token,
        "CHECK_EVERY": "PT0.3S",
        "CONFIRM_AFTER": "PT0.3S",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_ENDPOINT": slack.base_url,
        "DISCORD_TOKEN": discord.token,
        "DISCORD_ENDPOINT": f"{discord.url}/api/v10",
        "DISCORD_GATEWAY": discord.gateway_url,
        "WEB_PORT": "0",
    }
    named = {f"BRANDWARDEN_{name}": value for name, value in values.items()}
    return {**named, "PYTHONPATH": str(ROOT)}


async def test_one_case_is_worked_on_from_both_chats_and_survives_a_kill(both: Both) -> None:
    await _move_in(both)
    in_slack, in_discord = await _attacked(both)
    await _acknowledge(both, in_slack, in_discord)
    await _snooze_for_too_long(both, in_discord)
    await _add_a_note(both, in_slack)
    # The process dies; the buttons that stand in the chats live on.
    assert await both.end(signal.SIGKILL) == -signal.SIGKILL
    await both.start()
    await _close(both, in_slack)
    await both.discord.until(lambda: "Re-open" in seen_in_discord(in_discord).buttons, PATIENCE)
    await both.slack.until(lambda: "Re-open" in seen_in_slack(in_slack).buttons, PATIENCE)
    _assert_told_once(both, in_slack)
    assert await both.end(signal.SIGTERM) == 0


async def _move_in(both: Both) -> None:
    channel = both.discord.channel("brand-alerts")
    await both.ana.invite_bot(ALERTS)
    await both.ben.command("watches", channel=channel)
    await both.slack.until(lambda: both.slack.channel(ALERTS).messages, PATIENCE)
    await both.discord.until(lambda: channel.messages, PATIENCE)
    await both.ana.command("/watch", PAN, ALERTS)
    await both.slack.until(lambda: both.ana.ephemerals)
    assert "Watching" in _slack(both.ana.ephemerals[-1])


async def _attacked(both: Both) -> tuple[SlackMessage, DiscordMessage]:
    both.world.advance(ARRIVED)
    in_slack = await both.slack.until(both.slack_alert, PATIENCE)
    in_discord = await both.discord.until(both.discord_alert, PATIENCE)
    assert in_slack is not None
    assert in_discord is not None
    assert "SIMULATED" in _slack(in_slack)
    assert "SIMULATED" in _discord(in_discord)
    return in_slack, in_discord


async def _acknowledge(both: Both, in_slack: SlackMessage, in_discord: DiscordMessage) -> None:
    """Press in one chat, and see it in the other."""
    await both.ana.press(in_slack, "Acknowledge")
    await both.discord.until(
        lambda: "Acknowledge" not in seen_in_discord(in_discord).buttons, PATIENCE
    )
    await both.discord.until(lambda: any("Ana ack" in _discord(m) for m in both.discord_thread()))


async def _snooze_for_too_long(both: Both, in_discord: DiscordMessage) -> None:
    ben = both.ben
    await ben.press(in_discord, "Snooze")
    await ben.fill_in({"For how long?": "Until a day that I choose"})
    await ben.submit()
    await ben.press(ben.ephemerals[-1], "Continue")
    await ben.fill_in({"Which day?": "2020-01-01"})
    await ben.submit()
    assert "Please choose a day after" in _discord(ben.ephemerals[-1])


async def _add_a_note(both: Both, in_slack: SlackMessage) -> None:
    await both.ana.press(in_slack, "Add a note")
    await both.slack.until(lambda: both.ana.modal)
    await both.ana.fill_in({"What should the team know?": "A copy."})
    await both.ana.fill_in({"Pictures or papers": [PICTURE]})
    await both.ana.submit()
    await both.discord.until(
        lambda: any("proof.png" in seen_in_discord(m).files for m in both.discord_thread()),
        PATIENCE,
    )


async def _close(both: Both, in_slack: SlackMessage) -> None:
    await both.ana.press(in_slack, "Close")
    await both.slack.until(lambda: both.ana.modal)
    await both.ana.fill_in({"Why can it be closed?": "Another reason"})
    await both.ana.submit()
    assert both.ana.modal is not None
    assert both.ana.modal.errors
    await both.ana.fill_in({"What should the next person know?": "We bought all of them."})
    await both.ana.submit()


def _assert_told_once(both: Both, in_slack: SlackMessage) -> None:
    told = [_slack(message) for message in both.slack.channel(ALERTS).thread(in_slack.ts)]
    assert len(told) == len(set(told))
    assert sum("C-1" in _slack(m) for m in both.slack.channel(ALERTS).messages) == 1
    channel = both.discord.channel("brand-alerts")
    assert sum("C-1" in _discord(m) for m in channel.messages) == 1
    assert both.slack.too_fast(0.9) == []
