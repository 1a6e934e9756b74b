"""Where the team talks: the room of each chat, and whose word counts there."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import structlog

from bot.app.call import Call
from bot.app.collections import ROOMS
from bot.app.transact import transact
from bot.domain.people import Right, may
from bot.domain.rooms import Room
from bot.errors import NotAllowed
from bot.ports import Store, Transaction
from bot.ui.interactions import Arrival, Audience, Command, Interaction, Reply
from bot.ui.views.team import hello_card

log = structlog.get_logger(__name__)


async def open_room(store: Store, chat: str, workspace: str, channel: str = "") -> Room:
    """Note to which workspace a chat is connected; another one than before begins without channel.

    ``channel`` is where alerts go in a chat that has only one.
    """

    async def write(tx: Transaction) -> Room:
        known = await tx.get(ROOMS, chat)
        if known is not None and known.workspace == workspace:
            return known
        if known is not None:
            log.warning("another workspace", chat=chat)
        room = Room(chat=chat, workspace=workspace, channel=channel, name=channel)
        tx.put(ROOMS, room)
        return room

    return await transact(store, write)


async def known_workspace(store: Store, chat: str) -> str:
    """Return the workspace to which the chat was connected last; empty if to none."""
    room = await store.get(ROOMS, chat)
    return room.workspace if room else ""


async def demand_room(tx: Transaction, asked: Interaction) -> Room:
    """Return the room in which somebody acts.

    Raises:
        NotAllowed: it is not the team's, or the card belongs to a channel that is not.
    """
    where = asked.where
    room = await tx.get(ROOMS, where.chat)
    if room is None or room.workspace != where.workspace:
        message = "This bot works for another team. Ask an admin to set one up for yours."
        raise NotAllowed(message)
    if asked.audience is Audience.ALL and not room.knows(where.channel):
        message = "This card belongs to a channel of another team. Type /cases to see yours."
        raise NotAllowed(message)
    return room


def settle(call: Call, asked: Interaction) -> Call:
    """Let alerts go where the team first lets us in, or first types a command."""
    moves_in = isinstance(asked, Arrival | Command) and not asked.where.private
    if call.room.channel or not moves_in or not may(call.role, Right.WATCH):
        return call
    return dataclasses.replace(call, room=move(call))


def move(call: Call) -> Room:
    """Let alerts come to the channel of the call from now on, and say so there."""
    room = call.room.moved(call.where.channel, call.where.name)
    call.tx.put(ROOMS, room)
    stamp = f"{call.desk.clock():%Y%m%d%H%M%S%f}"
    card = hello_card(call.desk.brand.name)
    call.desk.outbox.post(call.tx, f"hello-{room.chat}-{stamp}", card, only=[room.chat])
    return room


async def greet(_: Call) -> Sequence[Reply]:
    """Answer being let into a channel: if alerts go there now, the channel was told."""
    return []
