"""Messages go out once, whatever Discord or the network does."""

from __future__ import annotations

import pytest

from adapters.discord.outbound import DiscordChat
from bot.core.cards import Button, Card, Field
from bot.core.chat import MessageRef, Outgoing
from bot.core.files import Upload
from bot.errors import ChatError, MessageGone, Refusal
from tests.fakes import MemoryEvidence, found
from tests.platforms.discord.seen import seen
from tests.unit.adapters.discord.team import DiscordTeam

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


async def test_a_bad_gateway_is_not_asked_again_by_itself(at_work: DiscordTeam) -> None:
    at_work.fake.faults.fail(POST, 502)
    with pytest.raises(ChatError):
        await at_work.discord.chat.post(message(at_work))
    assert at_work.channel.messages == []
    await at_work.discord.chat.post(message(at_work))
    assert len(at_work.channel.messages) == 1


async def test_a_file_is_posted_with_its_card(at_work: DiscordTeam) -> None:
    digest = await at_work.team.app.evidence.keep(b"letter", {"at": "now"})
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
    with pytest.raises(ChatError, match="do not have permission to post") as caught:
        await at_work.discord.chat.post(message(at_work, channel=closed))
    assert caught.value.remedy.startswith("Give me Send Messages")
    hidden = at_work.fake.add_channel("hidden", visible=False)
    with pytest.raises(ChatError, match="cannot see") as caught:
        await at_work.discord.chat.post(message(at_work, channel=str(hidden.id)))
    assert "Give me View Channel and Send Messages" in caught.value.remedy


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
    with pytest.raises(ChatError, match="locked") as caught:
        await chat.edit(reply, Card(title="New"))
    assert caught.value.refusal is Refusal.EDIT
    with pytest.raises(ChatError, match="locked") as caught:
        await chat.post(message(at_work, "C-1/2", thread=head))
    assert caught.value.refusal is Refusal.THREAD
    assert "unlock" in caught.value.remedy


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


async def test_one_sweep_finds_several_and_stops_there(at_work: DiscordTeam) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    wanted = [message(at_work, f"C-{number}") for number in range(1, 4)]
    for number in range(150):
        await at_work.person().post(at_work.channel, f"before {number}")
    refs = {each.key: await chat.post(each) for each in wanted[:2]}
    before = len(fake.requests)
    assert await chat.find(wanted[:2]) == refs
    assert len(fake.requests) == before + 1
    assert await chat.find(wanted) == refs
    assert len(fake.requests) == before + 3
    assert await chat.find([]) == {}


async def test_a_sweep_is_bounded(at_work: DiscordTeam) -> None:
    for number in range(600):
        await at_work.person().post(at_work.channel, f"word {number}")
    before = len(at_work.fake.requests)
    assert await at_work.discord.chat.find([message(at_work), message(at_work, "C-2")]) == {}
    assert len(at_work.fake.requests) == before + 5


async def test_a_plain_message_has_words_alone_and_is_found(at_work: DiscordTeam) -> None:
    chat = at_work.discord.chat
    fields = (Field("Seller", "*Dealzone*"), Field("Price", "18.70"))
    button = Button(label="Acknowledge", action="acknowledge", ref="1")
    card = Card(title="Unknown seller", body="x " * 995, fields=fields, buttons=(button,))
    wanted = message(at_work, card=card, plain=True)
    ref = await chat.post(wanted)
    [posted] = at_work.channel.messages
    assert (posted.embeds, posted.components) == ([], [])
    assert "Unknown seller" in posted.content
    assert len(posted.content) <= 2000
    assert await chat.find([wanted]) == {"C-1": ref}
    await chat.edit(ref, Card(title="It is over", fields=fields), plain=True)
    assert "It is over" in posted.content
    assert "Seller: \\*Dealzone\\*" in posted.content


async def test_beside_an_alert_a_message_refers_to_it(at_work: DiscordTeam) -> None:
    chat, channel = at_work.discord.chat, at_work.channel
    head = await chat.post(message(at_work))
    news = message(at_work, "C-1/2", thread=head, beside=head)
    ref = await chat.post(news)
    assert ref.channel == str(channel.id)
    sent = at_work.fake.requests[-1].body["message_reference"]
    assert sent == {"channel_id": head.channel, "message_id": head.id, "fail_if_not_exists": False}
    assert at_work.fake.thread_of(channel.messages[0]) is None
    assert await chat.find([news]) == {"C-1/2": ref}


@pytest.mark.parametrize("why", ["another channel", "no history"])
async def test_beside_an_alert_that_cannot_be_referred_to_stands_a_link(
    at_work: DiscordTeam, why: str
) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    head = await chat.post(message(at_work))
    channel = fake.channel("general") if why == "another channel" else at_work.channel
    if why == "no history":
        fake.faults.refuse(POST, 400, 160002)
    await chat.post(message(at_work, "C-1/2", channel=str(channel.id), beside=head))
    link = f"https://discord.com/channels/{fake.guild.id}/{head.channel}/{head.id}"
    assert channel.messages[-1].content.endswith(link)


async def test_the_thread_of_a_closed_case_is_archived_and_opens_again(
    at_work: DiscordTeam,
) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    head = await chat.post(message(at_work))
    await chat.close_thread(head)  # there is none yet
    await chat.post(message(at_work, "C-1/1", thread=head))
    thread = fake.thread_of(at_work.channel.messages[0])
    assert thread is not None
    archived = []
    for _ in range(2):
        await chat.close_thread(head)
        archived.append(thread.archived)
    await chat.post(message(at_work, "C-1/2", thread=head))
    assert [*archived, thread.archived] == [True, True, False]
    assert len(thread.messages) == 2


async def test_files_that_are_refused_behind_a_message_are_told(at_work: DiscordTeam) -> None:
    chat, fake = at_work.discord.chat, at_work.fake
    digest = await at_work.team.app.evidence.keep(b"letter", {"at": "now"})
    files = tuple(Upload(f"{n}.txt", "text/plain", 6, digest) for n in range(12))
    fake.faults.slow(POST, 0)
    fake.faults.refuse(POST, 400, 20009)
    wanted = message(at_work, files=files)
    ref = await chat.post(wanted)
    first, second = at_work.channel.messages
    assert len(seen(first).files) == 10
    assert (
        "Discord rejected these files; they are still in the evidence: 10.txt, 11.txt"
        in "\n".join(seen(second).lines)
    )
    assert await chat.find([wanted]) == {"C-1": ref}
    assert len(at_work.channel.messages) == 2


@pytest.mark.parametrize("plain", [False, True])
async def test_a_message_that_was_edited_is_still_found(at_work: DiscordTeam, plain: bool) -> None:
    chat = at_work.discord.chat
    ref = await chat.post(message(at_work))
    await chat.edit(ref, Card(title="Changed"), plain=plain)
    another = DiscordChat(MemoryEvidence().read, client=chat.client)
    assert await another.find([message(at_work)]) == {"C-1": ref}
    await another.edit(ref, Card(title="Changed again"), plain=plain)
    assert await another.find([message(at_work)]) == {"C-1": ref}


async def test_who_takes_no_messages_is_told_in_the_thread(at_work: DiscordTeam) -> None:
    ben = at_work.person("Ben", admin=False)
    at_work.fake.blocks(ben)
    card = Card(title="For Ben")
    with pytest.raises(ChatError) as caught:
        await at_work.discord.chat.post(Outgoing(key="r", channel=ben.id, private=True, card=card))
    assert caught.value.refusal is Refusal.PRIVATE
