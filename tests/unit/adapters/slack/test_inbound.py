"""What people do in Slack, over the real slack_bolt and real sockets."""

from __future__ import annotations

import pytest

from bot.core.collections import CHANNEL_BINDINGS
from bot.errors import UserError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Case
from tests.files import PICTURE
from tests.patience import PATIENCE
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.unit.adapters.slack.team import ALERTS, OURS, SlackTeam, working
from tests.unit.conftest import ASIN, Team

WHY, NOTE = "Why are you closing it?", "What should the next person know?"


async def case_of(at_work: SlackTeam) -> Case:
    return (await at_work.team.app.store.page(CASES))[0]


@pytest.mark.parametrize(
    ("command", "text"), [("/brand", "help"), ("/brand", ""), ("/brand", "/help")]
)
async def test_one_command_does_what_all_do(at_work: SlackTeam, command: str, text: str) -> None:
    act = await at_work.ana.command(command, text, ALERTS)
    assert act.acked
    assert "What do you need?" in seen(await at_work.told()).text
    assert at_work.channel.messages == []


@pytest.mark.parametrize(("command", "text"), [("/brand", "wtach B0ALDER009"), ("/wtach", "")])
async def test_a_misspelled_command_is_told_what_may_be_meant(
    at_work: SlackTeam, command: str, text: str
) -> None:
    assert (await at_work.ana.command(command, text, ALERTS)).acked
    told = seen(await at_work.told()).text
    assert "Unknown command '/brand wtach'. Did you mean '/brand watch'? Try '/brand help'." in told


async def test_being_invited_lets_alerts_come_to_that_channel(at_work: SlackTeam) -> None:
    at_work.fake.add_channel("C2", "kitchen", [at_work.ana], bot=False)
    await at_work.ana.invite_bot("C2")
    await at_work.sends()
    [hello] = at_work.fake.channel("C2").messages
    assert "Alerts now appear in this channel" in seen(hello).title
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "slack")
    assert room is not None
    assert (room.workspace, room.channel) == (at_work.fake.team_id, "C2")


async def test_an_alert_is_a_coloured_card_and_its_thread_tells_the_rest(
    at_work: SlackTeam,
) -> None:
    alert = await at_work.alert()
    assert "SIMULATED MARKETPLACE" in seen(alert).text
    assert seen(alert).colour
    await at_work.ana.press(alert, "Acknowledge")
    await at_work.fake.until(lambda: True)
    await at_work.sends()
    assert "Acknowledge" not in seen(alert).buttons
    [told] = at_work.channel.thread(alert.ts)
    assert "Ana acknowledged it." in seen(told).title


