"""A message for one person, where the app may not write to them."""

from __future__ import annotations

import pytest

from bot.core.cards import Card
from bot.core.chat import Outgoing
from bot.errors import ChatError, Refusal
from tests.unit.adapters.slack.team import SlackTeam

FOR_ANA = Outgoing(key="r", channel="UANA", private=True, card=Card(title="For Ana"))


@pytest.mark.parametrize("word", ["missing_scope", "user_not_found", "users_not_found"])
async def test_whom_slack_does_not_let_us_write_to_is_told_in_the_thread(
    at_work: SlackTeam, word: str
) -> None:
    at_work.fake.faults.error("conversations.open", word)
    with pytest.raises(ChatError) as caught:
        await at_work.slack.chat.post(FOR_ANA)
    assert caught.value.refusal is Refusal.PRIVATE
    assert caught.value.certain


async def test_a_slack_that_is_down_is_asked_again(at_work: SlackTeam) -> None:
    at_work.fake.faults.status("conversations.open", 503)
    with pytest.raises(ChatError) as caught:
        await at_work.slack.chat.post(FOR_ANA)
    assert caught.value.refusal is not Refusal.PRIVATE
