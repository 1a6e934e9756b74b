"""How messages fare on their way to the chats: what /health says of them, and 'Send now'."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import msgspec

from bot.app.call import Call, ClickSpec
from bot.app.collections import OUTBOX, TROUBLES, UNDELIVERED
from bot.app.desk import Desk
from bot.app.dispatch.rows import Row
from bot.domain.people import Right
from bot.ports import Store
from bot.ui.cards import Tone
from bot.ui.interactions import Notice, Reply
from bot.ui.views.lists import counted
from bot.ui.views.messages import Messages

PAGE = 200
"""Rows that are read before other work gets its turn."""
TROUBLES_AT_MOST = 20


async def read_messages(desk: Desk) -> Messages:
    """Count what waits, and say why."""
    until = (await desk.team()).quiet_until(desk.clock())
    waiting = held = 0
    error = ""
    async for row in _rows(desk.store):
        waiting += 1
        held += until is not None and row.quiet
        error = error or row.error
    return Messages(
        waiting=waiting - held,
        held=held,
        held_until=until,
        error=error,
        troubles=tuple(await desk.store.page(TROUBLES, limit=TROUBLES_AT_MOST)),
        undelivered=tuple(await desk.store.page(UNDELIVERED, newest=True)),
    )


async def send_held(call: Call) -> Sequence[Reply]:
    """Send now what waits for the end of the quiet hours."""
    released = 0
    async for row in _rows(call.desk.store):
        current = await call.tx.get(OUTBOX, row.ticket) if row.quiet else None
        if current is not None and current.quiet:
            call.tx.put(OUTBOX, msgspec.structs.replace(current, quiet=False))
            released += 1
    if not released:
        return [Notice("No message waits for the end of the quiet hours.")]
    return [Notice(f"Sending {counted(released, 'message')} now.", Tone.GOOD)]


async def _rows(store: Store) -> AsyncIterator[Row]:
    after = ""
    while page := await store.page(OUTBOX, after=after, limit=PAGE):
        for row in page:
            yield row
        after = page[-1].ticket
        await asyncio.sleep(0)


CLICKS = (ClickSpec("send-held", Right.WORK_CASES, send_held),)
