"""Alerts that a route sends to a second channel, from the setting to the thread."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.channel_bindings import open_room
from bot.core.chat_troubles import Topic
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX, TROUBLES
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.dispatch.messages import OutboxState
from bot.core.interactions import Place
from bot.core.permissions import Role
from bot.errors import ChatError, Refusal
from tests.unit.conftest import BEN, Team, card_text, notice
from tests.unit.core.test_rooms import ALERTS, Far

DE = Place(chat="far", workspace="T1", channel="C2", name="brand-de")
ROUTE = "settings route critical US here"


@pytest.fixture
async def far(team: Team) -> Far:
    await open_room(team.app.store, "far", "T1")
    far = Far(team)
    await far.types("watches")
    return far


def channel_of(far: Far, message: str) -> str:
    return far.chat.messages[message].channel


async def test_an_alert_and_its_thread_go_where_the_route_says(far: Far) -> None:
    [said] = await far.types(ROUTE, DE)
    assert "1. Critical alerts in US go to #brand-de." in card_text([said])
    assert far.titles()[-1] == "Critical alerts in US go to #brand-de."
    await far.looks()
    assert channel_of(far, "C-1") == "C2"
    assert far.team.chat.messages["C-1"].channel == "brand-alerts"
    await far.types("acknowledge 1")
    assert channel_of(far, "C-1/2") == "C2"


async def test_what_no_route_takes_goes_where_alerts_go(far: Far) -> None:
    await far.types("settings route critical DE here", DE)
    await far.looks()
    assert channel_of(far, "C-1") == "C1"


async def test_an_open_case_stays_where_it_was_opened(far: Far) -> None:
    await far.looks()
    await far.types(ROUTE, DE)
    await far.types("acknowledge 1")
    assert channel_of(far, "C-1/2") == "C1"


async def test_a_routed_case_stays_when_its_route_ends_and_alerts_move(far: Far) -> None:
    await far.types(ROUTE, DE)
    await far.looks()
    await far.types("settings route remove 1", DE)
    await far.types("settings channel here", msgspec.structs.replace(ALERTS, channel="C5"))
    await far.dispatcher.deliver()
    await far.types("acknowledge 1")
    assert channel_of(far, "C-1/2") == "C2"
    assert far.chat.order.count("C-1") == 1


async def test_a_route_is_undone(far: Far) -> None:
    await far.types(ROUTE, DE)
    assert (await far.team.app.team()).routes
    await far.team.undo()
    assert (await far.team.app.team()).routes == ()


async def test_members_press_there_and_those_who_only_read_there_do_not(far: Far) -> None:
    await far.types(ROUTE, DE)
    await far.looks()
    assert await far.presses("acknowledge", "1", DE) == []
    nobody = (BEN[0], Role.NOBODY)
    assert "Only members" in notice(await far.types("cases", DE, nobody))
    strange = msgspec.structs.replace(DE, channel="C9")
    assert "another team" in notice(await far.presses("assign", "1", strange))


async def test_only_an_admin_sets_a_route(far: Far) -> None:
    assert "admin" in notice(await far.types(ROUTE, DE, BEN))
    assert (await far.team.app.team()).routes == ()


@pytest.mark.parametrize(
    ("typed", "where", "why"),
    [
        ("settings route critical US", DE, "in the channel where you want"),
        ("settings route here", DE, "Type critical or warning"),
        ("settings route loud here", DE, "Type critical or warning"),
        ("settings route critical critical here", DE, "Type critical or warning"),
        ("settings route remove 7", DE, "Type the number of a route"),
        ("settings route remove ²", DE, "Type the number of a route"),
        (ROUTE, ALERTS, "Alerts already go to this channel"),
        (ROUTE, msgspec.structs.replace(DE, private=True), "Only you can read this chat"),
        (ROUTE, msgspec.structs.replace(DE, lacks="I am not in it."), "I am not in it."),
    ],
)
async def test_what_cannot_be_a_route_says_why(
    far: Far, typed: str, where: Place, why: str
) -> None:
    assert why in notice(await far.types(typed, where))
    assert (await far.team.app.team()).routes == ()


def loses(far: Far) -> None:
    far.chat.dead["C2"] = ChatError("not_in_channel", refusal=Refusal.ROOM)


async def test_what_a_routed_channel_refuses_goes_where_alerts_go_and_health_says_so(
    far: Far,
) -> None:
    await far.types(ROUTE, DE)
    loses(far)
    await far.looks()
    assert channel_of(far, "C-1") == "C1"
    assert await far.team.app.store.find(OUTBOX, "chat", "far") == []
    [trouble] = await far.team.app.store.page(TROUBLES)
    assert trouble.topic is Topic.ROUTE
    assert trouble.cause == "Could not post in #brand-de: not_in_channel"
    assert not far.dispatcher.breaker.out
    await far.types("acknowledge 1")
    assert channel_of(far, "C-1/2") == "C1"


async def test_a_thread_whose_channel_is_lost_goes_on_where_alerts_go(far: Far) -> None:
    await far.types(ROUTE, DE)
    await far.looks()
    loses(far)
    await far.types("acknowledge 1")
    assert channel_of(far, "C-1/2") == "C1"
    assert await far.team.app.store.find(OUTBOX, "chat", "far") == []


async def test_health_hears_when_the_channel_takes_messages_again(far: Far) -> None:
    await far.types(ROUTE, DE)
    loses(far)
    await far.looks()
    far.chat.dead.clear()
    async with far.team.app.store.transaction() as tx:
        card = far.chat.cards["C-1"]
        far.team.app.outbox.post(tx, "C-9", card, routed={"far": "C2"}, only=["far"])
    await far.dispatcher.deliver()
    assert channel_of(far, "C-9") == "C2"
    assert await far.team.app.store.page(TROUBLES) == []


async def test_a_kill_while_it_was_sent_posts_it_once_in_its_channel(far: Far) -> None:
    await far.types(ROUTE, DE)
    await far.team.look()
    async with far.team.app.store.transaction() as tx:
        card = far.chat.cards[far.chat.order[0]]
        far.team.app.outbox.post(tx, "C-9", card, routed={"far": "C2"}, only=["far"])
    [row] = [r for r in await far.team.app.store.page(OUTBOX) if r.message == "C-9"]
    async with far.team.app.store.transaction() as tx:
        tx.put(OUTBOX, msgspec.structs.replace(row, state=OutboxState.SENDING, owner="dead"))
    again = OutboxDispatcher(far.team.app, "far", far.chat)
    await again.deliver()
    await OutboxDispatcher(far.team.app, "far", far.chat).deliver()
    assert far.chat.order.count("C-9") == 1
    assert channel_of(far, "C-9") == "C2"


def shuts(far: Far) -> None:
    """Let the channel for alerts take nothing."""
    far.chat.dead["C1"] = ChatError("channel_is_archived", refusal=Refusal.ROOM)


async def test_alerts_of_a_route_go_while_the_channel_for_alerts_is_out(far: Far) -> None:
    await far.types(ROUTE, DE)
    shuts(far)
    async with far.team.app.store.transaction() as tx:
        card = far.chat.cards[far.chat.order[0]]
        for number in range(12):
            routed = {"far": "C2"} if number % 2 else {}
            far.team.app.outbox.post(tx, f"X-{number}", card, routed=routed, only=["far"])
    await far.dispatcher.deliver()
    assert far.dispatcher.breaker.topic is Topic.ROOM
    assert [name for name in far.chat.order if name.startswith("X-")] == [
        f"X-{number}" for number in range(1, 12, 2)
    ]
    await far.looks()
    await far.types("acknowledge 1")
    assert [channel_of(far, name) for name in ("C-1", "C-1/2")] == ["C2", "C2"]
    assert far.dispatcher.breaker.out
    far.chat.dead.clear()
    far.team.clock.advance(minutes=6)
    await far.dispatcher.deliver()
    assert await far.team.app.store.find(OUTBOX, "chat", "far") == []
    assert channel_of(far, "X-0") == "C1"


async def test_after_a_restart_the_routes_go_on_past_the_channel_that_is_out(far: Far) -> None:
    await far.types(ROUTE, DE)
    shuts(far)
    async with far.team.app.store.transaction() as tx:
        card = far.chat.cards[far.chat.order[0]]
        far.team.app.outbox.post(tx, "X-1", card, only=["far"])
    await far.dispatcher.deliver()
    far.dispatcher = OutboxDispatcher(far.team.app, "far", far.chat)
    await far.looks()
    assert channel_of(far, "C-1") == "C2"


async def test_where_both_channels_are_out_an_alert_waits_and_comes_once(far: Far) -> None:
    await far.types(ROUTE, DE)
    shuts(far)
    loses(far)
    await far.looks()
    await far.dispatcher.deliver()
    assert "C-1" not in far.chat.order
    far.chat.dead.clear()
    far.team.clock.advance(minutes=6)
    await far.dispatcher.deliver()
    assert far.chat.order.count("C-1") == 1
    assert await far.team.app.store.find(OUTBOX, "chat", "far") == []


async def test_health_says_so_until_the_route_is_removed(far: Far) -> None:
    said = "A channel of a route in Far takes no alerts"
    await far.types(ROUTE, DE)
    loses(far)
    await far.looks()
    assert said in card_text(await far.types("health"))
    await far.types("settings route remove 1")
    assert await far.team.app.store.page(TROUBLES) == []
    assert said not in card_text(await far.types("health"))
    room = await far.team.app.store.get(CHANNEL_BINDINGS, "far")
    assert room is not None
    assert room.refusing == ()


async def test_undoing_a_route_ends_what_health_says_of_its_channel(far: Far) -> None:
    await far.types(ROUTE, DE)
    loses(far)
    await far.looks()
    await far.team.undo()
    assert (await far.team.app.team()).routes == ()
    assert await far.team.app.store.page(TROUBLES) == []


async def test_a_channel_that_another_route_needs_stays_in_health(far: Far) -> None:
    await far.types(ROUTE, DE)
    await far.types("settings route warning here", DE)
    loses(far)
    await far.looks()
    await far.types("settings route remove 1")
    assert [each.topic for each in await far.team.app.store.page(TROUBLES)] == [Topic.ROUTE]


async def test_a_thread_of_a_removed_route_moves_without_a_word_in_health(far: Far) -> None:
    await far.types(ROUTE, DE)
    await far.looks()
    await far.types("settings route remove 1")
    loses(far)
    await far.types("acknowledge 1")
    assert channel_of(far, "C-1/2") == "C1"
    assert await far.team.app.store.page(TROUBLES) == []
