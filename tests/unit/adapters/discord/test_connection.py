"""Connected, and kept so, whatever Discord or the network does."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.core.channel_bindings import open_room
from bot.errors import UserError
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord
from tests.unit.adapters.discord.team import DiscordTeam, working
from tests.unit.conftest import Team


@pytest.mark.parametrize("trouble", ["op 7", "op 9", "cut", "unreadable"])
async def test_it_goes_on_after_trouble_with_the_gateway(
    at_work: DiscordTeam, trouble: str
) -> None:
    faults, fake = at_work.fake.faults, at_work.fake
    began = fake.gateway.identified + fake.gateway.resumed
    match trouble:
        case "op 7":
            await faults.reconnect()
        case "op 9":
            await faults.invalidate(resumable=False)
        case "cut":
            faults.cut_gateway()
        case _:
            await faults.broken_event("READY")
    await fake.until(lambda: fake.gateway.identified + fake.gateway.resumed > began)
    await fake.until(lambda: fake.connected)
    ana = at_work.person()
    assert (await ana.command("help", channel=at_work.channel)).answered


async def test_in_several_servers_one_must_be_chosen(team: Team, fake: FakeDiscord) -> None:
    other = await fake.add_guild("Rivals", "general")
    async with working(team, fake, server=str(fake.guild.id)):
        assert not fake.commands(other)
    registered = len([each for each in fake.requests if each.method == "PUT"])
    await open_room(team.app.store, "discord", "1")
    async with working(team, fake):
        ana = fake.person("Ana", administrator=True)
        await ana.command("help")
        assert "Set BRANDWARDEN_DISCORD_SERVER" in seen(ana.ephemerals[-1]).title.replace("\\", "")
        assert await ana.complete("check", {"product": "pan"}, "product") == []
    await open_room(team.app.store, "discord", str(fake.guild.id))
    async with working(team, fake):
        await ana.command("help")
        assert "What do you need?" in seen(ana.ephemerals[-1]).title
    # What is registered already is not registered again.
    assert len([each for each in fake.requests if each.method == "PUT"]) == registered


async def test_a_wrong_token_says_what_to_do(team: Team, fake: FakeDiscord) -> None:
    with pytest.raises(UserError, match="rejected BRANDWARDEN_DISCORD_TOKEN"):
        async with working(team, fake, token="an.other.token"):
            pass


async def test_a_server_that_nobody_chose_is_not_ours(team: Team, fake: FakeDiscord) -> None:
    async with working(team, fake):
        pass
    await open_room(team.app.store, "discord", "1")
    async with working(team, fake):
        mallory = fake.person("Mallory", administrator=True)
        await mallory.command("cases")
        assert "Set BRANDWARDEN_DISCORD_SERVER" in seen(mallory.ephemerals[-1]).title.replace(
            "\\", ""
        )


@pytest.mark.parametrize("token", ["client-secret", "a.b.c\nd", "ä.b.c"])
async def test_what_is_no_token_is_not_sent(team: Team, fake: FakeDiscord, token: str) -> None:
    with pytest.raises(UserError, match="three parts"):
        async with working(team, fake, token=token):
            pass
    assert fake.requests == []


async def test_a_discord_that_is_not_there_at_first_is_waited_for(
    team: Team, fake: FakeDiscord
) -> None:
    fake.faults.lose_request("GET /users/@me", times=2)
    async with working(team, fake) as at_work:
        assert fake.injected["lost request"] == 2
        assert (await at_work.person().command("help", channel=at_work.channel)).answered


async def test_an_answer_that_is_none_is_not_the_end(team: Team, fake: FakeDiscord) -> None:
    fake.faults.fail("GET /users/@me", 200)
    async with working(team, fake) as at_work:
        assert (await at_work.person().command("help", channel=at_work.channel)).answered


async def test_what_is_done_right_behind_a_malformed_interaction_is_answered(
    at_work: DiscordTeam,
) -> None:
    fake, ana = at_work.fake, at_work.person()
    began = fake.gateway.identified
    await fake.faults.malformed_interaction()
    assert (await ana.command("help", channel=at_work.channel)).answered
    await fake.faults.broken_event("CHANNEL_CREATE")
    assert (await ana.command("help", channel=at_work.channel)).answered
    assert (fake.gateway.identified, fake.gateway.resumed) == (began, 0)


async def test_no_secret_of_an_interaction_is_logged(
    at_work: DiscordTeam, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    at_work.fake.faults.rate_limit("POST /interactions/*", 0.01)
    done = await at_work.person().command("help", channel=at_work.channel)
    assert at_work.fake.injected["429"] == 1
    assert done.token not in caplog.text + "".join(capsys.readouterr())


def test_nothing_is_logged_about_voices() -> None:
    steps = (
        "import discord, logging, adapters.discord.connection",
        "logging.basicConfig()",
        "discord.Client(intents=discord.Intents(guilds=True))",
        "logging.warning('heard')",
    )
    program = [sys.executable, "-W", "ignore", "-c", "; ".join(steps)]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines() == ["WARNING:root:heard"]
