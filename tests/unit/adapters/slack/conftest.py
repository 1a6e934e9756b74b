"""A team at work in a Slack that stands on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import SlackTeam, working
from tests.unit.conftest import Team, team

__all__ = ["team"]


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake
        assert fake.violations == []
        assert fake.mentions == []


@pytest.fixture
async def at_work(team: Team, fake: FakeSlack) -> AsyncIterator[SlackTeam]:
    async with working(team, fake) as at_work:
        yield at_work
