"""Messages go out once, whatever Discord or the network does."""

from __future__ import annotations

import pytest

from adapters.discord.chat import DiscordChat
from bot.domain.files import Upload
from bot.errors import ChatError, MessageGone
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from tests.adapters.discord.team import DiscordTeam
from tests.fakes import MemoryEvidence, found
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
    known = await found(at_work.discord.chat, wanted)
    [posted] = at_work.channel.messages
    assert known is not None
    assert known.id == str(posted.id)
    assert await found(at_work.discord.chat, message(at_work, "C-2")) is None


async def test_a_lost_request_is_not_found(at_work: DiscordTeam) -> None:
    at_work.fake.faults.lose_request(POST)
    with pytest.raises(ChatError):
        await at_work.discord.chat.post(message(at_work))
    assert await found(at_work.discord.chat, message(at_work)) is None


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
    await delete(at_work, ref)
    with pytest.raises(MessageGone):
        await at_work.discord.chat.edit(ref, Card(title="New"))
    with pytest.raises(MessageGone):
        await at_work.discord.chat.post(message(at_work, "C-1/2", thread=ref))


async def test_a_channel_that_is_closed_to_us_says_what_to_do(at_work: DiscordTeam) -> None:
    closed = str(at_work.fake.channel("read-only").id)
    with pytest.raises(ChatError, match=r"may not write there.*: send messages"):
        await at_work.discord.chat.post(message(at_work, channel=closed))
    hidden = at_work.fake.add_channel("hidden", visible=False)
    with pytest.raises(ChatError, match="view channel"):
        await at_work.discord.chat.post(message(at_work, channel=str(hidden.id)))


async def test_the_history_is_searched_when_the_nonce_is_forgotten(at_work: DiscordTeam) -> None:
    await at_work.discord.chat.post(message(at_work))
    [posted] = at_work.channel.messages
    posted.nonce = None  # Discord tells it only to the one who posts
    at_work.channel.nonces.clear()
    for number in range(150):
        await at_work.person().post(at_work.channel, f"word {number}")
    known = await found(at_work.discord.chat, message(at_work, card=Card(title="Changed since")))
    assert known is not None
    assert known.id == str(posted.id)


async def test_what_other_people_write_is_never_taken_for_ours(at_work: DiscordTeam) -> None:
    await at_work.discord.chat.post(message(at_work))
    [posted] = at_work.channel.messages
    copied = await at_work.person().post(at_work.channel, posted.content)
    copied.embeds, posted.embeds = posted.embeds, []
    assert await found(at_work.discord.chat, message(at_work)) is None


async def test_what_a_card_says_is_never_taken_for_a_mark(at_work: DiscordTeam) -> None:
    await at_work.discord.chat.post(message(at_work))
    [posted] = at_work.channel.messages
    mark = posted.embeds[0]["footer"]["text"]
    await at_work.discord.chat.post(message(at_work, "C-2", card=Card(title="C-2", footer=mark)))
    at_work.channel.messages.remove(posted)
    assert await found(at_work.discord.chat, message(at_work)) is None


async def test_a_reply_opens_the_thread_and_unfolds_it_later(at_work: DiscordTeam) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    head = await chat.post(message(at_work, card=Card(title="A *bold* _name_ " + "x" * 120)))
    reply = message(at_work, "C-1/1", thread=head)
    assert await found(chat, reply) is None
    first = await chat.post(reply)
    thread = fake.thread_of(at_work.channel.messages[0])
    assert thread is not None
    assert first.channel == str(thread.id) == head.id
    assert "A *bold* _name_ xxx" in thread.name
    assert await found(chat, reply) == first
    thread.archived = True
    await chat.post(message(at_work, "C-1/2", thread=head))
    assert not thread.archived
    assert len(thread.messages) == 2
    assert not fake.refusals[1:]


async def test_a_card_in_a_folded_thread_changes_and_the_thread_opens(
    at_work: DiscordTeam,
) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    head = await chat.post(message(at_work))
    reply = await chat.post(message(at_work, "C-1/1", thread=head))
    thread = fake.thread_of(at_work.channel.messages[0])
    assert thread is not None
    thread.archived = True
    await chat.edit(reply, Card(title="New"))
    assert "New" in seen(thread.messages[0]).title
    assert not thread.archived


@pytest.mark.parametrize("archived", [True, False])
async def test_a_locked_thread_says_what_to_do(at_work: DiscordTeam, archived: bool) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    head = await chat.post(message(at_work))
    reply = await chat.post(message(at_work, "C-1/1", thread=head))
    thread = fake.thread_of(at_work.channel.messages[0])
    assert thread is not None
    thread.archived, thread.locked = archived, True
    with pytest.raises(ChatError, match="has to unlock it"):
        await chat.edit(reply, Card(title="New"))
    with pytest.raises(ChatError, match="has to unlock it"):
        await chat.post(message(at_work, "C-1/2", thread=head))


async def test_a_limit_that_is_too_long_is_told(at_work: DiscordTeam) -> None:
    at_work.fake.faults.rate_limit(POST, 600)
    with pytest.raises(ChatError) as caught:
        await at_work.discord.chat.post(message(at_work))
    assert caught.value.retry_after == 600


async def test_nothing_goes_out_before_it_is_connected() -> None:
    chat = DiscordChat(MemoryEvidence().read)
    wanted = Outgoing(key="C-1", channel="1", card=Card(title="C-1"))
    with pytest.raises(ChatError, match="not connected"):
        await chat.post(wanted)


async def delete(at_work: DiscordTeam, ref: MessageRef) -> None:
    client = at_work.discord.chat.client
    assert client is not None
    await client.http.delete_message(ref.channel, ref.id)
