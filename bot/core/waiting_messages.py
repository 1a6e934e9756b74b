"""How messages fare on their way to the chats: what /health says of them, and 'Send now'."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.cards import Tone
from bot.core.collections import OUTBOX, TROUBLES, UNDELIVERED
from bot.core.context import AppContext
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.scanning import each
from bot.core.views.health import Messages
from bot.core.views.lists import counted


async def read_messages(app: AppContext) -> Messages:
    """Count what waits, and say why."""
    until = (await app.team()).quiet_until(app.clock())
    waiting = held = 0
    error = ""
    async for row in each(app.store, OUTBOX):
        waiting += 1
        held += until is not None and row.quiet
        error = error or row.error
    return Messages(
        waiting=waiting - held,
        held=held,
        held_until=until,
        error=error,
        troubles=tuple([trouble async for trouble in each(app.store, TROUBLES)]),
        undelivered=tuple([lost async for lost in each(app.store, UNDELIVERED, newest=True)]),
    )


async def send_held(ctx: RequestContext) -> Sequence[Reply]:
    """Send now what waits for the end of the quiet hours."""
    released = 0
    async for row in each(ctx.app.store, OUTBOX):
        current = await ctx.tx.get(OUTBOX, row.sequence) if row.quiet else None
        if current is not None and current.quiet:
            ctx.tx.put(OUTBOX, msgspec.structs.replace(current, quiet=False))
            released += 1
    if not released:
        return [Notice("No messages are waiting for quiet hours to end.")]
    return [Notice(f"Sending {counted(released, 'message')} now.", Tone.GOOD)]


CLICKS = (ClickSpec("send-held", Permission.WORK_CASES, send_held),)
