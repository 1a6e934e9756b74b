"""The product's own application behind the real slack_bolt, and a Slack of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from unittest.mock import patch

from adapters.slack.connection import Slack, SlackAccess
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.gateway import ChatGateway
from bot.core.outbox import Outbox
from bot.core.permissions import Roster
from tests.platforms.slack.people import Person
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Channel, Message
from tests.unit.conftest import OWN, THIEF, Team, offer

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70")
ALERTS = "C0ALERTS"


async def eventually(condition: Callable[[], object]) -> None:
    """Wait until it is true, of what neither the store nor the fake tells."""
    async with asyncio.timeout(60):
        for _ in count():
            if condition():
                return
            await asyncio.sleep(0.01)


@dataclass
class SlackTeam:
    """A team that works in Slack."""

    team: Team
    fake: FakeSlack
    slack: Slack
    dispatcher: OutboxDispatcher
    ana: Person

    @property
    def channel(self) -> Channel:
        return self.fake.channel(ALERTS)

    async def sends(self) -> None:
        self.team.clock.advance(minutes=6)
        await self.dispatcher.deliver()

    async def alert(self) -> Message:
        """Let a stranger sell the product, and return the alert in the channel."""
        await self.ana.command("/watches", "", ALERTS)
        await self.team.look(OURS, THEIRS)
        await self.sends()
        return self.channel.messages[-1]

    async def told(self, number: int = 1) -> Message:
        """Wait until the person sees so many messages of her own, and return the last."""
        await self.fake.until(lambda: len(self.ana.ephemerals) >= number)
        return self.ana.ephemerals[-1]


@asynccontextmanager
async def working(
    team: Team, fake: FakeSlack, **access: str | int | frozenset[str]
) -> AsyncIterator[SlackTeam]:
    """Connect the team's application to the fake for as long as the block lasts."""
    object.__setattr__(team.app, "outbox", Outbox(team.clock, ("web", "slack"), simulated=True))
    gateway = ChatGateway(team.app, team.router, Roster())
    given = {"bot_token": fake.bot_token, "app_token": fake.app_token, "endpoint": fake.base_url}
    linked = Slack(SlackAccess(**{**given, **access}), team.app.evidence.read)  # type: ignore[arg-type]
    dispatcher = OutboxDispatcher(team.app, "slack", linked.chat)
    ana = fake.person("UANA", "Ana", admin=True)
    fake.add_channel(ALERTS, "brand-alerts", [ana], private=True, default=True)
    with patch("adapters.slack.outbound.PACE", 0):
        async with linked.serve(gateway):
            if not access:
                await fake.until(lambda: fake.connected > 0)
            yield SlackTeam(team, fake, linked, dispatcher, ana)
