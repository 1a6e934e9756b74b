"""Who may use it in Slack: the members of the alerts' channel, and those whom the owner named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

import pytest
from pydantic import ValidationError

from adapters.slack.platform import SlackSettings
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import AUDIT, CHANNEL_BINDINGS
from bot.core.permissions import Roster
from bot.core.store import Collection
from tests.fakes import MemoryEvidence
from tests.files import PICTURE
from tests.platforms.slack.people import Person
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working
from tests.unit.conftest import ASIN, Team

BARRED = "Only members of #brand-alerts can use Brandwarden here."
UNSURE = "Could not check whether you are a member of #brand-alerts."
RANDOM = "C0RANDOM"


@pytest.fixture
async def alert(at_work: SlackTeam) -> Message:
    """An alert in the private channel, beside which there is a public one."""
    at_work.fake.reads_messages = True
    found = await at_work.alert()
    at_work.fake.add_channel(RANDOM, "random", [at_work.ana])
    return found


def outsider(at_work: SlackTeam, name: str = "Eve", rank: str = "") -> Person:
    """Return somebody of the workspace who is in the public channel alone."""
    eve = at_work.fake.person(f"U{name.upper()}", name, joins=False)
    if rank:
        setattr(eve.user, rank, True)
    at_work.fake.channel(RANDOM).members.add(eve.id)
    return eve


async def kept(at_work: SlackTeam) -> tuple[object, ...]:
    """Return all that is stored, but that they were sent away, and all files."""
    evidence = at_work.team.app.evidence
    assert isinstance(evidence, MemoryEvidence)
    collections: tuple[Collection[Any], ...] = COLLECTIONS
    store = at_work.team.app.store
    stored = [await store.page(one, limit=1000) for one in collections if one is not AUDIT]
    return stored, dict(evidence.kept)


async def heard(at_work: SlackTeam, person: Person, number: int = 1) -> str:
    """Wait until somebody sees so many messages of their own, and return the last."""
    await at_work.fake.until(lambda: len(person.ephemerals) >= number)
    return seen(person.ephemerals[-1]).text


@pytest.mark.parametrize(
    ("command", "text"),
    [
        *[("/case", "1"), ("/note", "1 Look"), ("/cases", ""), ("/sellers", ""), ("/settings", "")],
        *[("/watch", ""), ("/check", ASIN), ("/brand", "help"), ("/brand", "no such thing")],
    ],
)
@pytest.mark.parametrize("rank", ["", "admin", "owner", "guest"])
async def test_a_colleague_outside_the_channel_reads_and_changes_nothing_by_a_command(
    at_work: SlackTeam, alert: Message, command: str, text: str, rank: str
) -> None:
    eve = outsider(at_work, rank=rank)
    before = await kept(at_work)
    await eve.command(command, text, RANDOM)
    assert await heard(at_work, eve) == f"⚠️ {BARRED} Ask an admin to add you to that channel."
    assert (eve.modal, await kept(at_work)) == (None, before)


async def test_nor_by_any_other_way(at_work: SlackTeam, alert: Message) -> None:
    eve = outsider(at_work)
    before = await kept(at_work)
    ways = [
        eve.press(alert, "Acknowledge"),
        eve.press(alert, "Snooze"),
        eve.shortcut("add-to-case", await at_work.ana.post(RANDOM, "Look", files=[PICTURE])),
        eve.mention(RANDOM, "cases"),
        eve.mention(RANDOM, "note 1 Look", files=[PICTURE]),
        eve.command("/cases", "", at_work.fake.direct(eve.id).id),
        eve.invite_bot(RANDOM),
    ]
    for number, way in enumerate(ways, 1):
        await way
        assert BARRED in await heard(at_work, eve, number)
    await eve.open_home()
    await at_work.fake.until(lambda: eve.home)
    assert eve.home is not None
    assert BARRED in seen(eve.home).text
    assert "C-1" not in seen(eve.home).text
    assert (eve.modal, len(eve.ephemerals)) == (None, len(ways))
    assert await kept(at_work) == before


async def test_a_form_that_was_open_is_not_taken_from_who_was_put_out(
    at_work: SlackTeam, alert: Message
) -> None:
    ben = at_work.fake.person("UBEN", "Ben")
    await ben.command("/watches", "", ALERTS)
    await heard(at_work, ben)
    await ben.press(alert, "Snooze")
    await at_work.fake.until(lambda: ben.modal)
    await at_work.fake.leaves(ben, ALERTS)
    before = await kept(at_work)
    await ben.submit()
    assert ben.modal is not None
    assert BARRED in str(ben.modal.errors)
    assert await kept(at_work) == before


async def test_who_is_put_out_of_the_channel_is_out_within_a_minute(
    at_work: SlackTeam, alert: Message
) -> None:
    ben = at_work.fake.person("UBEN", "Ben")
    await ben.command("/cases", "", ALERTS)
    assert "C-1" in await heard(at_work, ben)
    # Slack's own message of it got lost.
    at_work.channel.members.discard(ben.id)
    at_work.team.clock.advance(seconds=59)
    await ben.command("/cases", "", RANDOM)
    assert "C-1" in await heard(at_work, ben, 2)
    at_work.team.clock.advance(seconds=1)
    await ben.command("/cases", "", RANDOM)
    assert BARRED in await heard(at_work, ben, 3)


async def test_and_at_once_when_slack_tells_of_it(at_work: SlackTeam, alert: Message) -> None:
    ben = at_work.fake.person("UBEN", "Ben")
    await ben.command("/cases", "", ALERTS)
    await heard(at_work, ben)
    await at_work.fake.leaves(ben, ALERTS)
    await ben.command("/cases", "", RANDOM)
    assert BARRED in await heard(at_work, ben, 2)
    await at_work.fake.enters(ben, ALERTS)
    await ben.command("/cases", "", RANDOM)
    assert "C-1" in await heard(at_work, ben, 3)


@pytest.mark.parametrize("change", ["no admin", "a guest"])
async def test_a_lower_rank_counts_within_a_minute(
    at_work: SlackTeam, alert: Message, change: str
) -> None:
    cleo = at_work.fake.person("UCLEO", "Cleo", admin=True)
    await cleo.command("/settings", "digest 8", ALERTS)
    assert "08:00" in await heard(at_work, cleo)
    cleo.user.admin, cleo.user.guest = False, change == "a guest"
    at_work.team.clock.advance(seconds=60)
    await cleo.command("/settings", "digest 9", ALERTS)
    assert "Only admins can" in await heard(at_work, cleo, 2)
    await cleo.command("/note", "1 Look", ALERTS)
    refused = "Only members can" in await heard(at_work, cleo, 3)
    assert refused is (change == "a guest")


async def test_the_minute_counts_from_the_question(at_work: SlackTeam, alert: Message) -> None:
    ben = at_work.fake.person("UBEN", "Ben")
    at_work.fake.faults.slow("conversations.members", 0.2)
    await ben.command("/cases", "", ALERTS)
    assert "C-1" in await heard(at_work, ben)
    asked = len(at_work.fake.calls("conversations.members"))
    at_work.team.clock.advance(seconds=59)
    await ben.command("/cases", "", ALERTS)
    await heard(at_work, ben, 2)
    assert len(at_work.fake.calls("conversations.members")) == asked


async def test_before_there_is_a_channel_only_admins_act(at_work: SlackTeam) -> None:
    ben = at_work.fake.person("UBEN", "Ben")
    await ben.command("/watches", "", ALERTS)
    said = await heard(at_work, ben)
    assert "Only admins can use Brandwarden until it has a channel." in said
    await ben.invite_bot(ALERTS)
    await heard(at_work, ben, 2)
    await at_work.sends()
    assert at_work.channel.messages == []
    await at_work.ana.command("/watches", "", ALERTS)
    await at_work.sends()
    await ben.command("/watches", "", ALERTS)
    assert "B0ALDER001" in await heard(at_work, ben, 3)


async def test_a_public_channel_makes_no_one_a_member(at_work: SlackTeam) -> None:
    at_work.channel.private = False
    await at_work.ana.command("/watches", "", ALERTS)
    await at_work.sends()
    [hello] = at_work.channel.messages
    assert "Everyone can see or join #brand-alerts" in seen(hello).text
    ben = at_work.fake.person("UBEN", "Ben")
    await ben.command("/cases", "", ALERTS)
    assert "Everyone can see or join #brand-alerts" in await heard(at_work, ben)
    await at_work.ana.command("/settings", "", ALERTS)
    assert "BRANDWARDEN_MEMBERS" in await heard(at_work, at_work.ana, 2)
    at_work.channel.private = True
    at_work.team.clock.advance(seconds=60)
    await ben.command("/watches", "", ALERTS)
    assert "B0ALDER001" in await heard(at_work, ben, 2)
    await at_work.ana.command("/settings", "", ALERTS)
    assert "BRANDWARDEN_MEMBERS" not in await heard(at_work, at_work.ana, 3)


async def test_nor_are_photos_taken_there_from_who_is_no_member(at_work: SlackTeam) -> None:
    at_work.fake.reads_messages = True
    at_work.channel.private = False
    alert = await at_work.alert()
    ben = at_work.fake.person("UBEN", "Ben")
    await ben.command("/cases", "", ALERTS)
    await heard(at_work, ben)
    before = await kept(at_work)
    await ben.post(ALERTS, "Look", alert.ts, [PICTURE])
    await ben.mention(ALERTS, "note Look", alert.ts, [PICTURE])
    assert "Everyone can see or join #brand-alerts" in await heard(at_work, ben, 2)
    assert (len(ben.ephemerals), await kept(at_work)) == (2, before)


async def test_inviting_it_into_a_public_channel_says_so_too(at_work: SlackTeam) -> None:
    at_work.fake.add_channel("C2", "kitchen", [at_work.ana], bot=False)
    await at_work.ana.invite_bot("C2")
    await at_work.sends()
    [hello] = at_work.fake.channel("C2").messages
    assert "Everyone can see or join #kitchen" in seen(hello).text


@asynccontextmanager
async def naming(team: Team, fake: FakeSlack, roster: Roster) -> AsyncIterator[SlackTeam]:
    """Let the team work with whom the owner named, and the user group S1."""
    named = frozenset({"S1"})
    with patch("tests.unit.adapters.slack.team.Roster", return_value=roster):
        async with working(team, fake, app_token=fake.app_token, member_groups=named) as at_work:
            await fake.until(lambda: fake.connected > 0)
            yield at_work


async def test_whom_the_owner_named_is_a_member_wherever_they_are(
    team: Team, fake: FakeSlack
) -> None:
    fake.user_groups = {"S1": {"UEVE"}}
    async with naming(team, fake, Roster(members=frozenset({"UBEN"}))) as at_work:
        at_work.channel.private = False
        await at_work.alert()
        fake.add_channel(RANDOM, "random", [at_work.ana])
        eve, ben, guest = (outsider(at_work, name) for name in ("Eve", "Ben", "Vik"))
        guest.user.guest = True
        for person in (eve, ben):
            await person.command("/note", "1 Look", RANDOM)
            assert "Added to C-1" in await heard(at_work, person)
        await guest.command("/cases", "", RANDOM)
        assert "only people listed by an admin" in await heard(at_work, guest)
        fake.user_groups["S1"].clear()
        team.clock.advance(seconds=60)
        await eve.command("/cases", "", RANDOM)
        assert "only people listed by an admin" in await heard(at_work, eve, 2)
        fake.faults.error("usergroups.users.list", "missing_scope")
        team.clock.advance(seconds=60)
        await eve.command("/cases", "", RANDOM)
        assert UNSURE in await heard(at_work, eve, 3)


@pytest.mark.parametrize("method", ["conversations.members", "conversations.info", "users.info"])
@pytest.mark.parametrize("fault", ["missing_scope", "ratelimited", "html", "empty", "slow"])
async def test_whom_slack_does_not_tell_of_is_let_in_when_it_tells_again(
    at_work: SlackTeam, alert: Message, method: str, fault: str
) -> None:
    ben = at_work.fake.person("UBEN", "Ben", admin=True)
    faults = at_work.fake.faults
    with patch("adapters.slack.membership.PATIENCE", 0.2):
        match fault:
            case "html":
                faults.answer(method, 200, "<html>Sorry</html>")
            case "empty":
                faults.answer(method, 200, '{"ok": true, "channel": {}}', "application/json")
            case "slow" if method != "users.info":
                faults.slow(method, 0.5)
            case word:
                faults.error(method, "fatal_error" if word == "slow" else word)
        await ben.command("/cases", "", ALERTS)
        assert UNSURE in await heard(at_work, ben)
    at_work.team.clock.advance(seconds=5)
    if fault == "slow":
        at_work.team.clock.advance(seconds=60)
    await ben.command("/cases", "", ALERTS)
    assert "C-1" in await heard(at_work, ben, 2)


async def test_an_admin_outside_can_mend_a_channel_that_is_gone(
    at_work: SlackTeam, alert: Message
) -> None:
    cleo, eve = outsider(at_work, "Cleo", "admin"), outsider(at_work)
    await at_work.fake.loses_bot(ALERTS)
    await eve.command("/cases", "", RANDOM)
    assert "Brandwarden can no longer see #brand-alerts" in await heard(at_work, eve)
    await cleo.command("/settings", "channel here", RANDOM)
    assert "Posting a first message here" in await heard(at_work, cleo)
    await at_work.sends()
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "slack")
    assert room is not None
    assert room.channel == RANDOM


async def test_a_large_channel_is_read_page_by_page(at_work: SlackTeam, alert: Message) -> None:
    people = [at_work.fake.person(f"U{n:03}", f"P{n}") for n in range(9)]
    at_work.fake.most_members = 4
    for person in (people[0], people[-1]):
        await person.command("/cases", "", ALERTS)
        assert "C-1" in await heard(at_work, person)
    at_work.team.clock.advance(seconds=60)
    with patch("adapters.slack.membership.PAGES", 1):
        await people[-1].command("/cases", "", ALERTS)
        assert UNSURE in await heard(at_work, people[-1], 2)
        await people[0].command("/cases", "", ALERTS)
        assert "C-1" in await heard(at_work, people[0], 2)


async def test_many_who_come_at_once_are_one_question(at_work: SlackTeam, alert: Message) -> None:
    people = [at_work.fake.person(f"U{n:03}", f"P{n}") for n in range(5)]
    at_work.team.clock.advance(seconds=60)
    asked = len(at_work.fake.calls("conversations.members"))
    for person in people:
        await person.command("/cases", "", ALERTS)
        await heard(at_work, person)
    assert len(at_work.fake.calls("conversations.members")) == asked + 1


def test_groups_are_named_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRANDWARDEN_SLACK_MEMBER_GROUPS", " s012abc , ")
    assert SlackSettings(_env_file=None).member_groups == {"S012ABC"}
    for wrong in ("#team", "xoxb-1", "U012ABC", "1.2"):
        monkeypatch.setenv("BRANDWARDEN_SLACK_MEMBER_GROUPS", f"S012ABC,{wrong}")
        with pytest.raises(ValidationError, match="one of them is no"):
            SlackSettings(_env_file=None)
