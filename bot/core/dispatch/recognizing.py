"""Asking a chat which messages it has already: each place is asked once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.chat import Chat, MessageRef, Outgoing
from bot.core.dispatch.messages import Op, OutboxMessage
from bot.core.dispatch.places import Places


def in_doubt(row: OutboxMessage) -> bool:
    """Tell whether a row may have been posted by an earlier try."""
    return row.op is Op.POST and row.doubted


async def recognise(
    chat: Chat, places: Places, rows: Iterable[OutboxMessage], *, least: int = 1
) -> Mapping[str, MessageRef | None]:
    """Return where rows in doubt are, by their keys; None for those that are surely not there.

    Places with fewer than ``least`` of them are left out. Raises ChatError.
    """
    doubted: dict[tuple[str, MessageRef | None], list[Outgoing]] = {}
    for row in rows:
        message = await places.outgoing(row) if in_doubt(row) else None
        if message is not None:
            doubted.setdefault((message.channel, message.thread), []).append(message)
    known: dict[str, MessageRef | None] = {}
    for messages in doubted.values():
        if len(messages) < least:
            continue
        found = await chat.find(messages)
        known |= {message.key: found.get(message.key) for message in messages}
    return known
