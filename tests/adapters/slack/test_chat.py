"""Messages go out once and at Slack's pace, whatever Slack or the network does."""

from __future__ import annotations

from unittest.mock import patch

import msgspec
import pytest

from bot.errors import ChatError, MessageGone
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from tests.adapters.slack.team import ALERTS, SlackTeam
from tests.fakes import found

POST = "chat.postMessage"


def message(key: str = "C-1", channel: str = ALERTS) -> Outgoing:
    return Outgoing(key=key, channel=channel, card=Card(title=f"About {key}"))


@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_lost_answer_is_found_in_the_history(at_work: SlackTeam, in_thread: bool) -> None:
    head = await at_work.slack.chat.post(message("head"))
    thread = head if in_thread else None
    wanted = msgspec.structs.replace(message(), thread=thread)
    at_work.fake.faults.abort_after(POST)
    with pytest.raises(ChatError):
        await at_work.slack.chat.post(wanted)
    known = await found(at_work.slack.chat, wanted)
    shown = at_work.channel.thread(head.id) if in_thread else at_work.channel.messages
    assert known == MessageRef(ALERTS, shown[-1].ts)
    other = msgspec.structs.replace(message("C-2"), thread=thread)
    assert await found(at_work.slack.chat, other) is None


@pytest.mark.parametrize("status", [500, 503])
async def test_a_refusal_posts_nothing_and_is_told(at_work: SlackTeam, status: int) -> None:
    at_work.fake.faults.status(POST, status)
    with pytest.raises(ChatError):
        await at_work.slack.chat.post(message())
    assert await found(at_work.slack.chat, message()) is None


async def test_slack_says_how_long_to_wait(at_work: SlackTeam) -> None:
    at_work.fake.faults.rate_limit(POST, 7)
    with pytest.raises(ChatError) as caught:
        await at_work.slack.chat.post(message())
    assert caught.value.retry_after == 7


async def test_a_channel_gets_one_message_a_second(at_work: SlackTeam) -> None:
    with patch("adapters.slack.chat.PACE", 0.2):
        for number in range(4):
            await at_work.slack.chat.post(message(f"C-{number}"))
    assert at_work.fake.too_fast(0.19) == []


async def test_what_was_deleted_is_told_as_gone(at_work: SlackTeam) -> None:
    gone = MessageRef(ALERTS, "1.000001")
    with pytest.raises(MessageGone):
        await at_work.slack.chat.edit(gone, Card(title="New"))


async def test_a_channel_without_us_says_what_to_do(at_work: SlackTeam) -> None:
    at_work.fake.add_channel("C9", "closed", bot=False)
    with pytest.raises(ChatError, match="/invite"):
        await at_work.slack.chat.post(message(channel="C9"))