async def test_a_form_complains_at_its_field_and_then_closes(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Close")
    await at_work.fake.until(lambda: at_work.ana.modal)
    await at_work.ana.fill_in({WHY: "Another reason"})
    await at_work.ana.submit()
    assert at_work.ana.modal is not None
    assert "in a few words" in at_work.ana.modal.errors[NOTE]
    await at_work.ana.fill_in({NOTE: "We bought it back ourselves."})
    await at_work.ana.submit()
    assert at_work.fake.modals["UANA"] == []
    assert not (await case_of(at_work)).open
    await at_work.sends()
    assert "Reopen" in seen(alert).buttons


async def test_a_form_that_is_told_twice_is_answered_twice_the_same(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Close")
    await at_work.fake.until(lambda: at_work.ana.modal)
    await at_work.ana.fill_in({WHY: "Another reason"})
    act = await at_work.ana.submit()
    again = await at_work.fake.redeliver(act)
    assert again.answer == act.answer
    assert at_work.ana.modal is not None
    assert "in a few words" in at_work.ana.modal.errors[NOTE]
    await at_work.ana.fill_in({NOTE: "We bought it back ourselves."})
    act = await at_work.ana.submit()
    await at_work.told(1)
    assert (await at_work.fake.redeliver(act)).answer == act.answer
    await at_work.ana.command("/cases", "", ALERTS)
    await at_work.told(2)
    assert len(at_work.ana.ephemerals) == 2


async def test_the_next_step_takes_the_place_of_the_first(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.press(alert, "Snooze")
    await at_work.fake.until(lambda: at_work.ana.modal)
    await at_work.ana.fill_in({"For how long?": "Until a day I choose"})
    await at_work.ana.submit()
    assert at_work.ana.modal is not None
    assert "Step 2 of 2" in seen(at_work.ana.modal).text
    await at_work.ana.fill_in({"Which day?": "2026-12-01"})
    await at_work.ana.submit()
    assert (await case_of(at_work)).snoozed_until is not None


async def test_a_form_whose_moment_has_passed_opens_behind_a_button(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    at_work.fake.trigger_seconds = -1
    await at_work.ana.press(alert, "Close")
    later = await at_work.told(2)
    at_work.fake.trigger_seconds = 3
    await at_work.ana.press(later, "Continue")
    await at_work.fake.until(lambda: at_work.ana.modal)


async def test_a_list_turns_its_pages_in_place(at_work: SlackTeam) -> None:
    for number in range(12):
        await at_work.ana.command("/watch", f"B0PRODUC{number:02d}", ALERTS)
    await at_work.ana.command("/watches", "", ALERTS)
    shown = await at_work.told(13)
    await at_work.ana.press(shown, "Next")
    await at_work.fake.until(lambda: "Page 2 of 2" in seen(at_work.ana.ephemerals[-1]).text)
    assert len(at_work.ana.ephemerals) == 13


async def test_in_a_thread_the_bot_is_spoken_to_by_its_name(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.mention(ALERTS, "note They answered <our> letter", alert.ts)
    told = await at_work.told(2)
    assert "Added to C-1" in seen(told).text
    entry = (await at_work.team.app.store.page(ENTRIES))[-1]
    assert entry.text == "Ana: They answered <our> letter"


async def test_a_message_with_a_picture_is_added_to_a_case(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    said = await at_work.ana.post(ALERTS, "Look what came by post", files=[PICTURE])
    await at_work.ana.shortcut("add-to-case", said)
    await at_work.fake.until(lambda: at_work.ana.modal)
    assert at_work.ana.modal is not None
    await at_work.ana.fill_in({"Which case?": await _only_choice(at_work)})
    await at_work.ana.submit()
    note, evidence = (await at_work.team.app.store.page(ENTRIES))[-2:]
    assert "Look what came by post" in note.text
    assert await at_work.team.app.evidence.read(evidence.files[0].content) == PICTURE[2]
    await at_work.sends()
    files = [name for each in at_work.channel.thread(alert.ts) for name in seen(each).files]
    assert files == ["C-1-E-1.png"]


async def _only_choice(at_work: SlackTeam) -> str:
    assert at_work.ana.modal is not None
    blocks = at_work.ana.modal.definition["blocks"]
    [block] = [each for each in blocks if each.get("block_id") == "note/case"]
    return str(block["element"]["options"][0]["text"]["text"])


async def test_the_home_shows_what_waits_and_opens_it(at_work: SlackTeam) -> None:
    await at_work.alert()
    await at_work.ana.open_home()
    home = await at_work.fake.until(lambda: at_work.ana.home)
    assert home is not None
    assert "1 case to work on" in seen(home).text
    await at_work.ana.press(home, "Open C-1")
    modal = await at_work.fake.until(lambda: at_work.ana.modal)
    assert modal is not None
    assert "Acknowledge" in seen(modal).buttons
    await at_work.ana.press(modal, "Acknowledge")
    await at_work.fake.until(
        lambda: at_work.ana.modal and "Acknowledge" not in seen(at_work.ana.modal).buttons
    )


async def test_what_is_told_twice_happens_once(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    act = await at_work.ana.press(alert, "Acknowledge")
    again = await at_work.fake.redeliver(act)
    assert again.acked
    await at_work.sends()
    assert await at_work.team.app.store.count(ENTRIES) == 2
    assert len(at_work.ana.ephemerals) == 1


@pytest.mark.ci
@pytest.mark.parametrize("trouble", ["disconnect", "abort"])
async def test_it_goes_on_after_trouble_with_the_socket(at_work: SlackTeam, trouble: str) -> None:
    before = len(at_work.fake.calls("apps.connections.open"))
    if trouble == "disconnect":
        await at_work.fake.disconnect()
    else:
        at_work.fake.abort_sockets()
    await at_work.fake.until(
        lambda: (
            len(at_work.fake.calls("apps.connections.open")) > before and at_work.fake.connected > 0
        ),
        timeout=PATIENCE,
    )
    assert (await at_work.ana.command("/brand", "help", ALERTS)).acked
    await at_work.told()


async def test_people_of_another_workspace_are_not_listened_to(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    mallory = at_work.fake.person("UMAL", "Mallory", admin=True, team="T0RIVALS")
    at_work.channel.members.add("UMAL")
    await mallory.press(alert, "Acknowledge")
    await at_work.fake.until(lambda: mallory.ephemerals)
    assert "works for another team" in seen(mallory.ephemerals[-1]).text
    assert (await case_of(at_work)).acknowledged_by is None


@pytest.mark.parametrize(
    ("kind", "button", "refused"),
    [
        ("guest", "Acknowledge", "Only members can"),
        ("member", "Authorize seller", "Only admins can"),
    ],
)
async def test_roles_are_those_of_the_workspace(
    at_work: SlackTeam, kind: str, button: str, refused: str
) -> None:
    alert = await at_work.alert()
    ben = at_work.fake.person("UBEN", "Ben", guest=kind == "guest")
    at_work.channel.members.add("UBEN")
    await ben.press(alert, button)
    await at_work.fake.until(lambda: ben.ephemerals)
    assert refused in seen(ben.ephemerals[-1]).text


async def test_a_link_is_opened_by_slack_alone(at_work: SlackTeam) -> None:
    await at_work.team.look(OURS)
    await at_work.ana.command("/brand", f"check {ASIN}", ALERTS)
    card = await at_work.told()
    before = len(at_work.ana.ephemerals)
    assert (await at_work.ana.press(card, "Open the listing")).acked
    assert len(at_work.ana.ephemerals) == before


async def test_a_wrong_token_says_what_to_do(team: Team, fake: FakeSlack) -> None:
    with pytest.raises(UserError, match="rejected BRANDWARDEN_SLACK_BOT_TOKEN"):
        async with working(team, fake, bot_token="xoxb-other"):
            pass


async def test_it_can_be_called_over_http_by_who_signs(
    team: Team, fake: FakeSlack, unused_tcp_port: int
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/slack/events"
    async with working(
        team, fake, app_token="", signing_secret="shh", port=unused_tcp_port
    ) as at_work:
        fake.use_http(url, "shh")
        assert (await at_work.ana.command("/brand", "help", ALERTS)).acked
        await at_work.told()
        fake.use_http(url, "guessed")
        assert not (await at_work.ana.command("/brand", "help", ALERTS)).acked


async def test_a_global_shortcut_logs_an_attack(at_work: SlackTeam) -> None:
    await at_work.ana.command("/watches", "", ALERTS)
    await at_work.ana.shortcut("attack")
    await at_work.fake.until(lambda: at_work.ana.modal)
    assert at_work.ana.modal is not None
    assert "attack" in seen(at_work.ana.modal).text.lower()


async def test_an_app_that_reacts_to_every_message_acknowledges_nothing(
    at_work: SlackTeam,
) -> None:
    alert = await at_work.alert()
    app = at_work.fake.person("UROBOT", "Robot")
    at_work.fake.users[app.id].bot = True
    await app.react(alert, "eyes")
    before = len(at_work.ana.ephemerals)
    await at_work.ana.command("/cases", "", ALERTS)
    await at_work.fake.until(lambda: len(at_work.ana.ephemerals) > before)
    [case] = await at_work.team.app.store.page(CASES)
    assert case.acknowledged_by is None
    assert app.ephemerals == []


async def test_other_reactions_say_nothing(at_work: SlackTeam) -> None:
    alert = await at_work.alert()
    await at_work.ana.react(alert, "tada")
    before = len(at_work.ana.ephemerals)
    await at_work.ana.command("/cases", "", ALERTS)
    await at_work.fake.until(lambda: len(at_work.ana.ephemerals) > before)
    [case] = await at_work.team.app.store.page(CASES)
    assert case.acknowledged_by is None
