"""Each refusal of Discord's, over the real discord.py: its class, its words, one request."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.refusals import ELSEWHERE, MOVE, REFUSALS, Act
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.files import Upload
from bot.errors import ChatError, MessageGone, Refusal
from tests.unit.adapters.discord.team import DiscordTeam

POST, EDIT = "POST /channels/*/messages", "PATCH /channels/*/messages/*"
THREAD, READ = "POST /channels/*/messages/*/threads", "GET /channels/*/messages"
CARD = Card(title="About C-1")

R = Refusal
POSTS = {
    (404, 10003): R.ROOM,
    (404, 10004): R.ROOM,
    (403, 40007): R.ROOM,
    (400, 40058): R.ROOM,
    (403, 50001): R.ROOM,
    (403, 50007): R.ROOM,
    (400, 50008): R.ROOM,
    (403, 50013): R.ROOM,
    (400, 50024): R.ROOM,
    (403, 50278): R.ROOM,
    (400, 50006): R.FORM,
    (400, 50035): R.FORM,
    (400, 50109): R.FORM,
    (400, 200000): R.FORM,
    (400, 240000): R.FORM,
    (413, 40005): R.FORM,
    (429, 20016): R.LATER,
    (429, 20028): R.LATER,
    (429, 20029): R.LATER,
    (503, 40006): R.LATER,
    (429, 40062): R.LATER,
    (429, 0): R.LATER,
    (401, 40001): R.CHAT,
    (403, 40002): R.CHAT,
    (400, 40004): R.CHAT,
    (403, 40333): R.CHAT,
    (401, 50014): R.CHAT,
    (503, 130000): R.CHAT,
    (401, 0): R.CHAT,
    (403, 0): R.CHAT,
    (408, 0): R.CHAT,
    (500, 0): R.CHAT,
    (502, 0): R.CHAT,
    (503, 0): R.CHAT,
    (504, 0): R.CHAT,
    (524, 0): R.CHAT,
    (400, 0): R.UNLISTED,
    (418, 99999): R.UNLISTED,
}
FILES = (
    (400, 20009),
    (400, 30015),
    (413, 40005),
    (413, 0),
    (400, 50045),
    (400, 50046),
    (400, 50146),
)
THREADS = (
    *((400, code) for code in (30033, 50024, 160006, 160007, 200001, 99999)),
    *((403, code) for code in (50001, 50013)),
)
EDITS = {
    (429, 30046): R.LATER,
    (429, 20022): R.LATER,
    (403, 50001): R.EDIT,
    (403, 50005): R.EDIT,
    (403, 50013): R.EDIT,
    (400, 50021): R.EDIT,
    (400, 160005): R.EDIT,
    (400, 160006): R.EDIT,
    (403, 520003): R.EDIT,
    (400, 50035): R.FORM,
    (404, 10003): R.GONE,
    (404, 10004): R.GONE,
    (404, 10008): R.GONE,
    (502, 0): R.CHAT,
}


def message(at_work: DiscordTeam, key: str = "C-1", **more: object) -> Outgoing:
    return Outgoing(key=key, channel=str(at_work.channel.id), card=CARD, **more)  # type: ignore[arg-type]


async def refused(at_work: DiscordTeam, wanted: Outgoing) -> ChatError:
    """Return how a message is refused, which costs one request of its kind."""
    before = len(at_work.fake.requests)
    with pytest.raises(ChatError) as caught:
        await at_work.discord.chat.post(wanted)
    methods = [each.method for each in at_work.fake.requests[before:]]
    assert methods.count("POST") == 1
    return caught.value


async def posted(at_work: DiscordTeam) -> MessageRef:
    return await at_work.discord.chat.post(message(at_work))


@pytest.mark.parametrize(("status", "code"), POSTS)
async def test_a_post_is_refused(at_work: DiscordTeam, status: int, code: int) -> None:
    at_work.fake.faults.refuse(POST, status, code, retry_after=0.5)
    error = await refused(at_work, message(at_work))
    assert error.refusal is POSTS[status, code]
    assert error.retry_after == (0.5 if status in (429, *range(500, 600)) else None)
    assert str(error).endswith((".", ")."))
    if error.refusal is R.ROOM:
        assert error.remedy
    # What is refused holds nothing else back.
    await at_work.discord.chat.post(message(at_work, "C-2"))
    assert len(at_work.channel.messages) == 1


@pytest.mark.parametrize(("status", "code"), FILES)
async def test_a_file_is_refused(at_work: DiscordTeam, status: int, code: int) -> None:
    digest = await at_work.team.app.evidence.keep(b"letter", {"at": "now"})
    file = Upload("letter.txt", "text/plain", 6, digest)
    at_work.fake.faults.refuse(POST, status, code)
    error = await refused(at_work, message(at_work, files=(file,)))
    assert error.refusal is R.FILE
    assert "evidence" in error.remedy


@pytest.mark.parametrize(("status", "code"), THREADS)
async def test_a_thread_is_refused(at_work: DiscordTeam, status: int, code: int) -> None:
    head = await posted(at_work)
    at_work.fake.faults.refuse(THREAD, status, code)
    error = await refused(at_work, message(at_work, "C-1/2", thread=head))
    assert error.refusal is R.THREAD
    assert at_work.fake.thread_of(at_work.channel.messages[0]) is None


@pytest.mark.parametrize("code", [10003, 50001, 50008, 50013, 50083, 160005, 160006])
async def test_a_message_in_a_thread_is_refused(at_work: DiscordTeam, code: int) -> None:
    head = await posted(at_work)
    await at_work.discord.chat.post(message(at_work, "C-1/2", thread=head))
    at_work.fake.faults.refuse(f"POST /channels/{head.id}/messages", 400, code)
    error = await refused(at_work, message(at_work, "C-1/3", thread=head))
    assert error.refusal is R.THREAD


@pytest.mark.parametrize(("status", "code"), EDITS)
async def test_an_edit_is_refused(at_work: DiscordTeam, status: int, code: int) -> None:
    head = await posted(at_work)
    at_work.fake.faults.refuse(EDIT, status, code, retry_after=0.5)
    before = len(at_work.fake.requests)
    with pytest.raises(ChatError) as caught:
        await at_work.discord.chat.edit(head, Card(title="New"))
    assert caught.value.refusal is EDITS[status, code]
    assert isinstance(caught.value, MessageGone) == (EDITS[status, code] is R.GONE)
    assert len(at_work.fake.requests) == before + 1
    # The thread goes on.
    await at_work.discord.chat.post(message(at_work, "C-1/2", thread=head))
    assert at_work.fake.thread_of(at_work.channel.messages[0])


async def test_a_history_that_cannot_be_read_is_no_history_without_the_message(
    at_work: DiscordTeam,
) -> None:
    at_work.fake.faults.refuse(READ, 403, 50001)
    with pytest.raises(ChatError) as caught:
        await at_work.discord.chat.find([message(at_work)])
    assert caught.value.refusal is R.ROOM
    at_work.fake.faults.refuse(READ, 404, 10003)
    assert await at_work.discord.chat.find([message(at_work)]) == {}


async def test_slowmode_says_what_to_switch_off(at_work: DiscordTeam) -> None:
    at_work.fake.faults.refuse(POST, 429, 20016, retry_after=0.5)
    error = await refused(at_work, message(at_work))
    assert str(error) == "Slowmode is on in the channel."
    assert error.remedy == "Turn it off there."


def test_the_table_knows_what_each_act_means() -> None:
    assert len(REFUSALS) >= 40
    for code, known in REFUSALS.items():
        assert known.says.endswith("."), code
        assert known.of(Act.EDIT) is not R.ROOM
        assert known.of(Act.OPEN) is not R.ROOM, code


async def test_a_channel_that_is_gone_says_where_alerts_can_come(at_work: DiscordTeam) -> None:
    await at_work.fake.delete_channel(at_work.fake.channel("general"))
    gone = Outgoing(key="k", channel="1", card=CARD)
    error = await refused(at_work, gone)
    assert (str(error), error.remedy) == ("The channel was deleted.", MOVE)


WAITS: tuple[tuple[dict[str, Any], dict[str, str], float | None], ...] = (
    ({"retry_after": 7.25}, {}, 7.25),
    ({"retry_after": 7.25}, {"Retry-After": "8"}, 7.25),
    ({}, {"Retry-After": "8"}, 8.0),
    ({}, {"X-RateLimit-Reset-After": "3.5"}, 3.5),
    ({}, {"Retry-After": "soon"}, None),
    ({"retry_after": "12"}, {}, 12.0),
    ({"retry_after": float("nan")}, {}, None),
    ({"retry_after": [1]}, {}, None),
)


@pytest.mark.parametrize(("body", "headers", "seconds"), WAITS)
async def test_the_wait_is_kept_in_every_form(
    at_work: DiscordTeam, body: dict[str, Any], headers: dict[str, str], seconds: float | None
) -> None:
    at_work.fake.faults.refuse(POST, 429, headers=headers, **body)
    error = await refused(at_work, message(at_work))
    assert (error.refusal, error.retry_after) == (R.LATER, seconds)


async def test_a_date_to_wait_for_is_understood(at_work: DiscordTeam) -> None:
    at_work.fake.faults.block(POST, 503, headers={"Retry-After": "Fri, 31 Dec 2200 23:59:59 GMT"})
    error = await refused(at_work, message(at_work))
    assert error.refusal is R.CHAT
    assert error.retry_after is not None
    assert error.retry_after > 10_000


async def test_a_limit_on_everything_and_a_page_of_cloudflares_pause_the_whole_chat(
    at_work: DiscordTeam,
) -> None:
    at_work.fake.faults.rate_limit(POST, 4, everywhere=True)
    error = await refused(at_work, message(at_work))
    assert (error.refusal, error.retry_after) == (R.CHAT, 4)
    at_work.fake.faults.block(POST, 429, headers={"Retry-After": "600"})
    error = await refused(at_work, message(at_work))
    assert (error.refusal, error.retry_after) == (R.CHAT, 600)
    at_work.fake.faults.block(POST, 403)
    assert (await refused(at_work, message(at_work))).refusal is R.CHAT


async def test_a_refused_login_says_how_to_get_another_token(at_work: DiscordTeam) -> None:
    at_work.fake.faults.refuse(POST, 401)
    error = await refused(at_work, message(at_work))
    assert "BRANDWARDEN_DISCORD_TOKEN" in str(error)
    assert "Reset Token" in error.remedy


@pytest.mark.parametrize("fault", ["lost request", "502", "429"])
async def test_a_try_in_an_outage_is_one_request(at_work: DiscordTeam, fault: str) -> None:
    faults, chat = at_work.fake.faults, at_work.discord.chat
    head = await posted(at_work)
    match fault:
        case "lost request":
            faults.lose_request("* /channels/*", times=99)
            with pytest.raises(ChatError):  # on a connection that was kept
                await chat.find([message(at_work)])
        case "502":
            faults.fail("* /channels/*", 502, times=99)
        case _:
            faults.block("* /channels/*", 429, times=99)
    before = len(at_work.fake.requests)
    wanted = message(at_work, "C-1/2", thread=head)
    for ask in (chat.post(wanted), chat.find([wanted]), chat.edit(head, CARD)):
        with pytest.raises(ChatError) as caught:
            await ask
        assert caught.value.refusal is R.CHAT
    assert len(at_work.fake.requests) == before + 3


async def test_missing_permissions_are_named_with_the_channel(at_work: DiscordTeam) -> None:
    closed = message(at_work).channel
    await at_work.fake.change_channel(at_work.channel, writable=False)
    error = await refused(at_work, Outgoing(key="k", channel=closed, card=CARD))
    assert error.refusal is R.ROOM
    assert (
        error.remedy
        == f"Give me Send Messages, Embed Links, Attach Files in #brand-alerts. {ELSEWHERE}"
    )
