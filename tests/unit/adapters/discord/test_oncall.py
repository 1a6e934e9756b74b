"""A role that is on call: found by its id or name, and called if Discord lets us."""

from __future__ import annotations

import pytest

from adapters.discord.targets import find_target
from bot.core.mentions import Mention, MentionKind
from bot.errors import UserError
from tests.platforms.discord.server import FakeDiscord
from tests.unit.adapters.discord.team import working
from tests.unit.conftest import Team


@pytest.mark.parametrize("by", ["id", "name", "mention"])
async def test_a_role_that_anybody_may_mention_is_called_by_an_alert(team: Team, by: str) -> None:
    async with FakeDiscord() as fake:
        role = fake.add_role("watch")
        role.mentionable = True
        typed = {"id": str(role.id), "name": "@watch", "mention": f"<@&{role.id}>"}[by]
        async with working(team, fake) as at_work:
            await at_work.person().command("watches", channel=at_work.channel)
            await at_work.person().command("settings", {"name": "oncall", "value": typed})
            group = Mention(chat="discord", id=str(role.id), name="@watch", kind=MentionKind.GROUP)
            assert (await team.app.team()).oncall == (group,)
            await at_work.alert()
            assert fake.pings == [f"<@&{role.id}>"]
            assert fake.violations == []


async def test_a_role_that_may_not_be_mentioned_is_refused_with_what_to_do(team: Team) -> None:
    async with FakeDiscord() as fake:
        role = fake.add_role("secret")
        async with working(team, fake) as at_work:
            client = at_work.discord.chat.client
            assert client is not None
            guild = client.get_guild(fake.guild.id)
            assert guild is not None
            guild.owner_id = 1  # else the bot may do everything
            with pytest.raises(UserError, match="allow anyone to @mention it"):
                await find_target(guild, str(role.id))


async def test_everyone_is_never_on_call(team: Team) -> None:
    async with FakeDiscord() as fake, working(team, fake) as at_work:
        ana = at_work.person()
        await ana.command("watches", channel=at_work.channel)
        for typed in (str(fake.guild.id), "@everyone", "everyone"):
            await ana.command("settings", {"name": "oncall", "value": typed})
        assert (await team.app.team()).oncall == ()
