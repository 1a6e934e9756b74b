"""What a chat says of itself: where it is connected, what is wrong, and that it is over."""

from __future__ import annotations

import pytest

from bot.core.cards import Tone
from bot.core.chat_troubles import Topic, trouble_key
from bot.core.collections import TROUBLES
from bot.core.gateway import ChatGateway
from bot.core.permissions import Role, Roster
from bot.core.scheduler import Work
from bot.features.watchlist.models.price_queries import HistoryOf
from tests.unit.conftest import ASIN, Team

CAUSE = "Far refused the token."
REMEDY = "Create a new one."


@pytest.fixture
def gateway(team: Team) -> ChatGateway:
    return ChatGateway(team.app, team.router, Roster())


async def test_a_chat_belongs_to_the_workspace_that_it_is_connected_to(
    gateway: ChatGateway,
) -> None:
    assert await gateway.workspace("far") == ""
    await gateway.connected("far", "T1")
    assert await gateway.workspace("far") == "T1"
    assert await gateway.channel("far") == ""


async def test_other_chats_are_told_once_what_is_wrong_and_once_that_it_is_over(
    team: Team, gateway: ChatGateway
) -> None:
    for _ in range(2):
        await gateway.trouble("far", Topic.CONNECTION, CAUSE, REMEDY)
    assert [name for name, _ in team.scheduler.triggered] == [Work.OUTBOX]
    noted = await team.app.store.get(TROUBLES, trouble_key("far", Topic.CONNECTION))
    assert noted is not None
    assert (noted.cause, noted.remedy, noted.since) == (CAUSE, REMEDY, team.clock.now)
    await team.dispatcher.deliver()
    [told] = team.chat.order
    assert team.chat.cards[told].tone is not Tone.GOOD
    for _ in range(2):
        await gateway.trouble_over("far", Topic.CONNECTION)
    assert [name for name, _ in team.scheduler.triggered] == [Work.OUTBOX] * 2
    await team.dispatcher.deliver()
    assert team.chat.order == [told]
    assert team.chat.cards[told].tone is Tone.GOOD
    assert await team.app.store.count(TROUBLES) == 0


async def test_a_page_is_answered_by_features_and_whoever_may_not_read_is_told_nothing(
    gateway: ChatGateway,
) -> None:
    asked = HistoryOf(asin=ASIN, marketplace="US")
    shown = await gateway.look(Role.VIEWER, asked)
    assert shown
    assert shown.history.watch.asin == ASIN
    assert await gateway.look(Role.NOBODY, asked) is None
    assert await gateway.look(Role.VIEWER, HistoryOf(asin="B0UNKNOWN1", marketplace="US")) is None
