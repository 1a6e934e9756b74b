"""People of other workspaces: in shared channels they are everywhere, and have no say."""

from __future__ import annotations

from bot.core.collections import CHANNEL_BINDINGS
from bot.features.cases.collections import CASES
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.payloads import event, submitted
from tests.platforms.slack.people import Person
from tests.platforms.slack.seen import seen
from tests.unit.adapters.slack.team import ALERTS, SlackTeam

RIVALS = "T0RIVALS"
REFUSED = "works for another team"


def somebody(at_work: SlackTeam, team: str = RIVALS, teams: tuple[str, ...] = ()) -> Person:
    """Let an admin of another workspace into the channel."""
    mallory = at_work.fake.person("UMAL", "Mallory", admin=True, team=team, teams=teams)
    at_work.channel.members.add(mallory.id)
    return mallory


async def acknowledged(at_work: SlackTeam) -> bool:
    return (await at_work.team.app.store.page(CASES))[0].acknowledged_by is not None


async def test_a_stranger_who_lets_us_in_moves_no_alerts(at_work: SlackTeam) -> None:
    mallory = somebody(at_work)
    lobby = at_work.fake.add_channel("C9", "lobby", [mallory])
    # The event names the workspace of who joined, and that is ours.
    body = {"type": "member_joined_channel", "user": at_work.fake.bot_user, "channel": "C9"}
    body |= {"inviter": mallory.id, "team": at_work.fake.team_id}
    told = event(at_work.fake, at_work.ana.user, body)
    assert (await at_work.fake.deliver("events_api", told, only_ack(at_work.fake))).acked
    await at_work.fake.until(lambda: mallory.ephemerals)
    assert REFUSED in seen(mallory.ephemerals[-1]).text
    await at_work.sends()
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "slack")
    assert room is not None
    assert room.channel == ""
    assert lobby.messages == []


async def test_what_slack_says_of_a_person_counts_before_what_came_along(
    at_work: SlackTeam,
) -> None:
    mallory = somebody(at_work)
    body = {"type": "app_mention", "text": "<@UBOT> cases", "user": mallory.id, "channel": ALERTS}
    told = event(at_work.fake, at_work.ana.user, body)
    assert (await at_work.fake.deliver("events_api", told, only_ack(at_work.fake))).acked
    await at_work.fake.until(lambda: mallory.ephemerals)
    assert REFUSED in seen(mallory.ephemerals[-1]).text


async def test_a_stranger_of_whom_slack_does_not_tell_stays_one(at_work: SlackTeam) -> None:
    mallory = somebody(at_work)
    at_work.fake.faults.status("users.info", 500)
    await mallory.mention(ALERTS, "cases")
    await at_work.fake.until(lambda: mallory.ephemerals)
    assert REFUSED in seen(mallory.ephemerals[-1]).text


async def test_in_a_grid_one_may_be_at_home_elsewhere_and_belong_to_us(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    mallory = somebody(at_work, "T0SISTER", ("T0SISTER", at_work.fake.team_id))
    await mallory.press(alert, "Acknowledge")
    assert await acknowledged(at_work)


async def test_in_a_grid_those_of_other_workspaces_are_strangers(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    mallory = somebody(at_work, "T0SISTER", ("T0SISTER", "T0COUSIN"))
    await mallory.press(alert, "Acknowledge")
    await at_work.fake.until(lambda: mallory.ephemerals)
    assert REFUSED in seen(mallory.ephemerals[-1]).text
    assert not await acknowledged(at_work)


async def test_files_of_strangers_are_not_taken_over(at_work: SlackTeam) -> None:
    await at_work.alert()
    await at_work.ana.command("/brand", "note 1", ALERTS)
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    labels = seen(modal).inputs
    picture = ("proof.png", "image/png", b"\x89PNG picture")
    await at_work.ana.fill_in({labels[1]: "Here it is", labels[2]: [picture]})
    forged = submitted(at_work.fake, somebody(at_work).user, modal)
    assert (await at_work.fake.deliver("interactive", forged, lambda _: None)).acked
    assert at_work.fake.calls("download") == []
