"""What goes out: in order, once, and whatever happens in between."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.cards import Card, Tone
from bot.core.channels import ChannelBinding
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX, TEAMS
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.dispatch.giving_up import drop_unconnected
from bot.core.dispatch.messages import OutboxState
from bot.core.interactions import Place
from bot.core.outbox import Outbox
from bot.core.team import Team as TeamSettings
from bot.errors import ChatError, Refusal
from tests.unit.conftest import OWN, SECOND, THIEF, Team, card_text, offer

OURS = offer(OWN, "24.99")
THEIRS = offer(THIEF, "18.70")


async def write(team: Team, *names: str, thread: str = "") -> None:
    async with team.app.store.transaction() as tx:
        for name in names:
            team.app.outbox.post(tx, name, Card(title=name), thread=thread)


async def edit(team: Team, name: str, title: str) -> None:
    async with team.app.store.transaction() as tx:
        await team.app.outbox.edit(tx, name, Card(title=title))


async def test_a_burst_arrives_whole_and_in_order(team: Team) -> None:
    names = [f"m{number}" for number in range(200)]
    await write(team, *names)
    await team.dispatcher.deliver()
    assert team.chat.order == names
    assert await team.app.store.count(OUTBOX) == 0


async def test_of_several_edits_that_wait_only_the_newest_goes_out(team: Team) -> None:
    await write(team, "head")
    await team.dispatcher.deliver()
    for title in ("one", "two", "three"):
        await edit(team, "head", title)
    await team.dispatcher.deliver()
    assert team.chat.edits == 1
    assert team.chat.cards["head"].title == "three"


async def test_an_edit_of_a_message_not_yet_posted_changes_the_message(team: Team) -> None:
    await write(team, "head")
    await edit(team, "head", "newer")
    await team.dispatcher.deliver()
    assert (team.chat.posts, team.chat.edits) == (1, 0)
    assert team.chat.cards["head"].title == "newer"


async def test_a_message_found_in_sending_after_a_start_is_recognised(team: Team) -> None:
    await write(team, "head")
    [row] = await team.app.store.page(OUTBOX)
    await team.dispatcher.deliver()
    async with team.app.store.transaction() as tx:
        tx.put(OUTBOX, msgspec.structs.replace(row, state=OutboxState.SENDING))
    await OutboxDispatcher(team.app, "web", team.chat).deliver()
    assert team.chat.posts == 1
    assert await team.app.store.count(OUTBOX) == 0


async def test_a_lost_answer_does_not_post_twice(team: Team) -> None:
    team.chat.lose_answer_of.add("head")
    await write(team, "head")
    await team.dispatcher.deliver()
    team.clock.advance(minutes=1)
    await team.dispatcher.deliver()
    assert team.chat.order == ["head"]
    assert await team.app.store.count(OUTBOX) == 0


async def test_what_the_chat_refuses_waits_with_its_thread_and_the_rest_goes_on(
    team: Team,
) -> None:
    team.chat.refuse["head"] = ChatError("too large")
    await write(team, "head")
    await write(team, "reply", thread="head")
    await write(team, "elsewhere")
    await edit(team, "head", "newer")
    for _ in range(8):
        await team.dispatcher.deliver()
        team.clock.advance(minutes=10)
    assert team.chat.order == ["elsewhere"]
    team.chat.refuse.clear()
    await team.dispatcher.deliver()
    assert team.chat.order == ["elsewhere", "head", "reply"]
    assert team.chat.cards["head"].title == "newer"
    reply = team.chat.messages["reply"].thread
    assert reply is not None
    assert reply.id == "head"


async def test_a_chat_that_asks_for_quiet_gets_it(team: Team) -> None:
    team.chat.refuse["one"] = ChatError("slow down", retry_after=30)
    await write(team, "one", "two")
    await team.dispatcher.deliver()
    team.chat.refuse.clear()
    team.clock.advance(seconds=29)
    await team.dispatcher.deliver()
    assert team.chat.order == []
    team.clock.advance(seconds=2)
    await team.dispatcher.deliver()
    assert team.chat.order == ["one", "two"]


async def test_a_message_that_breaks_the_adapter_does_not_stop_the_others(team: Team) -> None:
    team.chat.breaks.add("one")
    await write(team, "one", "two")
    await team.dispatcher.deliver()
    assert team.chat.order == ["two"]
    assert "Something went wrong" in card_text(await team.type("/health"))


async def test_a_channel_that_is_changed_takes_what_still_waits(team: Team) -> None:
    await write(team, "one")
    elsewhere = Place(chat="web", channel="elsewhere", name="elsewhere")
    await team.type("/settings channel here", where=elsewhere)
    assert team.chat.messages["one"].channel == "elsewhere"


async def test_a_held_warning_does_not_hold_back_another_case_that_is_critical(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, TeamSettings(quiet_from=9, quiet_to=12))
    await team.look(OURS, offer("A2LATERSELLER1", "24.90"))
    await team.look(OURS, offer("A2LATERSELLER1", "24.90"), THEIRS)
    assert team.chat.order == ["C-2"]


async def test_quiet_hours_hold_back_what_is_not_critical(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, TeamSettings(quiet_from=9, quiet_to=12))
    await team.look(OURS, offer(THIEF, "24.90"))
    assert team.chat.order == []
    team.clock.advance(hours=2, minutes=1)
    await team.dispatcher.deliver()
    assert team.chat.order == ["C-1"]


async def test_what_gets_critical_in_quiet_hours_is_released(team: Team) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, TeamSettings(quiet_from=9, quiet_to=12))
    await team.look(OURS, offer(THIEF, "24.90"))
    team.clock.advance(minutes=11)
    await team.look(OURS, offer(THIEF, "24.90"), holder=THIEF)
    assert team.chat.order[0] == "C-1"
    assert team.chat.cards["C-1"].tone is Tone.CRITICAL
    assert team.chat.messages["C-1"].ping


async def test_a_wobbling_price_is_told_at_most_every_ten_minutes(team: Team) -> None:
    await team.look(OURS, THEIRS)
    for number in range(20):
        team.clock.now += timedelta(minutes=1)
        await team.look(OURS, offer(THIEF, f"18.{number:02d}"))
    await team.look(OURS, THEIRS, asin=SECOND)
    replies = [key for key in team.chat.order if key.startswith("C-1/")]
    prices = [team.chat.cards[key].title for key in replies]
    assert sum("Pan 1" in title for title in prices) == 2


@pytest.mark.parametrize("gone", ["a-chat", "z-chat"])
async def test_what_waits_for_a_chat_that_is_connected_no_more_is_dropped(
    team: Team, gone: str
) -> None:
    app = team.app
    before = Outbox(app.clock, (*app.outbox.chats, gone), simulated=False)
    async with app.store.transaction() as tx:
        tx.put(CHANNEL_BINDINGS, ChannelBinding(chat=gone))
        before.post(tx, "head", Card(title="head"))
    assert await drop_unconnected(app) == 1
    assert [row.chat for row in await app.store.page(OUTBOX)] == list(app.outbox.chats)


async def test_after_a_restart_with_a_clock_that_was_set_back_a_thread_stays_in_order(
    team: Team,
) -> None:
    await write(team, "head")
    team.chat.out = ChatError("out", refusal=Refusal.CHAT)
    await team.dispatcher.deliver()
    team.clock.step(days=-1)
    later = Outbox(team.clock, ("web",), simulated=True)
    await later.resume(team.app.store)
    async with team.app.store.transaction() as tx:
        later.post(tx, "head/1", Card(title="line"), thread="head")
    team.chat.out = None
    team.clock.advance(minutes=6)
    await team.dispatcher.deliver()
    assert team.chat.order == ["head", "head/1"]
    line = team.chat.messages["head/1"].thread
    assert line is not None
    assert line.id == "head"
