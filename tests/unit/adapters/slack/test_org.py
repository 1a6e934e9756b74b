"""An app that is installed for a whole organization serves all its workspaces, and no others."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.core.collections import CHANNEL_BINDINGS
from bot.features.cases.collections import CASES
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import command
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working
from tests.unit.conftest import Team

ORG, REFUSED = "E0ORG", "works for another team"


@pytest.fixture
async def at_work(team: Team, fake: FakeSlack) -> AsyncIterator[SlackTeam]:
    fake.org, fake.org_teams = ORG, (fake.team_id, "T0SISTER")
    async with working(team, fake) as at_work:
        yield at_work


async def test_its_people_work_as_in_a_workspace(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "slack")
    assert room is not None
    assert (room.workspace, room.channel) == (ORG, ALERTS)
    sister = at_work.fake.person("USIS", "Sis", team="T0SISTER")
    at_work.channel.members.add(sister.id)
    await sister.press(alert, "Acknowledge")
    assert (await at_work.team.app.store.page(CASES))[0].acknowledged_by is not None
    # The workspaces are asked for once, not for each person.
    assert len(at_work.fake.calls("auth.teams.list")) == 1


async def test_slack_may_tell_the_organization_of_a_person(at_work: SlackTeam) -> None:
    at_work.fake.org_teams = ()
    cousin = at_work.fake.person("UCOU", "Cou", team="T0COUSIN")
    cousin.user.enterprise = ORG
    at_work.channel.members.add(cousin.id)
    await cousin.command("/brand", "cases", ALERTS)
    await at_work.fake.until(lambda: cousin.ephemerals)
    assert REFUSED not in seen(cousin.ephemerals[-1]).text


async def test_people_of_other_organizations_are_not_listened_to(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    mallory = at_work.fake.person("UMAL", "Mallory", admin=True, team="T0RIVALS")
    mallory.user.enterprise = "E0OTHER"
    at_work.channel.members.add(mallory.id)
    await mallory.press(alert, "Acknowledge")
    await at_work.fake.until(lambda: mallory.ephemerals)
    assert REFUSED in seen(mallory.ephemerals[-1]).text
    # What came along may name any workspace, or organization.
    told = command(at_work.fake, mallory.user, ("/brand", "cases"), at_work.channel)
    told |= {"team_id": at_work.fake.team_id, "enterprise_id": ORG}
    await at_work.fake.deliver("slash_commands", told, only_ack(at_work.fake))
    await at_work.fake.until(lambda: len(mallory.ephemerals) > 1)
    assert REFUSED in seen(mallory.ephemerals[-1]).text


async def test_a_command_may_come_without_a_workspace(at_work: SlackTeam) -> None:
    told = command(at_work.fake, at_work.ana.user, ("/brand", "help"), at_work.channel)
    told |= {"team_id": None, "enterprise_id": ORG, "is_enterprise_install": "true"}
    assert (await at_work.fake.deliver("slash_commands", told, only_ack(at_work.fake))).acked
    assert "What do you need?" in seen(await at_work.told()).text


async def test_a_workspace_that_joined_later_is_known_soon(
    at_work: SlackTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.people.TEAMS_KNOWN_FOR", 0)
    late = at_work.fake.person("ULAT", "Lat", team="T0LATE")
    at_work.channel.members.add(late.id)
    for teams, refused in (((), True), (("T0LATE",), False)):
        at_work.fake.org_teams = teams
        await late.command("/brand", "help", ALERTS)
        await at_work.fake.until(lambda: late.ephemerals)
        assert (REFUSED in seen(late.ephemerals.pop()).text) == refused


async def test_admins_of_the_organization_are_admins(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    boss = at_work.fake.person("UBOS", "Bos")
    boss.user.enterprise, boss.user.org_admin = ORG, True
    at_work.channel.members.add(boss.id)
    await boss.press(alert, "Authorize seller")
    await at_work.fake.until(lambda: boss.modal)
    await boss.submit()
    await at_work.fake.until(lambda: not boss.modal)
    assert not (await at_work.team.app.store.page(CASES))[0].open


async def test_an_organization_that_does_not_tell_its_workspaces_lets_nobody_else_in(
    at_work: SlackTeam,
) -> None:
    at_work.fake.faults.error("auth.teams.list", "internal_error")
    await at_work.ana.command("/brand", "help", ALERTS)
    assert REFUSED in seen(await at_work.told()).text
