"""Who may use it in Discord: whoever may view the alerts' channel, and whom the owner named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

import pytest
from pydantic import ValidationError

from adapters.discord.platform import DiscordSettings
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import AUDIT, CHANNEL_BINDINGS
from bot.core.permissions import Roster
from bot.core.store import Collection
from tests.fakes import MemoryEvidence
from tests.files import PICTURE
from tests.platforms.discord.people import Person
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Channel, Message
from tests.unit.adapters.discord.team import DiscordTeam, working
from tests.unit.conftest import ASIN, Team

BARRED = "Only members of #brand-alerts can use Brandwarden here."
OPEN = "Everyone can see or join #"


@pytest.fixture
async def alert(at_work: DiscordTeam) -> Message:
    """An alert in the private channel, beside which there is a public one."""
    return await at_work.alert()


def general(at_work: DiscordTeam) -> Channel:
    return at_work.fake.channel("general")


def told(person: Person) -> str:
    return "\n".join(seen(person.ephemerals[-1]).lines)


async def kept(at_work: DiscordTeam) -> tuple[object, ...]:
    """Return all that is stored, but that they were sent away, and all files."""
    evidence = at_work.team.app.evidence
    assert isinstance(evidence, MemoryEvidence)
    collections: tuple[Collection[Any], ...] = COLLECTIONS
    store = at_work.team.app.store
    stored = [await store.page(one, limit=1000) for one in collections if one is not AUDIT]
    return stored, dict(evidence.kept)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        *[("case", {"number": "1"}), ("note", {"case": "1", "words": "Look"}), ("cases", {})],
        *[("sellers", {}), ("settings", {}), ("watch", {}), ("check", {"product": ASIN})],
    ],
)
@pytest.mark.parametrize("manages", [False, True])
async def test_a_stranger_on_the_server_reads_and_changes_nothing_by_a_command(
    at_work: DiscordTeam, alert: Message, command: str, options: dict[str, str], manages: bool
) -> None:
    eve = at_work.fake.person("Eve", team=False, manage_guild=manages)
    before = await kept(at_work)
    await eve.command(command, options, general(at_work))
    assert told(eve) == f"⚠️ {BARRED} Ask an admin to add you to that channel."
    assert (eve.modal, await kept(at_work)) == (None, before)


async def test_nor_by_any_other_way(at_work: DiscordTeam, alert: Message) -> None:
    ana = at_work.person()
    eve = at_work.fake.person("Eve", team=False)
    photo = await ana.post(general(at_work), "Look", [PICTURE])
    before = await kept(at_work)
    for act in (
        eve.press(alert, "Acknowledge"),
        eve.press(alert, "Snooze"),
        eve.context_menu("Add to case", photo),
    ):
        assert (await act).answered
        assert BARRED in told(eve)
    assert len(eve.ephemerals) == 3
    assert await eve.complete("check", {"product": "pan"}, "product", general(at_work)) == []
    assert await ana.complete("check", {"product": "pan"}, "product", general(at_work)) != []
    assert (eve.modal, await kept(at_work)) == (None, before)


async def test_no_photo_is_taken_from_a_stranger_who_calls_it(
    at_work: DiscordTeam, alert: Message
) -> None:
    await at_work.person().press(alert, "Acknowledge")
    await at_work.sends()
    thread = at_work.fake.thread_of(alert)
    assert thread is not None
    eve = at_work.fake.person("Eve", team=False)
    before = await kept(at_work)
    number = len(thread.messages)
    await eve.post(thread, f"<@{at_work.fake.guild.bot.id}> Look", [PICTURE])
    await at_work.fake.until(lambda: len(thread.messages) == number + 2)
    assert BARRED in thread.messages[-1].content
    assert await kept(at_work) == before


async def test_who_is_put_out_is_out_at_once_also_of_a_form_that_is_open(
    at_work: DiscordTeam, alert: Message
) -> None:
    ben = at_work.person("Ben", admin=False)
    await ben.command("cases", channel=general(at_work))
    assert "C-1" in told(ben)
    await ben.press(alert, "Snooze")
    ben.member.roles.clear()
    before = await kept(at_work)
    await ben.submit()
    assert BARRED in told(ben)
    assert await kept(at_work) == before
    await ben.command("cases", channel=at_work.channel)
    assert BARRED in told(ben)


async def test_a_lower_rank_counts_at_once(at_work: DiscordTeam, alert: Message) -> None:
    cleo = at_work.fake.person("Cleo", manage_guild=True)
    await cleo.command("settings", {"name": "digest", "value": "8"}, at_work.channel)
    assert "08:00" in told(cleo)
    cleo.member.roles = [at_work.fake.team]
    await cleo.command("settings", {"name": "digest", "value": "9"}, at_work.channel)
    assert "Only admins can" in told(cleo)


async def test_what_one_may_where_it_is_typed_does_not_count(
    at_work: DiscordTeam, alert: Message
) -> None:
    elsewhere = at_work.fake.add_channel("lounge", private=True)
    guests = at_work.fake.add_role("Guests")
    elsewhere.seen_by = [guests]
    await at_work.fake.announce(elsewhere)
    eve = at_work.fake.person("Eve", team=False)
    eve.member.roles.append(guests)
    await eve.command("cases", channel=elsewhere)
    assert BARRED in told(eve)


async def test_before_there_is_a_channel_only_admins_act(at_work: DiscordTeam) -> None:
    ben = at_work.person("Ben", admin=False)
    await ben.command("watches", channel=at_work.channel)
    assert "Only admins can use Brandwarden until it has a channel." in told(ben)
    assert await ben.complete("check", {"product": "pan"}, "product", at_work.channel) == []
    await at_work.sends()
    assert at_work.channel.messages == []
    await at_work.person().command("watches", channel=at_work.channel)
    await at_work.sends()
    await ben.command("watches", channel=at_work.channel)
    assert ASIN in told(ben)


async def test_a_channel_that_everyone_may_view_makes_no_one_a_member(
    at_work: DiscordTeam,
) -> None:
    ana, ben = at_work.person(), at_work.person("Ben", admin=False)
    await ana.command("watches", channel=general(at_work))
    await at_work.sends()
    [hello] = general(at_work).messages
    assert f"{OPEN}general" in "\n".join(seen(hello).lines)
    await ben.command("cases", channel=general(at_work))
    assert f"{OPEN}general" in told(ben)
    await ana.command("settings", channel=general(at_work))
    assert "BRANDWARDEN_MEMBERS" in told(ana)
    general(at_work).seen_by = [at_work.fake.team]
    await at_work.fake.change_channel(general(at_work), writable=True)
    await ben.command("watches", channel=general(at_work))
    assert ASIN in told(ben)
    await ana.command("settings", channel=general(at_work))
    assert "BRANDWARDEN_MEMBERS" not in told(ana)


async def test_a_manager_outside_can_mend_a_channel_that_is_gone(
    at_work: DiscordTeam, alert: Message
) -> None:
    cleo = at_work.fake.person("Cleo", manage_guild=True, team=False)
    eve = at_work.fake.person("Eve", team=False)
    await at_work.fake.delete_channel(at_work.channel)
    await eve.command("cases", channel=general(at_work))
    assert "Brandwarden can no longer see #brand-alerts" in told(eve)
    await cleo.command("settings", {"name": "channel", "value": "here"}, general(at_work))
    await at_work.sends()
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "discord")
    assert room is not None
    assert room.channel == str(general(at_work).id)


@asynccontextmanager
async def naming(
    team: Team, fake: FakeDiscord, *roles: int, **named: str
) -> AsyncIterator[DiscordTeam]:
    """Let the team work with the people and roles that the owner named."""
    roster = Roster(**{kind: frozenset({id}) for kind, id in named.items()})
    with patch("tests.unit.adapters.discord.team.Roster", return_value=roster):
        async with working(team, fake, member_roles=frozenset(roles)) as at_work:
            yield at_work


async def test_whom_the_owner_named_is_a_member_wherever_they_are(team: Team) -> None:
    async with FakeDiscord() as fake:
        helpers = fake.add_role("Helpers")
        eve, ben, vik = (fake.person(name, team=False) for name in ("Eve", "Ben", "Vik"))
        eve.member.roles.append(helpers)
        # Everybody has the role that bears the server's id.
        async with naming(team, fake, helpers.id, fake.guild.id, members=ben.id) as at_work:
            await at_work.person().command("watches", channel=general(at_work))
            await at_work.sends()
            for person in (eve, ben):
                await person.command("watches", channel=general(at_work))
                assert ASIN in told(person)
            await vik.command("watches", channel=general(at_work))
            assert f"{OPEN}general" in told(vik)
            eve.member.roles.clear()
            await eve.command("watches", channel=general(at_work))
            assert f"{OPEN}general" in told(eve)


async def test_as_long_as_discord_does_not_tell_of_the_server_no_one_is_let_in(
    at_work: DiscordTeam, alert: Message
) -> None:
    await at_work.fake.remove_bot(at_work.fake.guild, unavailable=True)
    ana = at_work.person()
    await ana.command("cases", channel=general(at_work))
    assert "Could not check whether you are a member of #brand-alerts." in told(ana)
    await at_work.fake.let_in(at_work.fake.guild)
    await ana.command("cases", channel=general(at_work))
    assert "C-1" in told(ana)


def test_roles_are_named_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRANDWARDEN_DISCORD_MEMBER_ROLES", " 1234567890 , ")
    assert DiscordSettings(_env_file=None).member_roles == {"1234567890"}
    for wrong in ("#team", "@everyone", "U012ABC", "1.2"):
        monkeypatch.setenv("BRANDWARDEN_DISCORD_MEMBER_ROLES", f"1234567890,{wrong}")
        with pytest.raises(ValidationError, match="one of them is no"):
            DiscordSettings(_env_file=None)
