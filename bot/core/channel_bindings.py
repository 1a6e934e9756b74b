"""Where the team talks: the room of each chat, and whose word counts there."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import msgspec
import structlog

from bot.core.channels import ChannelBinding
from bot.core.chat_troubles import Topic
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX
from bot.core.context import AppContext
from bot.core.dispatch.messages import OutboxMessage
from bot.core.interactions import Arrival, Audience, Command, Interaction, Place, Reply
from bot.core.interface import together, tr
from bot.core.membership import open_advice
from bot.core.permissions import Permission
from bot.core.request import RequestContext
from bot.core.store import Store, Transaction, run_in_transaction
from bot.core.troubles import end_trouble, note_trouble, repeat_troubles
from bot.core.views.hello import hello_card, moved_card
from bot.errors import ChatError, NotAllowed, UserError

log = structlog.get_logger(__name__)


async def open_room(store: Store, chat: str, workspace: str, channel: str = "") -> ChannelBinding:
    """Note to which workspace a chat is connected; another one than before begins without channel.

    ``channel`` is where alerts go in a chat that has only one.
    """

    async def write(tx: Transaction) -> ChannelBinding:
        known = await tx.get(CHANNEL_BINDINGS, chat)
        if known is not None and known.workspace == workspace:
            return known
        if known is not None:
            log.warning("another workspace", chat=chat)
        room = ChannelBinding(chat=chat, workspace=workspace, channel=channel, name=channel)
        tx.put(CHANNEL_BINDINGS, room)
        return room

    return await run_in_transaction(store, write)


async def known_workspace(store: Store, chat: str) -> str:
    """Return the workspace to which the chat was connected last; empty if to none."""
    room = await store.get(CHANNEL_BINDINGS, chat)
    return room.workspace if room else ""


async def require_room(tx: Transaction, asked: Interaction) -> ChannelBinding:
    """Return the binding of the chat from which the interaction comes.

    Raises:
        NotAllowed: it is not the team's, or the card belongs to a channel that is not.
    """
    where = asked.where
    room = await tx.get(CHANNEL_BINDINGS, where.chat)
    if room is None or room.workspace != where.workspace:
        message = tr("This bot works for another team. Ask an admin to set one up for yours.")
        raise NotAllowed(message)
    if asked.audience is Audience.ALL and not room.knows(where.channel):
        message = tr(
            "This card belongs to another team's channel. Type /cases to see your own cases."
        )
        raise NotAllowed(message)
    return room


def settle(ctx: RequestContext, asked: Interaction) -> RequestContext:
    """Let alerts go where an admin first lets us in, or first types a command."""
    moves_in = isinstance(asked, Arrival | Command) and not asked.where.private
    if ctx.binding.channel or not moves_in or not ctx.role.can(Permission.CONFIGURE):
        return ctx
    if ctx.where.lacks or ctx.binding.candidate == ctx.where.channel:
        return ctx
    return dataclasses.replace(ctx, binding=move(ctx.app, ctx.tx, ctx.binding, ctx.where))


def unsettled(ctx: RequestContext, asked: Interaction) -> str:
    """Say why alerts cannot come to the channel of the first command, if they cannot."""
    first = isinstance(asked, Command) and not asked.where.private and not ctx.binding.channel
    if not first or not ctx.role.can(Permission.WATCH):
        return ""
    if not (ctx.binding.candidate or ctx.role.can(Permission.CONFIGURE)):
        return tr(
            "No channel is set for alerts yet. Ask an admin to type /settings channel here in the "
            "channel for alerts."
        )
    if not ctx.where.lacks:
        return ""
    return together(tr("No channel is set for alerts yet."), ctx.where.lacks)


def move(app: AppContext, tx: Transaction, binding: ChannelBinding, where: Place) -> ChannelBinding:
    """Post a first message in a channel; once it is there, alerts come there.

    Raises:
        UserError: we cannot post there; the sentence says what to do.
    """
    if where.lacks:
        raise UserError(where.lacks)
    channel, name = where.channel, where.name
    moved = msgspec.structs.replace(binding, candidate=channel, candidate_name=name)
    tx.put(CHANNEL_BINDINGS, moved)
    stamp = f"{app.clock():%Y%m%d%H%M%S%f}"
    card = hello_card(app.brand.name, open_advice(name) if where.open else "")
    message = f"hello-{moved.chat}-{stamp}"
    app.outbox.try_channel(tx, message, card, chat=moved.chat, channel=channel)
    return moved


async def settled(app: AppContext, tx: Transaction, chat: str, channel: str) -> None:
    """Let alerts come to a channel where a message of ours has arrived; open cases go on there."""
    room = await tx.get(CHANNEL_BINDINGS, chat)
    if room is None or room.candidate != channel:
        return
    tx.put(CHANNEL_BINDINGS, room.moved(channel, room.candidate_name))
    if room.channel:
        # Whoever reads there would wait for alerts that come no more.
        stamp = f"{app.clock():%Y%m%d%H%M%S%f}"
        card = moved_card(room.candidate_name or channel)
        app.outbox.try_channel(tx, f"moved-{chat}-{stamp}", card, chat=chat, channel=room.channel)
    await end_trouble(app, tx, chat, Topic.ROOM)
    await repeat_troubles(app, tx, chat)


async def not_there(app: AppContext, tx: Transaction, row: OutboxMessage, error: ChatError) -> None:
    """Give a channel up that does not take our first message."""
    tx.delete(OUTBOX, row.sequence)
    room = await tx.get(CHANNEL_BINDINGS, row.chat)
    if room is None or room.candidate != row.channel:
        return
    tx.put(CHANNEL_BINDINGS, msgspec.structs.replace(room, candidate="", candidate_name=""))
    name = f"#{room.candidate_name}" if room.candidate_name else "the channel"
    cause = f"Could not post in {name}: {error}"
    if room.channel:
        log.warning("channel not taken", chat=row.chat, why=str(error))
    await note_trouble(app, tx, row.chat, Topic.ROOM, cause, error.remedy)


async def greet(_: RequestContext) -> Sequence[Reply]:
    """Answer being let into a channel: if alerts go there now, the channel was told."""
    return []
