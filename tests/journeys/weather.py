"""One team in Slack and Discord at once, over sockets, while one of both has bad weather.

The team's clock stands unless a test moves it, so a day of outage takes a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count

from bot.core.chat_troubles import Topic, Trouble, trouble_key
from bot.core.collections import OUTBOX, TROUBLES
from bot.core.interactions import Ask
from bot.core.outbox import Outbox
from tests.journeys.discord_side import InDiscord
from tests.journeys.sides import Side
from tests.journeys.slack_side import InSlack
from tests.patience import PATIENCE
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.discord import team as discord_team
from tests.unit.adapters.slack import team as slack_team
from tests.unit.conftest import OWN, Team, offer

OURS = offer(OWN, "24.99")
CHATS = ("slack", "discord")


@dataclass(frozen=True)
class Weather:
    """The team, the chat that has bad weather, and the other one."""

    team: Team
    bad: Side
    good: Side

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.good, self.bad

    async def passes(self, minutes: float, step: float = 1.0) -> None:
        """Let time pass, while both chats are served every so many minutes."""
        for _ in range(round(minutes / step)):
            self.team.clock.advance(minutes=step)
            await self.sends()

    async def sends(self) -> None:
        # Good weather first: it must not depend on what comes of the other.
        for side in (self.good, self.bad, self.good):
            await side.dispatcher.deliver()

    async def look(self, *strangers: int, price: str = "18.70", holder: str = OWN) -> None:
        """Let these strangers sell, twice: a departure is believed then."""
        offers = [offer(stranger(number), price) for number in strangers]
        for _ in range(2):
            await self.team.look(OURS, *offers, holder=holder)
            await self.passes(1)

    async def trouble(self, topic: Topic) -> Trouble | None:
        return await self.team.app.store.get(TROUBLES, trouble_key(self.bad.name, topic))

    async def noticed(self, topic: Topic, *, over: bool = False) -> None:
        """Wait until it is noted that something is wrong with the chat, or not any more."""
        async with asyncio.timeout(PATIENCE):
            for _ in count():
                if (await self.trouble(topic) is None) is over:
                    return
                await asyncio.sleep(0.005)

    async def closes(self, label: str) -> None:
        [ask] = await self.team.press("close", label.removeprefix("C-"))
        assert isinstance(ask, Ask)
        await self.team.submit(ask, {"reason": "false-alarm"})

    async def waiting(self) -> int:
        return await self.team.app.store.count(OUTBOX)


def stranger(number: int) -> str:
    return f"A1STRANGER{number:04d}"


@asynccontextmanager
async def open_weather(team: Team, bad: str) -> AsyncIterator[Weather]:
    """Let the team work in both chats; alerts come to a channel in each."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(FakeSlack())
        discord = await stack.enter_async_context(FakeDiscord())
        discord.person("Olga")  # The first member owns the server, and lacks no permission.
        bot = discord.guild.members.pop(discord.guild.bot.id)
        discord.guild.members[bot.id] = bot
        ana = await stack.enter_async_context(slack_team.working(team, slack))
        ben = await stack.enter_async_context(discord_team.working(team, discord))
        object.__setattr__(team.app, "outbox", Outbox(team.clock, CHATS, simulated=True))
        sides: Mapping[str, Side] = {"slack": InSlack(ana), "discord": InDiscord(ben)}
        [good] = [side for name, side in sides.items() if name != bad]
        weather = Weather(team, sides[bad], good)
        for side in sides.values():
            await side.types("watches")
        await weather.passes(2)
        yield weather
        for side in sides.values():
            assert side.broken_rules() == []
