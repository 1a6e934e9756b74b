"""What people do in Discord, over the real discord.py and real sockets."""

from __future__ import annotations

import asyncio

import pytest

from bot.app.collections import CASES, ENTRIES, ROOMS
from bot.app.rooms import open_room
from bot.errors import UserError
from bot.ports import Outgoing
from bot.ui.cards import Button, Card
from tests.adapters.discord.team import DiscordTeam, working
from tests.bot.app.conftest import Team
from tests.platforms.discord.seen import seen
from tests.platforms.discord.server import FakeDiscord

CARD = Card(title="Still here")
PICTURE = ("proof.png", "image/png", b"\x89PNG picture")


async def test_a_command_answers_the_one_who_typed_it(at_work: DiscordTeam) -> None:
    ana = at_work.person()
    done = await ana.command("help", channel=at_work.channel)
    assert done.answered
    shown = seen(ana.ephemerals[-1])
    assert "What you can type" in shown.title
    assert at_work.channel.messages == []


async def test_the_first_command_lets_alerts_come_to_its_channel(at_work: DiscordTeam) -> None:
    await at_work.person().command("watches", channel=at_work.channel)
    await at_work.sends()
    [hello] = at_work.channel.messages
    assert "Alerts come to this channel" in seen(hello).title
    room = await at_work.team.desk.store.get(ROOMS, "discord")
    assert room is not None
    assert room.name == "brand-alerts"


async def test_products_complete_while_they_are_typed(at_work: DiscordTeam) -> None:
    choices = await at_work.person().complete("check", {"product": "pan 2"}, "product")
    assert choices == [("Pan 2 · B0ALDER002", "B0ALDER002")]


async def test_an_alert_is_a_card_that_rings_and_its_thread_tells_the_rest(
    at_work: DiscordTeam,
) -> None:
    alert = await at_work.alert()
    assert "SIMULATED MARKETPLACE" in seen(alert).title
    assert not alert.flags & 4096
    ana = at_work.person()
    assert (await ana.press(alert, "Acknowledge")).answered
    await at_work.sends()
    assert "Acknowledge" not in seen(alert).buttons
    thread = at_work.fake.thread_of(alert)
    assert thread is not None
    assert thread.auto_archive_duration == 10080
    assert ["Ana acknowledged it." in seen(each).title for each in thread.messages] == [True]
    assert all(each.flags & 4096 for each in thread.messages)


async def test_a_form_complains_beside_its_input_and_goes_on_by_a_button(
    at_work: DiscordTeam,
) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    await ana.press(alert, "Close")
    await ana.fill_in({"Why can it be closed?": "Another reason"})
    await ana.submit()
    complaint = ana.ephemerals[-1]
    assert "Please say in a few words" in "\n".join(seen(complaint).lines)
    await ana.press(complaint, "Correct it")
    await ana.fill_in({"What should the next person know?": "We bought it back ourselves."})
    await ana.submit()
    case = (await at_work.team.desk.store.page(CASES))[0]
    assert not case.open
    assert "Re-open" in seen(ana.ephemerals[-1]).buttons
    await at_work.sends()
    assert "Re-open" in seen(alert).buttons


