"""A team at work in a Discord that stands on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.platforms.discord.hearts import beating
from tests.platforms.discord.server import FakeDiscord
from tests.unit.adapters.discord.team import DiscordTeam, working
from tests.unit.conftest import Team, team

__all__ = ["team"]


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        # The first member owns the server, and an owner lacks no permission.
        fake.person("Olga")
        bot = fake.guild.members.pop(fake.guild.bot.id)
        fake.guild.members[bot.id] = bot
        yield fake
        assert fake.violations == []
        assert fake.pings == []
        assert beating() == []


@pytest.fixture
async def at_work(team: Team, fake: FakeDiscord) -> AsyncIterator[DiscordTeam]:
    async with working(team, fake) as at_work:
        yield at_work
