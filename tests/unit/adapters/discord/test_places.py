"""Where people type: a channel that takes alerts, one that does not, or no team's server at all."""

from __future__ import annotations

import pytest
from discord import Permissions

from adapters.discord.channel_access import lacks
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX
from bot.core.intake import Intake
from bot.core.interactions import AnyInteraction, Place, Reply
from tests.platforms.discord.payloads import user_json
from tests.platforms.discord.seen import seen
from tests.platforms.discord.state import Channel
from tests.platforms.discord.wire import Json
from tests.unit.adapters.discord.team import DiscordTeam

CASES = {
    "voice": ({"kind": 2}, "kind of channel"),
    "stage": ({"kind": 13}, "kind of channel"),
    "forum": ({"kind": 15}, "kind of channel"),
    "hidden": ({"visible": False}, "Give me View Channel"),
    "read only": ({"writable": False}, "Give me Send Messages"),
}


async def place_of(
    at_work: DiscordTeam, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Return the place of a command that is typed in a channel."""
    typed: list[AnyInteraction] = []

    async def handle(asked: AnyInteraction, _: Intake) -> list[Reply]:
        typed.append(asked)
        return []

    monkeypatch.setattr(at_work.team.router, "handle", handle)
    await at_work.person().command("help", channel=channel)
    return typed[-1].where


@pytest.mark.parametrize("kind", CASES)
async def test_a_channel_that_takes_no_alerts_is_known_by_what_discord_tells(
    at_work: DiscordTeam, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    more, words = CASES[kind]
    channel = at_work.fake.add_channel("elsewhere", **more)  # type: ignore[arg-type]
    where = await place_of(at_work, channel, monkeypatch)
    assert where.lacks.startswith("I cannot post ")
    assert words in where.lacks
    assert where.lacks.endswith(("another channel.", "Choose a text channel."))


async def test_a_post_in_a_forum_takes_none_and_a_thread_of_a_text_channel_does(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = at_work.fake
    forum = fake.add_channel("forum", kind=15)
    await fake.announce(forum)
    for parent, sentence in ((forum, "this kind"), (at_work.channel, "")):
        thread = await fake.open_thread("Talk", parent)
        assert sentence in (await place_of(at_work, thread, monkeypatch)).lacks
        assert bool(sentence) == bool((await place_of(at_work, thread, monkeypatch)).lacks)


async def last_told(at_work: DiscordTeam, number: int) -> str:
    """Wait until the person sees so many messages of her own, and return what the last one says."""
    told = at_work.person().ephemerals
    await at_work.fake.until(lambda: len(told) >= number)
    return "\n".join(seen(told[-1]).lines)


async def alerts_channel(at_work: DiscordTeam) -> tuple[str, str]:
    """Return where alerts come, and where they were asked to come."""
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "discord")
    assert room is not None
    return room.channel, room.candidate


@pytest.mark.parametrize("kind", CASES)
async def test_the_first_command_where_no_alert_can_come_says_why_and_what_to_do(
    at_work: DiscordTeam, kind: str
) -> None:
    more, words = CASES[kind]
    channel = at_work.fake.add_channel("elsewhere", **more)  # type: ignore[arg-type]
    await at_work.person().command("watches", channel=channel)
    said = await last_told(at_work, 2)
    assert said.startswith("⚠️ No channel is set for alerts yet. I cannot post ")
    assert words in said
    assert said.endswith(("another channel.", "Choose a text channel."))
    await at_work.sends()
    assert await alerts_channel(at_work) == ("", "")
    assert channel.messages == []


@pytest.mark.parametrize("kind", CASES)
async def test_alerts_are_not_said_to_come_where_they_cannot(
    at_work: DiscordTeam, kind: str
) -> None:
    await at_work.alert()
    more, words = CASES[kind]
    channel = at_work.fake.add_channel("elsewhere", **more)  # type: ignore[arg-type]
    ana = at_work.person()
    known = len(ana.ephemerals)
    await ana.command("settings", {"name": "channel", "value": "here"}, channel)
    said = await last_told(at_work, known + 1)
    assert said.startswith("⚠️ I cannot post ")
    assert words in said
    assert "come" not in said
    await at_work.sends()
    assert await alerts_channel(at_work) == (str(at_work.channel.id), "")
    assert await at_work.team.app.store.count(OUTBOX, "chat", "discord") == 0


@pytest.mark.parametrize("kind", [0, 5])
async def test_text_and_announcements_take_them(
    at_work: DiscordTeam, kind: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = at_work.fake.add_channel("elsewhere", kind=kind)
    assert (await place_of(at_work, channel, monkeypatch)).lacks == ""


def test_what_is_not_known_takes_them_as_far_as_the_permissions_say() -> None:
    assert lacks(None, Permissions.all()) == ""
    assert lacks(None, Permissions.none()).startswith("I cannot post in this channel. Give me View")


OUTSIDE: dict[str, tuple[Json, str]] = {
    "DM": ({"context": 1, "channel": {"id": "5", "type": 1}}, "direct messages"),
    "group DM": ({"context": 2, "channel": {"id": "5", "type": 3}}, "group chats"),
}


@pytest.mark.parametrize("kind", OUTSIDE)
async def test_outside_of_servers_it_says_where_it_works(at_work: DiscordTeam, kind: str) -> None:
    bot = at_work.fake.guild.bot
    more, words = OUTSIDE[kind]
    none = dict.fromkeys(("guild_id", "guild", "member", "guild_locale"))
    user = {"user": user_json(at_work.person().member)}
    await at_work.fake.faults.malformed_interaction({**none, **user, **more})
    await at_work.fake.until(lambda: bot.ephemerals)
    shown = seen(bot.ephemerals[-1]).title
    assert words in shown
    assert "in a channel of your team's server" in shown


async def test_who_took_it_along_to_another_server_is_told_so(at_work: DiscordTeam) -> None:
    other = await at_work.fake.add_guild("Rivals", "general")
    mallory = at_work.fake.person("Mallory", guild=other)
    bot = at_work.fake.guild.bot
    more: Json = {"guild_id": str(other.id), "guild": {"id": str(other.id), "features": []}}
    more |= {"authorizing_integration_owners": {"1": mallory.id}}
    more |= {"member": {"user": user_json(mallory.member), "roles": [], "joined_at": None}}
    more["member"] |= {"permissions": "0", "deaf": False, "mute": False, "flags": 0}
    await at_work.fake.faults.malformed_interaction(more)
    await at_work.fake.until(lambda: bot.ephemerals)
    assert "You added me to your account" in seen(bot.ephemerals[-1]).title