async def test_the_next_step_opens_behind_a_button(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    await ana.press(alert, "Snooze")
    await ana.fill_in({"For how long?": "Until a day that I choose"})
    await ana.submit()
    assert "Step 2 of 2" in seen(ana.ephemerals[-1]).title
    await ana.press(ana.ephemerals[-1], "Continue")
    await ana.fill_in({"Which day?": "2026-12-01"})
    await ana.submit()
    case = (await at_work.team.desk.store.page(CASES))[0]
    assert case.snoozed_until is not None


async def test_a_list_turns_its_pages_in_place(at_work: DiscordTeam) -> None:
    ana = at_work.person()
    for number in range(12):
        await ana.command("watch", {"product": f"B0PRODUC{number:02d}"}, at_work.channel)
    await ana.command("watches", channel=at_work.channel)
    shown = ana.ephemerals[-1]
    before = len(ana.ephemerals)
    await ana.press(shown, "Next")
    assert len(ana.ephemerals) == before
    assert "Page 2" in "\n".join(seen(shown).lines)


async def test_a_message_with_a_picture_is_added_to_a_case(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    said = await ana.post(at_work.channel, "Look what came by post", [PICTURE])
    await ana.context_menu("Add to case", said)
    assert ana.modal is not None
    [label] = [each for each in ana.modal.labels if each == "Which case?"]
    [open_case] = await at_work.person().complete("case", {"number": "C-1"}, "number")
    await ana.fill_in({label: open_case[0]})
    await ana.submit()
    entry = (await at_work.team.desk.store.page(ENTRIES))[-1]
    assert "Look what came by post" in entry.text
    assert await at_work.team.desk.evidence.read(entry.files[0].content) == PICTURE[2]
    await at_work.sends()
    thread = at_work.fake.thread_of(alert)
    assert thread is not None
    assert seen(thread.messages[-1]).files == ("proof.png",)


async def test_slow_work_says_so_and_answers_later(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 0.01)
    gate = asyncio.Event()
    handle = at_work.team.router.handle

    async def slow(asked):  # type: ignore[no-untyped-def]
        await gate.wait()
        return await handle(asked)

    monkeypatch.setattr(at_work.team.router, "handle", slow)
    ana = at_work.person()
    done = await ana.command("help", channel=at_work.channel)
    assert done.response == 5
    gate.set()
    await at_work.fake.until(lambda: bool(ana.ephemerals and ana.ephemerals[-1].content))
    assert "What you can type" in seen(ana.ephemerals[-1]).title


async def test_a_form_after_a_pause_opens_behind_a_button(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = await at_work.alert()
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 0)
    ana = at_work.person()
    await ana.press(alert, "Close")
    await at_work.fake.until(lambda: bool(ana.ephemerals and ana.ephemerals[-1].components))
    monkeypatch.setattr("adapters.discord.answers.PATIENCE", 2)
    await ana.press(ana.ephemerals[-1], "Continue")
    assert ana.modal is not None


async def test_a_replayed_interaction_happens_once(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    at_work.fake.faults.replay_on_resume()
    await ana.press(alert, "Acknowledge")
    entries = await at_work.team.desk.store.count(ENTRIES)
    await at_work.fake.faults.reconnect()
    await at_work.fake.until(lambda: at_work.fake.injected["replay"] == 1)
    await ana.command("help", channel=at_work.channel)
    assert await at_work.team.desk.store.count(ENTRIES) == entries


@pytest.mark.parametrize("trouble", ["op 7", "op 9", "cut", "malformed"])
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
            await faults.malformed_interaction()
    await fake.until(lambda: fake.gateway.identified + fake.gateway.resumed > began)
    await fake.until(lambda: fake.connected)
    ana = at_work.person()
    assert (await ana.command("help", channel=at_work.channel)).answered


async def test_a_dead_interaction_is_let_go(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    at_work.fake.faults.dead_tokens()
    ana = at_work.person()
    pressing = asyncio.create_task(ana.press(alert, "Acknowledge"))
    await at_work.fake.until(lambda: any("10062" in each for each in at_work.fake.refusals))
    pressing.cancel()
    case = (await at_work.team.desk.store.page(CASES))[0]
    assert case.acknowledged_by is not None
    assert (await ana.command("help", channel=at_work.channel)).answered


async def test_a_broken_token_is_tried_again(at_work: DiscordTeam) -> None:
    fake, gateway = at_work.fake, at_work.fake.gateway
    [session] = gateway.sessions.values()
    assert session.connection is not None
    await session.connection.socket.close(code=4004)
    await fake.until(lambda: gateway.identified == 2)
    await at_work.discord.chat.post(Outgoing(key="k", channel=str(at_work.channel.id), card=CARD))
    assert (await at_work.person().command("help", channel=at_work.channel)).answered


async def test_in_several_servers_one_must_be_chosen(team: Team, fake: FakeDiscord) -> None:
    other = await fake.add_guild("Rivals", "general")
    async with working(team, fake, server=str(fake.guild.id)):
        assert not fake.commands(other)
    registered = len([each for each in fake.requests if each.method == "PUT"])
    await open_room(team.desk.store, "discord", "1")
    async with working(team, fake):
        ana = fake.person("Ana", administrator=True)
        await ana.command("help")
        assert "set BRANDWARDEN_DISCORD_SERVER" in seen(ana.ephemerals[-1]).title.replace("\\", "")
        assert await ana.complete("check", {"product": "pan"}, "product") == []
    await open_room(team.desk.store, "discord", str(fake.guild.id))
    async with working(team, fake):
        await ana.command("help")
        assert "What you can type" in seen(ana.ephemerals[-1]).title
    # What is registered already is not registered again.
    assert len([each for each in fake.requests if each.method == "PUT"]) == registered


async def test_files_that_expired_are_told(at_work: DiscordTeam) -> None:
    await at_work.alert()
    ana = at_work.person()
    said = await ana.post(at_work.channel, "Look", [PICTURE, PICTURE])
    said.attachments[0].expired = True
    said.attachments[1].url = "https://evil.example/proof.png"
    await ana.context_menu("Add to case", said)
    assert ana.modal is not None
    assert "2 could not be: please hand them in below." in "\n".join(seen(ana.modal).lines)


async def test_files_that_are_handed_in_are_kept(at_work: DiscordTeam) -> None:
    await at_work.alert()
    ana = at_work.person()
    await ana.command("note", {"case": "1"}, at_work.channel)
    assert ana.modal is not None
    [files] = [label for label, part in ana.modal.inputs.items() if part["type"] == 19]
    [words] = [label for label, part in ana.modal.inputs.items() if part["type"] == 4]
    await ana.fill_in({words: "From the test buy", files: [PICTURE]})
    await ana.submit()
    entry = (await at_work.team.desk.store.page(ENTRIES))[-1]
    assert [each.name for each in entry.files] == ["proof.png"]


async def test_another_server_is_not_listened_to(at_work: DiscordTeam) -> None:
    other = await at_work.fake.add_guild("Rivals", "general")
    mallory = at_work.fake.person("Mallory", administrator=True, guild=other)
    await at_work.alert()
    elsewhere = at_work.fake.channel("general", other)
    button = Button(label="Acknowledge", action="acknowledge", ref="1")
    card = Card(title="As if it were ours", buttons=(button,))
    forged = Outgoing(key="forged", channel=str(elsewhere.id), card=card)
    await at_work.discord.chat.post(forged)
    done = await mallory.press(elsewhere.messages[-1], "Acknowledge")
    assert done.answered
    assert "works for another team" in seen(mallory.ephemerals[-1]).title
    case = (await at_work.team.desk.store.page(CASES))[0]
    assert case.acknowledged_by is None


async def test_members_may_work_and_not_configure(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ben = at_work.person("Ben", admin=False)
    await ben.press(alert, "Authorise seller")
    assert "needs to be admin" in seen(ben.ephemerals[-1]).title
    await ben.press(alert, "Acknowledge")
    case = (await at_work.team.desk.store.page(CASES))[0]
    assert case.acknowledged_by is not None


async def test_a_wrong_token_says_what_to_do(team: Team, fake: FakeDiscord) -> None:
    with pytest.raises(UserError, match="refuses BRANDWARDEN_DISCORD_TOKEN"):
        async with working(team, fake, token="another"):
            pass


async def test_what_a_full_form_has_no_room_for_is_told_before_it_opens(
    at_work: DiscordTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = await at_work.alert()
    monkeypatch.setattr("adapters.discord.answers.crowded", lambda _: True)
    ana = at_work.person()
    assert (await ana.press(alert, "Close")).response == 4
    assert (await ana.press(ana.ephemerals[-1], "Continue")).response == 9
