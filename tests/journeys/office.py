"""A Slack, a Discord and a marketplace on this machine, and the program between them.

The program is a process of its own, started as `make run` starts it, and knows nothing but its
settings from the environment.
"""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from adapters.simulator import Marketplace, SettableClock, demo_scenario
from adapters.simulator.scenario import Scenario
from adapters.slack.outbound import PACE
from bot.cli.demo import OWN_SELLER
from bot.settings import PREFIX
from tests.journeys.lives import HURRIED, start
from tests.patience import PATIENCE
from tests.platforms.discord import people as discord_people
from tests.platforms.discord.seen import seen as seen_in_discord
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack import people as slack_people
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message as SlackMessage
from tests.platforms.slack.state import View

T = TypeVar("T")

ALERTS = "brand-alerts"
SLACK_ALERTS = "C0ALERTS"
HURRY = 0.2
"""Seconds between two posts in Slack for a journey that is about something else than the pace."""


def slack_text(message: SlackMessage | View) -> str:
    return seen_in_slack(message).text


def discord_text(message: DiscordMessage) -> str:
    return "\n".join(seen_in_discord(message).lines)


@dataclass
class Office:
    """Ana works in Slack and Ben in Discord. The marketplace's time passes when a test says so."""

    slack: FakeSlack
    discord: FakeDiscord
    market: Marketplace
    world: SettableClock
    folder: Path
    ana: slack_people.Person
    ben: discord_people.Person
    pace: float | None = None
    """Seconds between two posts in Slack; None is the program's own pace."""
    settings: dict[str, str] = field(default_factory=dict)
    """What the program is told beside or in place of the usual, without the prefix."""
    process: Process | None = None
    starts: int = 0
    keepa: bool = False
    """Whether the program has the key of the marketplace's Keepa."""

    async def start(self) -> None:
        """Start the program, and wait until both chats hear it."""
        self.starts += 1
        await self.begin()
        await self.in_slack(lambda: self._opened() == self.starts and self.slack.connected)
        await self.in_discord(lambda: self.discord.gateway.identified == self.starts)
        await self.in_discord(lambda: self.discord.commands(self.discord.guild))

    async def begin(self) -> None:
        """Start the program, and wait for nothing."""
        program = (HURRIED, str(PACE if self.pace is None else self.pace))
        self.process = await start(self.folder, *program, "run", env=self._environment())

    async def die(self) -> None:
        """Let the program die without a word, and both chats notice."""
        assert await self.end(signal.SIGKILL) == -signal.SIGKILL
        await self.in_slack(lambda: not self.slack.connected)
        await self.in_discord(lambda: not self.discord.connected)

    async def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def in_slack(self, condition: Callable[[], T]) -> T:
        """Wait until it is so."""
        return await self.slack.until(condition, PATIENCE)

    async def in_discord(self, condition: Callable[[], T]) -> T:
        """Wait until it is so."""
        return await self.discord.until(condition, PATIENCE)

    async def in_either(self, condition: Callable[[], T]) -> T:
        """Wait until it is so, which both chats have a part in."""
        waits = [
            asyncio.create_task(self.in_slack(condition)),
            asyncio.create_task(self.in_discord(condition)),
        ]
        done, left = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in left:
            each.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return done.pop().result()

    def ana_is_told(self) -> list[str]:
        """Return what only Ana sees: messages, and in a form's place what came of it."""
        told = [slack_text(each) for each in self.ana.ephemerals]
        return [*told, slack_text(self.ana.said)] if self.ana.said else told

    def slack_alerts(self) -> list[SlackMessage]:
        """Return the cards of cases in the channel, without what a thread tells there too."""
        shown = self.slack.channel(SLACK_ALERTS).messages
        return [each for each in shown if not each.is_reply and "C-1" in slack_text(each)]

    def discord_alerts(self) -> list[DiscordMessage]:
        """Return the cards of cases in the channel."""
        shown = self.discord.channel(ALERTS).messages
        return [each for each in shown if "C-1" in discord_text(each)]

    def slack_thread(self) -> list[SlackMessage]:
        channel = self.slack.channel(SLACK_ALERTS)
        return [told for alert in self.slack_alerts() for told in channel.thread(alert.ts)]

    def discord_thread(self) -> list[DiscordMessage]:
        threads = [alert.thread for alert in self.discord_alerts() if alert.thread]
        return [told for thread in threads for told in thread.messages]

    async def told_in_both(self, words: str) -> None:
        """Wait until the case's thread says it, in both chats."""
        await self.in_slack(lambda: any(words in slack_text(m) for m in self.slack_thread()))
        await self.in_discord(lambda: any(words in discord_text(m) for m in self.discord_thread()))

    async def offered_in_both(self, button: str, *, gone: bool = False) -> None:
        """Wait until the case's card has the button, or has it no more, in both chats."""
        [slack], [discord] = self.slack_alerts(), self.discord_alerts()
        await self.in_slack(lambda: (button in seen_in_slack(slack).buttons) != gone)
        await self.in_discord(lambda: (button in seen_in_discord(discord).buttons) != gone)

    async def answers_in_both(
        self, command: str, typed: str = "", chosen: dict[str, object] | None = None
    ) -> tuple[str, str]:
        """Let Ana and Ben type a command, and return what each of them alone sees."""
        before = len(self.ana.ephemerals)
        assert (await self.ana.command(f"/{command}", typed, SLACK_ALERTS)).acked
        await self.in_slack(lambda: len(self.ana.ephemerals) > before)
        assert (await self.ben.command(command, chosen, ALERTS)).answered
        return slack_text(self.ana.ephemerals[-1]), discord_text(self.ben.ephemerals[-1])

    async def opens(self, button: str) -> None:
        """Let Ana press a button of the case's card that opens a form."""
        await self.ana.press(self.slack_alerts()[0], button)
        await self.in_slack(lambda: self.ana.modal)

    def _opened(self) -> int:
        """Tell how many programs asked Slack for a socket; each does so once, if nothing breaks."""
        return len(self.slack.calls("apps.connections.open"))

    def _environment(self) -> dict[str, str]:
        known = self.market.credentials
        settings = {
            "BRAND": "Alder & Finch",
            "OWN_SELLERS": OWN_SELLER,
            "DATA_DIR": str(self.folder / "data"),
            "CHECK_EVERY": "PT0.3S",
            "CONFIRM_AFTER": "PT0.3S",
            "AMAZON_ENDPOINT": self.market.base_url,
            "AMAZON_LOGIN_URL": f"{self.market.base_url}/auth/o2/token",
            "AMAZON_CLIENT_ID": known.client_id,
            "AMAZON_CLIENT_SECRET": known.client_secret,
            "AMAZON_REFRESH_TOKEN": known.refresh_token,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_ENDPOINT": self.slack.base_url,
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_ENDPOINT": f"{self.discord.url}/api/v10",
            "DISCORD_GATEWAY": self.discord.gateway_url,
            # Each has an account in one chat.
            "SAME": f"{self.ana.id},{self.ben.id}",
            "WEB_PORT": "0",
            **self.settings,
        }
        if self.keepa:
            settings |= {
                "KEEPA_KEY": self.market.keepa_key,
                "KEEPA_ENDPOINT": self.market.keepa_url,
            }
        others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        return others | {PREFIX + name: value for name, value in settings.items()}


@asynccontextmanager
async def open_office(
    folder: Path, pace: float | None = None, scenario: Scenario | None = None
) -> AsyncIterator[Office]:
    """Open both chats and the marketplace; the program is not started yet."""
    world = SettableClock()
    market = Marketplace(scenario or demo_scenario(), clock=world, quota_scale=100)
    async with FakeSlack() as slack, FakeDiscord(answer_within=PATIENCE) as discord, market:
        # That a bot answers within three seconds is tested where nothing else has to run meanwhile.
        slack.patience = slack.trigger_seconds = PATIENCE
        ana = slack.person("UANA", "Ana", admin=True)
        slack.add_channel(SLACK_ALERTS, ALERTS, [ana], bot=False, private=True)
        ben = discord.person("Ben", administrator=True)
        office = Office(slack, discord, market, world, folder, ana, ben, pace)
        try:
            yield office
        finally:
            if office.process is not None and office.process.returncode is None:
                await office.end(signal.SIGKILL)
