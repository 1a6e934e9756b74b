"""What becomes of a channel to which a route leads: whether it takes messages, and /health."""

from __future__ import annotations

from bot.core.chat_troubles import Topic
from bot.core.collections import CHANNEL_BINDINGS
from bot.core.context import AppContext
from bot.core.store import Transaction
from bot.core.troubles import end_trouble, note_trouble
from bot.errors import ChatError


async def routed_channel(
    app: AppContext, tx: Transaction, chat: str, channel: str, error: ChatError | None
) -> None:
    """Note whether a routed channel takes messages; ``error``: why it took none.

    The trouble is over once every such channel took a message again, or no route leads there.
    """
    room = await tx.get(CHANNEL_BINDINGS, chat)
    if room is None or (error is None and channel not in room.refusing):
        return
    if error is not None:
        if not await _leads_to(app, tx, chat, channel):
            # A thread of a route that is removed: nobody has to mend anything.
            return
        cause = f"Could not post in {await name_of(app, tx, chat, channel)}: {error}"
        await note_trouble(app, tx, chat, Topic.ROUTE, cause, REMEDY)
    room = room.refused(channel, again=error is not None)
    tx.put(CHANNEL_BINDINGS, room)
    if not room.refusing:
        await end_trouble(app, tx, chat, Topic.ROUTE)


async def forget_unrouted(app: AppContext, tx: Transaction, chat: str) -> None:
    """End what is wrong with channels of a chat to which no route leads any longer."""
    room = await tx.get(CHANNEL_BINDINGS, chat)
    for channel in room.refusing if room else ():
        if not await _leads_to(app, tx, chat, channel):
            await routed_channel(app, tx, chat, channel, None)


async def _leads_to(app: AppContext, tx: Transaction, chat: str, channel: str) -> bool:
    routes = (await app.team(tx)).routes
    return any((each.chat, each.channel) == (chat, channel) for each in routes)


REMEDY = (
    "Its alerts go to the channel for alerts instead. Invite the bot to it again, or remove the "
    "route: type /settings route."
)


async def name_of(app: AppContext, tx: Transaction, chat: str, channel: str) -> str:
    """Return the channel's name, as far as a route tells it."""
    routes = (await app.team(tx)).routes
    found = [each.shown for each in routes if (each.chat, each.channel) == (chat, channel)]
    return found[0] if found else "a channel"
