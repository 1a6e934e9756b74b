"""Open cases, posted again in the channel to which alerts have moved."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import msgspec

from bot.core.channels import ChannelBinding
from bot.core.collections import CHANNEL_BINDINGS, OUTBOX, POSTED, PostedMessage
from bot.core.context import AppContext
from bot.core.dispatch.messages import Op
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.messages import head_of, thread_of
from bot.features.cases.views.case import case_card

AT_ONCE = 50
"""Cases that are posted in a new channel before other work gets its turn."""


async def follow_room(app: AppContext, chat: str) -> None:
    """Post open cases where alerts have moved to; a restart goes on where it was."""
    room = await app.store.get(CHANNEL_BINDINGS, chat)
    while room is not None and room.following is not None:
        room = await run_in_transaction(app.store, partial(_post_again, app, chat))


async def _stays(tx: Transaction, room: ChannelBinding, case: Case) -> bool:
    """Tell whether a route led its thread to another channel: it goes on there."""
    head = await tx.get(POSTED, PostedMessage.key_of(room.chat, thread_of(case)))
    return head is not None and room.keeps(head.ref.channel) and head.ref.channel != room.channel


async def _post_again(app: AppContext, chat: str, tx: Transaction) -> ChannelBinding | None:
    """Post the next few cases; when there are none left, the room follows no more."""
    room = await tx.get(CHANNEL_BINDINGS, chat)
    if room is None or room.following is None:
        return room
    cases = await tx.find(CASES, "open", True, after=room.following, limit=AT_ONCE)
    # Read by key, so that one that changes meanwhile is posted as it is then.
    found = [await tx.get(CASES, known.key) for known in cases]
    opened = [case for case in found if case is not None and case.open]
    going = {head_of(case): case for case in opened if not await _stays(tx, room, case)}
    waiting = await _gather(tx, chat, going)
    for name, case in going.items():
        tx.delete(POSTED, PostedMessage.key_of(chat, name))
        card = case_card(case, await case_context(app, tx, [case]))
        if name in waiting:
            await app.outbox.edit(tx, name, card, only=[chat])
        else:
            app.outbox.post_again(tx, name, card, chat=chat)
    room = msgspec.structs.replace(room, following=cases[-1].key if cases else None)
    tx.put(CHANNEL_BINDINGS, room)
    return room


async def _gather(tx: Transaction, chat: str, going: Collection[str]) -> set[str]:
    """Let what waits for these cases go into the threads that they get, behind their cards.

    Returns the names of the cards that wait themselves. What only changes a card, or stands in for
    one, is done with: the new card shows it.
    """
    cards: set[str] = set()
    async for known in each_found(tx, OUTBOX, "chat", chat):
        name = known.message.partition("/")[0]
        row = await tx.get(OUTBOX, known.sequence) if name in going else None
        if row is None:
            continue
        if row.op is not Op.POST or row.instead:
            tx.delete(OUTBOX, row.sequence)
        else:
            thread = "" if row.message == name else name
            tx.put(OUTBOX, msgspec.structs.replace(row, thread=thread, beside=False))
            cards |= {row.message} & {name}
    return cards
