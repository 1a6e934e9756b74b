"""A Slack with one person and one channel, and a program that is connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.platforms.slack.echo_app import TEAM, Echo, running
from tests.platforms.slack.people import Person
from tests.platforms.slack.server import FakeSlack


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as slack:
        yield slack
        assert not slack.faults.waiting


@pytest.fixture
def ana(slack: FakeSlack) -> Person:
    ana = slack.person("UANA", "Ana", admin=True)
    slack.add_channel(TEAM, "team", [ana])
    return ana


@pytest.fixture
async def echo(slack: FakeSlack, ana: Person) -> AsyncIterator[Echo]:
    async with running(slack) as echo:
        yield echo
