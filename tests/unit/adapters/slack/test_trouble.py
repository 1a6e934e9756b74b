"""What goes wrong between Slack and us, and what people see of it."""

from __future__ import annotations

import asyncio
from unittest.mock import patch

import msgspec
import pytest

from bot.core.cards import Card
from bot.core.chat import Outgoing
from bot.core.files import Upload
from bot.errors import ChatError, UserError
from bot.features.cases.collections import ENTRIES
from tests.fakes import found
from tests.files import PICTURE
from tests.patience import PATIENCE
from tests.platforms.slack.payloads import event
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import View
from tests.unit.adapters.slack.team import ALERTS, SlackTeam, working
from tests.unit.conftest import Team

POST = "chat.postMessage"


async def opened(at_work: SlackTeam) -> View:
    """Wait until a modal is open."""
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    return modal


async def _with_file(at_work: SlackTeam, key: str) -> Outgoing:
    content = await at_work.team.app.evidence.keep(PICTURE[2], {"at": "now"})
    file = Upload(PICTURE[0], PICTURE[1], len(PICTURE[2]), content)
    return Outgoing(key=key, channel=ALERTS, card=Card(title=key), files=(file,))


async def _send(at_work: SlackTeam, message: Outgoing) -> None:
    """Send as the outbox does: after a failure it asks first."""
    for attempt in range(4):
        try:
            if attempt and await found(at_work.slack.chat, message):
                return
            await at_work.slack.chat.post(message)
        except ChatError:
            continue
        return


def _files(at_work: SlackTeam) -> list[str]:
    return [file.name for each in at_work.channel.history for file in each.files]


async def test_a_post_that_is_put_off_does_not_show_its_files_twice(at_work: SlackTeam) -> None:
    at_work.fake.faults.rate_limit(POST, 1, times=2)
    await _send(at_work, await _with_file(at_work, "C-1"))
    assert _files(at_work) == ["proof.png"]


async def test_files_that_failed_are_made_up_for(at_work: SlackTeam) -> None:
    at_work.fake.faults.status("upload", 500)
    await _send(at_work, await _with_file(at_work, "C-1"))
    assert _files(at_work) == ["proof.png"]
    assert len([each for each in at_work.channel.history if each.metadata]) == 1


async def test_an_answer_is_shown_though_its_address_is_used_up(at_work: SlackTeam) -> None:
    at_work.fake.faults.error("response_url", "used_url")
    await at_work.ana.command("/brand", "help", ALERTS)
    assert "What do you need?" in seen(await at_work.told()).text


@pytest.mark.ci
@pytest.mark.parametrize("method", ["response_url", "chat.postEphemeral"])
async def test_an_answer_waits_as_long_as_slack_asks(at_work: SlackTeam, method: str) -> None:
    at_work.fake.faults.rate_limit(method, 1)
    await at_work.ana.mention(ALERTS, "help")
    if method == "response_url":
        await at_work.ana.command("/brand", "help", ALERTS)
    await at_work.told()


async def test_a_form_says_that_a_file_was_lost(at_work: SlackTeam) -> None:
    await _note_form(at_work)
    at_work.fake.faults.status("download", 500)
    await at_work.ana.submit()
    modal = await opened(at_work)
    assert await at_work.team.app.store.count(ENTRIES) == 1
    assert "It did not arrive" in str(modal.errors)
    await at_work.ana.submit()
    assert await at_work.team.app.store.count(ENTRIES) == 3


async def _note_form(at_work: SlackTeam) -> None:
    await at_work.alert()
    await at_work.ana.command("/brand", "note 1", ALERTS)
    modal = await opened(at_work)
    labels = seen(modal).inputs
    await at_work.ana.fill_in({labels[1]: "Here it is", labels[2]: [PICTURE]})


