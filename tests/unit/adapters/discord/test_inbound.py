"""What people do in Discord, over the real discord.py and real sockets."""

from __future__ import annotations

from adapters.discord.answers import UNREADABLE
from bot.core.cards import Button, Card
from bot.core.chat import Outgoing
from bot.core.collections import CHANNEL_BINDINGS
from bot.features.cases.collections import CASES, ENTRIES
from tests.platforms.discord.seen import seen
from tests.unit.adapters.discord.team import DiscordTeam, register_everywhere


async def test_a_command_answers_the_one_who_typed_it(at_work: DiscordTeam) -> None:
    ana = at_work.person()
    done = await ana.command("help", channel=at_work.channel)
    assert done.answered
    shown = seen(ana.ephemerals[-1])
    assert "What do you need?" in shown.title
    assert at_work.channel.messages == []


async def test_the_first_command_lets_alerts_come_to_its_channel(at_work: DiscordTeam) -> None:
    await at_work.person().command("watches", channel=at_work.channel)
    await at_work.sends()
    [hello] = at_work.channel.messages
    assert "Alerts now appear in this channel" in seen(hello).title
    room = await at_work.team.app.store.get(CHANNEL_BINDINGS, "discord")
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


async def test_a_watch_by_options_takes_an_sku_with_spaces_and_takes_it_away(
    at_work: DiscordTeam,
) -> None:
    ana, product = at_work.person(), {"product": "B0PRODUC01"}
    given = {**product, "marketplace": "DE", "floor": "20 EUR", "sku": "OAK block 1"}
    await ana.command("watch", given, at_work.channel)
    told = "\n".join(seen(ana.ephemerals[-1]).lines)
    assert "Price floor: EUR 20.00. SKU: OAK block 1." in told
    await ana.command("watch", {**product, "marketplace": "DE", "sku": "-"}, at_work.channel)
    assert "Price floor: EUR 20.00. SKU: none." in "\n".join(seen(ana.ephemerals[-1]).lines)


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


async def test_a_replayed_interaction_happens_once(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ana = at_work.person()
    at_work.fake.faults.replay_on_resume()
    await ana.press(alert, "Acknowledge")
    entries = await at_work.team.app.store.count(ENTRIES)
    await at_work.fake.faults.reconnect()
    await at_work.fake.until(lambda: at_work.fake.injected["replay"] == 1)
    await ana.command("help", channel=at_work.channel)
    assert await at_work.team.app.store.count(ENTRIES) == entries


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
    case = (await at_work.team.app.store.page(CASES))[0]
    assert case.acknowledged_by is None


async def test_members_may_work_and_not_configure(at_work: DiscordTeam) -> None:
    alert = await at_work.alert()
    ben = at_work.person("Ben", admin=False)
    await ben.press(alert, "Authorize seller")
    await at_work.fake.until(lambda: ben.ephemerals)
    assert "Only admins can" in seen(ben.ephemerals[-1]).title
    await ben.press(alert, "Acknowledge")
    case = (await at_work.team.app.store.page(CASES))[0]
    assert case.acknowledged_by is not None


async def test_a_command_of_the_applications_former_life_is_told_to_be_none(
    at_work: DiscordTeam,
) -> None:
    step = {"type": 1, "name": "now", "description": "Now."}
    old = {"type": 1, "name": "old", "description": "Old.", "options": [step]}
    await register_everywhere(at_work, old)
    ana = at_work.person()
    assert (await ana.command("old now", channel=at_work.channel)).answered
    assert "Unknown command '/old'" in seen(ana.ephemerals[-1]).title


async def test_what_cannot_be_read_is_told(at_work: DiscordTeam) -> None:
    bot = at_work.fake.guild.bot
    menu = {"id": "1", "name": "Add to case", "type": 3}
    await at_work.fake.faults.malformed_interaction({"data": menu})
    await at_work.fake.until(lambda: bot.ephemerals)
    assert UNREADABLE in seen(bot.ephemerals[-1]).title
