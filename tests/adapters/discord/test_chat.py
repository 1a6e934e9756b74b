"""Messages go out once, whatever Discord or the network does."""

from __future__ import annotations

import pytest

from bot.domain.files import Upload
from bot.errors import ChatError, MessageGone
from bot.ports import Outgoing
from bot.ui.cards import Card
from tests.adapters.discord.team import DiscordTeam
from tests.platforms.discord.seen import seen

POST = "POST /channels/*/messages"


def message(at_work: DiscordTeam, key: str = "C-1", **more: object) -> Outgoing:
    shown = Outgoing(key=key, channel=str(at_work.channel.id), card=Card(title=f"About {key}"))
    return Outgoing(**{**{n: getattr(shown, n) for n in shown.__struct_fields__}, **more})


async def test_a_lost_answer_is_found_in_the_history(at_work: DiscordTeam) -> None:
    at_work.fake.faults.lose_answer(POST)
    wanted = message(at_work)
    with pytest.raises(ChatError):
        await at_work.discord.chat.post(wanted)
    found = await at_work.discord.chat.find(wanted)
    [posted] = at_work.channel.messages
    assert found is not None
    assert found.id == str(posted.id)
    assert await at_work.discord.chat.find(message(at_work, "C-2")) is None


async def test_a_lost_request_is_not_found(at_work: DiscordTeam) -> None:
    at_work.fake.faults.lose_request(POST)
    with pytest.raises(ChatError):
        await at_work.discord.chat.post(message(at_work))
    assert await at_work.discord.chat.find(message(at_work)) is None


async def test_posting_twice_within_minutes_shows_it_once(at_work: DiscordTeam) -> None:
    first = await at_work.discord.chat.post(message(at_work))
    assert await at_work.discord.chat.post(message(at_work)) == first
    assert len(at_work.channel.messages) == 1


async def test_a_bad_gateway_doubles_nothing(at_work: DiscordTeam) -> None:
    at_work.fake.faults.fail(POST, 502)
    await at_work.discord.chat.post(message(at_work))
    assert len(at_work.channel.messages) == 1


async def test_a_file_is_posted_with_its_card(at_work: DiscordTeam) -> None:
    digest = await at_work.team.desk.evidence.keep(b"letter", {"at": "now"})
    file = Upload("letter.txt", "text/plain", 6, digest)
    await at_work.discord.chat.post(message(at_work, files=(file,)))
    assert seen(at_work.channel.messages[0]).files == ("letter.txt",)


async def test_what_was_deleted_is_told_as_gone(at_work: DiscordTeam) -> None:
    ref = await at_work.discord.chat.post(message(at_work))
    where = {"channel_id": ref.channel, "message_id": ref.id}
    await at_work.discord.chat.call(
        "DELETE", "/channels/{channel_id}/messages/{message_id}", **where
    )
    with pytest.raises(MessageGone):
        await at_work.discord.chat.edit(ref, Card(title="New"))
    with pytest.raises(MessageGone):
        await at_work.discord.chat.post(message(at_work, "C-1/2", thread=ref))


async def test_a_channel_that_is_closed_to_us_says_what_to_do(at_work: DiscordTeam) -> None:
    closed = str(at_work.fake.channel("read-only").id)
    with pytest.raises(ChatError, match="give me access"):
        await at_work.discord.chat.post(message(at_work, channel=closed))
