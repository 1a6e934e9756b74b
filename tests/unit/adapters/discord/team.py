"""The product's own application behind the real discord.py, and a Discord of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from unittest.mock import patch

import discord
from discord.http import Route

from adapters.discord.connection import Discord, DiscordAccess
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.gateway import ChatGateway
from bot.core.outbox import Outbox
from bot.core.permissions import Roster
from tests.platforms.discord.people import Person
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Channel, Message
from tests.platforms.discord.wire import Json
from tests.unit.conftest import OWN, THIEF, Team, offer

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70")


@dataclass
class DiscordTeam:
    """A team that works in Discord."""

    team: Team
    fake: FakeDiscord
    discord: Discord
    dispatcher: OutboxDispatcher

    @property
    def channel(self) -> Channel:
        return self.fake.channel("brand-alerts")

    def person(self, name: str = "Ana", *, admin: bool = True) -> Person:
        return self.fake.person(name, administrator=admin)

    async def sends(self) -> None:
        self.team.clock.advance(minutes=6)
        await self.dispatcher.deliver()

    async def alert(self) -> Message:
        """Let a stranger sell the product, and return the alert in the channel."""
        await self.person().command("watches", channel=self.channel)
        await self.team.look(OURS, THEIRS)
        await self.sends()
        return self.channel.messages[-1]


async def register_everywhere(at_work: DiscordTeam, *commands: Json) -> None:
    """Let the application have commands that another program of its own registered."""
    path = f"/applications/{at_work.fake.application_id}/commands"
    assert at_work.discord.chat.client is not None
    await at_work.discord.chat.client.http.request(Route("PUT", path), json=list(commands))


async def at_once(*_: object, **__: object) -> None:
    """Begin another session without the five seconds that discord.py waits."""


@asynccontextmanager
async def working(
    team: Team,
    fake: FakeDiscord,
    server: str = "",
    token: str = "",
    member_roles: frozenset[int] = frozenset(),
) -> AsyncIterator[DiscordTeam]:
    """Connect the team's application to the fake for as long as the block lasts."""
    object.__setattr__(team.app, "outbox", Outbox(team.clock, ("web", "discord"), simulated=True))
    gateway = ChatGateway(team.app, team.router, Roster())
    api = f"{fake.url}/api/v10"
    access = DiscordAccess(token or fake.token, server, api, fake.gateway_url, member_roles)
    linked = Discord(access, team.app.evidence.read)
    dispatcher = OutboxDispatcher(team.app, "discord", linked.chat)
    with (
        patch.object(discord.Client, "before_identify_hook", at_once),
        patch("adapters.discord.reconnecting.SHORTEST", 0.01),
        patch("adapters.discord.reconnecting.APART", 0.0),
    ):
        async with linked.serve(gateway):
            await fake.until(lambda: bool(fake.commands(fake.guild)))
            yield DiscordTeam(team, fake, linked, dispatcher)
