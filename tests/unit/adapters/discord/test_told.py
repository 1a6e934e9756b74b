"""What Discord takes away, and what it cannot say: noticed when it happens, told and answered."""

from __future__ import annotations

import asyncio

import pytest

from adapters.discord.answers import UNREADABLE
from adapters.discord.refusals import INVITE, MOVE
from bot.core.chat_troubles import Topic, Trouble
from bot.core.collections import CHANNEL_BINDINGS, TROUBLES
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.wire import Json
from tests.unit.adapters.discord.team import DiscordTeam, working
from tests.unit.conftest import Team

PUT = "PUT /applications/*/guilds/*/commands"


async def until(at_work: DiscordTeam, topic: Topic, *, wrong: bool = True) -> Trouble | None:
    """Return the trouble as soon as there is one, or none as soon as there is none."""
    async with asyncio.timeout(10):
        while True:
            found = await at_work.team.app.store.get(TROUBLES, f"discord {topic}")
            if bool(found) is wrong:
                return found
            await asyncio.sleep(0.01)


async def settled(at_work: DiscordTeam) -> None:
    """Let alerts come to a channel, in a session that has told of all channels."""
    await at_work.alert()
    client = at_work.discord.chat.client
    assert client is not None
    await client.wait_until_ready()
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "discord")
    assert room is not None
    assert room.channel == str(at_work.channel.id)


@pytest.mark.ci
async def test_a_deleted_alerts_channel_is_told_at_once(at_work: DiscordTeam) -> None:
    await settled(at_work)
    await at_work.fake.delete_channel(at_work.channel)
    found = await until(at_work, Topic.ROOM)
    assert found is not None
    assert "channel for alerts was deleted" in found.cause
    assert found.remedy == MOVE
    assert found.message  # the other chats hear of it


@pytest.mark.ci
async def test_permissions_that_are_taken_and_given_back_are_told(at_work: DiscordTeam) -> None:
    await settled(at_work)
    await at_work.fake.change_channel(at_work.fake.channel("general"), writable=False)
    await at_work.fake.change_channel(at_work.channel, writable=False)
    found = await until(at_work, Topic.ROOM)
    assert found is not None
    assert "do not have permission to post" in found.cause
    assert "Send Messages, Embed Links, Attach Files in #brand-alerts" in found.remedy
    await at_work.fake.change_channel(at_work.channel, writable=True)
    await until(at_work, Topic.ROOM, wrong=False)


@pytest.mark.ci
async def test_a_bot_that_is_thrown_out_says_so_and_an_outage_is_no_such_thing(
    at_work: DiscordTeam,
) -> None:
    await settled(at_work)
    store, guild = at_work.team.app.store, at_work.fake.guild
    await at_work.fake.remove_bot(guild, unavailable=True)
    assert (await at_work.person().command("help", channel=at_work.channel)).answered
    assert await store.get(TROUBLES, f"discord {Topic.ROOM}") is None
    await at_work.fake.remove_bot(guild)
    found = await until(at_work, Topic.ROOM)
    assert found is not None
    assert (found.cause, found.remedy) == ("I was removed from the server.", INVITE)
    await at_work.fake.let_in(guild)
    await until(at_work, Topic.ROOM, wrong=False)


@pytest.mark.ci
async def test_what_was_taken_while_we_were_away_is_told(team: Team, fake: FakeDiscord) -> None:
    async with working(team, fake) as at_work:
        await at_work.alert()
    at_work.channel.writable = False
    async with working(team, fake) as again:
        assert await until(again, Topic.ROOM)
    at_work.channel.writable = True
    async with working(team, fake) as again:
        await until(again, Topic.ROOM, wrong=False)


async def health(at_work: DiscordTeam) -> str:
    """Return what /health says to a person."""
    ana = at_work.person()
    assert (await ana.command("health", channel=at_work.channel)).answered
    return "\n".join(seen(ana.ephemerals[-1]).lines)


REFUSED = {
    30034: ("200 new commands a day", "Wait until tomorrow"),
    50001: ("do not have permission to register commands", "applications.commands"),
    30032: ("rejected the commands", "I try again every hour."),
}


@pytest.mark.parametrize("code", REFUSED)
async def test_commands_that_are_not_registered_are_told_and_tried_again(
    at_work: DiscordTeam, code: int
) -> None:
    fake, client = at_work.fake, at_work.discord.chat.client
    fake.commands(fake.guild).pop()
    fake.faults.refuse(PUT, 403, code)
    assert client is not None
    client.dispatch("register")
    found = await until(at_work, Topic.COMMANDS)
    assert found is not None
    cause, remedy = REFUSED[code]
    assert cause in found.cause
    assert remedy in found.remedy
    told = await health(at_work)
    assert "Some commands are missing in Discord" in told
    assert cause in told
    assert remedy in told
    client.dispatch("register")
    await until(at_work, Topic.COMMANDS, wrong=False)
    assert "commands are missing" not in await health(at_work)


UNREAD: dict[str, Json] = {
    "no limit": {"attachment_size_limit": None},
    "no member's roles": {"member": {"user": {}}},
    "a version that is none": {"version": None},
}


@pytest.mark.parametrize("kind", UNREAD)
async def test_an_interaction_that_the_library_cannot_read_is_answered(
    at_work: DiscordTeam, kind: str
) -> None:
    bot = at_work.fake.guild.bot
    await at_work.fake.faults.malformed_interaction(UNREAD[kind])
    await at_work.fake.until(lambda: bot.ephemerals)
    assert UNREADABLE in seen(bot.ephemerals[-1]).title


async def test_what_has_no_token_or_is_dead_is_let_go(at_work: DiscordTeam) -> None:
    await at_work.fake.faults.malformed_interaction({"token": None})
    at_work.fake.faults.dead_tokens()
    await at_work.fake.faults.malformed_interaction({"version": None})
    assert (await at_work.person().command("help", channel=at_work.channel)).answered
    assert at_work.fake.guild.bot.ephemerals == []


@pytest.mark.parametrize("more", [{}, {"attachment_size_limit": None}])
async def test_an_option_that_is_still_empty_gets_its_choices(
    at_work: DiscordTeam, more: Json
) -> None:
    ana = at_work.person()
    option = {"type": 3, "name": "product", "focused": True}
    data = {"id": "1", "name": "check", "type": 1, "options": [option]}
    await at_work.fake.faults.malformed_interaction({"type": 4, "data": data, **more}, ana.member)
    sent = at_work.fake.requests
    await at_work.fake.until(lambda: sent[-1].path.endswith("/callback"))
    assert sent[-1].body["type"] == 8
    assert bool(sent[-1].body["data"]["choices"]) is not bool(more)
