"""Troubles of a chat: written down, told once in the other chats, and once that they are over."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from bot.core.chat_troubles import Topic, Trouble, trouble_key
from bot.core.collections import OUTBOX, POSTED, TROUBLES, PostedMessage
from bot.core.context import AppContext, view_context
from bot.core.outbox import ROWS_OF_ONE
from bot.core.store import Transaction
from bot.core.views.trouble import trouble_card, trouble_over_card

PATIENCE = timedelta(minutes=1)
"""What passes sooner by itself is told nowhere but in /health."""

_OTHER_WAY = {Topic.CONNECTION: Topic.DELIVERY, Topic.DELIVERY: Topic.CONNECTION}
"""The way in and the way out: what is wrong with a login is wrong with both."""


async def note_trouble(
    app: AppContext, tx: Transaction, chat: str, topic: Topic, cause: str, remedy: str = ""
) -> Trouble:
    """Write down what is wrong with a chat; what a person can mend is told elsewhere at once."""
    known = await tx.get(TROUBLES, trouble_key(chat, topic))
    since = min(known.since, app.clock()) if known else app.clock()
    message = known.message if known else ""
    trouble = Trouble(
        chat=chat, topic=topic, since=since, cause=cause, remedy=remedy, message=message
    )
    ripe = remedy or app.clock() - since >= PATIENCE
    if not message and ripe and not await _told_already(tx, trouble):
        trouble = await _tell(app, tx, trouble)
    if trouble != known:
        tx.put(TROUBLES, trouble)
    return trouble


async def end_trouble(app: AppContext, tx: Transaction, chat: str, topic: Topic) -> Trouble | None:
    """Note that it is over, and tell where it was told; return what is over, if there was any."""
    known = await tx.get(TROUBLES, trouble_key(chat, topic))
    if known is None:
        return None
    tx.delete(TROUBLES, known.key)
    if known.message:
        card = trouble_over_card(known, await view_context(app, tx))
        await app.outbox.edit(tx, known.message, card, only=_others(app, chat))
    return known


async def repeat_troubles(app: AppContext, tx: Transaction, chat: str) -> None:
    """Tell in a channel to which alerts come from now on what is wrong with the other chats."""
    for key in (trouble_key(other, topic) for other in _others(app, chat) for topic in Topic):
        known = await tx.get(TROUBLES, key)
        if known is None or not known.message:
            continue
        waiting = await tx.find(OUTBOX, "message", known.message, limit=ROWS_OF_ONE)
        if not any(row.chat == chat for row in waiting):
            card = trouble_card(known, await view_context(app, tx))
            tx.delete(POSTED, PostedMessage.key_of(chat, known.message))
            app.outbox.post_again(tx, known.message, card, chat=chat)


async def _told_already(tx: Transaction, trouble: Trouble) -> bool:
    """Tell whether people know what to do: the other way is out too, and for the same reason."""
    if trouble.topic not in _OTHER_WAY:
        return False
    other = await tx.get(TROUBLES, trouble_key(trouble.chat, _OTHER_WAY[trouble.topic]))
    if other is None or not (other.message and other.remedy):
        return False
    return trouble.remedy in ("", other.remedy)


async def _tell(app: AppContext, tx: Transaction, trouble: Trouble) -> Trouble:
    if trouble.topic is Topic.COMMANDS:
        return trouble
    message = f"trouble-{trouble.chat}-{trouble.topic}-{app.clock():%Y%m%d%H%M%S%f}"
    card = trouble_card(trouble, await view_context(app, tx))
    app.outbox.post(tx, message, card, only=_others(app, trouble.chat))
    return msgspec.structs.replace(trouble, message=message)


def _others(app: AppContext, chat: str) -> tuple[str, ...]:
    return tuple(each for each in app.outbox.chats if each != chat)
