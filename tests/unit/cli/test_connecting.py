"""A chat that does not let us in holds back none of the others, and is tried again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

import pytest

from bot.bootstrap.chats import RESTART, connected
from bot.core.chat_troubles import Topic, trouble_key
from bot.core.collections import TROUBLES
from bot.core.gateway import ChatGateway
from bot.core.permissions import Roster
from bot.errors import NotConnected, UserError
from tests.fakes import FakeChat
from tests.unit.adapters.slack.team import eventually
from tests.unit.conftest import Team, team

__all__ = ["team"]

NO_ENTRY = NotConnected("Far refuses the token.", "Make a new one.")


class Link:
    """A connection to a chat that refuses it as often as it is told."""

    def __init__(self, name: str, *refusals: UserError) -> None:
        self.name = name
        self.chat = FakeChat()
        self.refusals = [*refusals]
        self.open = False

    @asynccontextmanager
    async def serve(self, gateway: ChatGateway) -> AsyncIterator[None]:
        if self.refusals:
            raise self.refusals.pop(0)
        await gateway.trouble_over(self.name, Topic.CONNECTION)
        self.open = True
        try:
            yield
        finally:
            self.open = False


@pytest.fixture
def gateway(team: Team) -> ChatGateway:
    return ChatGateway(team.app, team.router, Roster())


async def test_the_other_chat_is_connected_and_it_is_written_down_what_to_do(
    gateway: ChatGateway,
) -> None:
    far, near = Link("far", NO_ENTRY), Link("near")
    async with connected([far, near], gateway) as said:
        assert near.open
        assert said == [f"Not connected to Far. {NO_ENTRY}", "Connected to Near."]
        known = await gateway.app.store.get(TROUBLES, trouble_key("far", Topic.CONNECTION))
        assert known is not None
        assert (known.cause, known.remedy) == (NO_ENTRY.cause, NO_ENTRY.remedy)
        assert known.message
    assert not near.open


async def test_a_setting_that_is_wrong_asks_for_another_start(gateway: ChatGateway) -> None:
    async with connected([Link("far", UserError("Port 1 is in use.")), Link("near")], gateway):
        known = await gateway.app.store.get(TROUBLES, trouble_key("far", Topic.CONNECTION))
        assert known is not None
        assert (known.cause, known.remedy) == ("Port 1 is in use.", RESTART)


async def test_it_is_tried_until_it_lets_us_in_and_ended_with_the_rest(
    gateway: ChatGateway,
) -> None:
    far, near = Link("far", NO_ENTRY, NO_ENTRY, NO_ENTRY), Link("near")
    with patch("bot.bootstrap.chats.AGAIN", 0.001):
        async with connected([far, near], gateway):
            await eventually(lambda: far.open)
            assert await gateway.app.store.count(TROUBLES) == 0
    assert not far.open


@pytest.mark.parametrize("count", [1, 2])
async def test_where_none_lets_us_in_it_says_what_to_do_about_each(
    gateway: ChatGateway, count: int
) -> None:
    names = ["far", "near"][:count]
    links = [Link(name, NotConnected(f"{name} refuses us.", "Ask.")) for name in names]
    with pytest.raises(UserError) as caught:
        async with connected(links, gateway):
            pass
    assert str(caught.value) == "\n".join(f"{name} refuses us. Ask." for name in names)