async def test_a_form_that_takes_long_says_so_and_then_what_came_of_it(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Close")
    await opened(at_work)
    await at_work.ana.fill_in({"Why are you closing it?": "Another reason"})
    await at_work.ana.fill_in({"What should the next person know?": "Bought back."})
    with patch("adapters.slack.listener.PATIENCE", 0):
        await at_work.ana.submit()
    await at_work.fake.until(
        lambda: at_work.ana.modal and "Working on it" not in seen(at_work.ana.modal).text
    )


async def test_a_card_that_only_she_sees_changes_in_its_place_though_a_form_took_long(
    at_work: SlackTeam,
) -> None:
    await at_work.alert()
    await at_work.ana.command("/brand", "case 1", ALERTS)
    card = await at_work.told(2)
    await at_work.ana.press(card, "Close")
    await opened(at_work)
    await at_work.ana.fill_in({"Why are you closing it?": "Another reason"})
    await at_work.ana.fill_in({"What should the next person know?": "Bought back."})
    with patch("adapters.slack.listener.PATIENCE", 0):
        await at_work.ana.submit()
    await at_work.fake.until(lambda: "Close" not in seen(at_work.ana.ephemerals[-1]).buttons)
    assert len(at_work.ana.ephemerals) == 2
    assert at_work.ana.modal
    assert "Done." in seen(at_work.ana.modal).text


async def test_a_wrong_app_token_says_what_to_do(team: Team, fake: FakeSlack) -> None:
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(UserError, match="BRANDWARDEN_SLACK_APP_TOKEN"):
            async with working(team, fake, app_token="xapp-other"):
                pass


async def test_it_connects_when_slack_can_be_reached_again(team: Team, fake: FakeSlack) -> None:
    with patch("adapters.slack.connection.PING", 0.05):
        fake.faults.abort_before("auth.test")
        async with asyncio.timeout(PATIENCE), working(team, fake) as at_work:
            assert (await at_work.ana.command("/brand", "help", ALERTS)).acked


async def test_a_taken_port_says_what_to_do(team: Team, fake: FakeSlack) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(UserError, match="PORT"):
            async with working(team, fake, app_token="", signing_secret="shh", port=port):
                pass


async def test_an_unknown_person_may_do_nothing_until_slack_tells_who_it_is(
    at_work: SlackTeam,
) -> None:
    alert = await at_work.alert()
    ben = at_work.fake.person("UBEN", "Ben", admin=True)
    at_work.channel.members.add("UBEN")
    at_work.fake.faults.status("users.info", 500)
    await ben.press(alert, "Acknowledge")
    await at_work.fake.until(lambda: ben.ephemerals)
    assert "Could not check whether you are a member" in seen(ben.ephemerals[-1]).text
    await ben.press(alert, "Acknowledge")
    await at_work.sends()
    assert "Acknowledged by Ben" in seen(at_work.channel.messages[-1]).text


async def test_the_settings_name_the_channel(at_work: SlackTeam) -> None:
    at_work.fake.add_channel("C2", "kitchen", [at_work.ana], bot=False)
    await at_work.ana.invite_bot("C2")
    await at_work.sends()
    await at_work.ana.mention("C2", "settings")
    assert "kitchen" in seen(await at_work.told()).text


async def test_a_form_from_the_home_whose_moment_has_passed_is_not_lost(
    at_work: SlackTeam,
) -> None:
    await at_work.alert()
    await at_work.ana.open_home()
    home = await at_work.fake.until(lambda: at_work.ana.home)
    assert home is not None
    at_work.fake.trigger_seconds = -1
    await at_work.ana.press(home, "Open C-1")
    said = at_work.fake.direct("UANA").history
    await at_work.fake.until(lambda: said)
    await at_work.ana.press(said[0], "Acknowledge")
    await at_work.fake.until(lambda: "Acknowledge" not in seen(said[0]).buttons)


async def test_two_posts_at_once_keep_the_pace(at_work: SlackTeam) -> None:
    with patch("adapters.slack.outbound.PACE", 0.2):
        cards = [Outgoing(key=f"k{n}", channel=ALERTS, card=Card(title="x")) for n in range(3)]
        await asyncio.gather(*map(at_work.slack.chat.post, cards))
    assert at_work.fake.too_fast(0.15) == []


async def test_a_carried_address_is_not_trusted(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Close")
    modal = await opened(at_work)
    kept = msgspec.json.decode(modal.definition["private_metadata"])
    assert kept["response_url"].startswith(at_work.fake.url)
    kept["response_url"] = "http://127.0.0.1.example.com/respond/1"
    modal.definition["private_metadata"] = msgspec.json.encode(kept).decode()
    await at_work.ana.fill_in({"Why are you closing it?": "Another reason"})
    with patch("adapters.slack.answers.AsyncWebhookClient", side_effect=AssertionError):
        await at_work.ana.submit()


class _Spent(set[str]):
    """Tickets; the next ones that are given out do not let anybody in."""

    spent = 2

    def add(self, ticket: str) -> None:
        if self.spent:
            self.spent -= 1
        else:
            super().add(ticket)


async def test_an_address_that_has_expired_is_not_tried_for_ever(
    team: Team, fake: FakeSlack
) -> None:
    with patch("adapters.slack.connection.PING", 0.05):
        async with working(team, fake) as at_work:
            fake.tickets = _Spent()
            fake.abort_sockets()
            await fake.until(lambda: fake.tickets and fake.connected)
            assert (await at_work.ana.command("/brand", "help", ALERTS)).acked


async def test_the_next_step_after_a_long_one_takes_its_place(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Snooze")
    await opened(at_work)
    await at_work.ana.fill_in({"For how long?": "Until a day I choose"})
    with patch("adapters.slack.listener.PATIENCE", 0):
        await at_work.ana.submit()
    await at_work.fake.until(
        lambda: at_work.ana.modal and "Step 2 of 2" in seen(at_work.ana.modal).text
    )


async def test_others_who_join_a_channel_are_nothing_to_us(at_work: SlackTeam) -> None:
    before = len(at_work.fake.requests)
    body = {"type": "member_joined_channel", "user": "UANA", "channel": ALERTS, "inviter": "UANA"}
    act = await at_work.fake.deliver(
        "events_api", event(at_work.fake, at_work.ana.user, body), ignore
    )
    assert act.acked
    assert "users.info" not in [each.method for each in at_work.fake.requests[before:]]


def ignore(_: object) -> None:
    """Nothing is shown for the ack of an event."""
