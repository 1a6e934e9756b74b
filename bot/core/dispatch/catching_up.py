"""After an outage: what is over becomes one card, and each thread gets one line."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence, Set
from datetime import timedelta
from functools import partial

import msgspec

from bot.core import cards
from bot.core.cards import Card
from bot.core.chat import Chat
from bot.core.chat_troubles import Trouble
from bot.core.collections import OUTBOX
from bot.core.context import AppContext, view_context
from bot.core.dispatch.choosing import join_lines, joined, mentions_in
from bot.core.dispatch.messages import (
    Op,
    OutboxMessage,
    OutboxState,
    Over,
    WhatToType,
    WhichAreOver,
    subject_of,
)
from bot.core.dispatch.places import Places, in_doubt, recognise
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import clip, one_line
from bot.core.views.lists import counted
from bot.core.views.trouble import came_and_went_card

LONG = timedelta(minutes=10)
"""What waited for a shorter outage goes out as it was written."""
ENOUGH = 2
"""So many things that are over become one card."""
TITLES = 12
"""So many of a thread's updates are named."""
_BULLET = "• "


async def catch_up(app: AppContext, chat: Chat, places: Places, over: Trouble) -> None:
    """Fold what waits for a chat that may take messages again.

    Nobody knows before the next message whether it does: where it does not, what came since then
    is folded in with the rest the next time.

    Raises:
        ChatError: its history cannot be read.
    """
    waiting = await _untried(app, chat, places)
    heads = [row for row in waiting if row.op is Op.POST and row.editable and _heads(row)]
    if await run_in_transaction(app.store, lambda tx: _fold(app, tx, over, heads, waiting)):
        waiting = await _untried(app, chat, places)
    pinging = {row.message for row in heads if row.ping}
    for lines in _threads(waiting).values():
        if len(lines) > 1:
            await run_in_transaction(app.store, partial(_join, app, lines, over, pinging))
            await asyncio.sleep(0)


def _heads(row: OutboxMessage) -> bool:
    """Tell whether it may head a thread: what is part of another message does not."""
    return "/" not in row.message


async def _untried(app: AppContext, chat: Chat, places: Places) -> list[OutboxMessage]:
    """Read what is surely not there yet."""
    waiting = each_found(app.store, OUTBOX, "chat", places.chat)
    rows = [row async for row in waiting if row.state is OutboxState.PENDING]
    known = await recognise(chat, places, rows)
    missing = [row for row in rows if in_doubt(row) and known.get(row.key, row) is None]
    for row in missing:
        await run_in_transaction(app.store, partial(_untry, row.sequence))
    lost = {row.sequence for row in missing}
    certain = [_fresh(row) if row.sequence in lost else row for row in rows]
    return [row for row in certain if not row.doubted]


async def _untry(sequence: str, tx: Transaction) -> None:
    row = await tx.get(OUTBOX, sequence)
    if row is not None and row.state is OutboxState.PENDING:
        tx.put(OUTBOX, _fresh(row))


def _fresh(row: OutboxMessage) -> OutboxMessage:
    return msgspec.structs.replace(row, attempts=0, doubted=False, tried_at=None, error="")


def _fold_name(over: Trouble) -> str:
    return f"while-out-{over.chat}-{over.since:%Y%m%d%H%M%S%f}-"


async def _fold(
    app: AppContext,
    tx: Transaction,
    over: Trouble,
    heads: Sequence[OutboxMessage],
    waiting: Sequence[OutboxMessage],
) -> bool:
    """Put one card in the place of all that waits about what is over, if that is much."""
    ended = await _over(app, tx, [row.message for row in heads])
    folds = [row for row in waiting if row.message.startswith(_fold_name(over))]
    if not ended or len(ended) + len(folds) < ENOUGH:
        return False
    labels = {each.label for each in ended}
    gone = [
        row for row in waiting if row in folds or labels & {subject_of(row.message), row.thread}
    ]
    for row in gone:
        tx.delete(OUTBOX, row.sequence)
    folded = [each for row in folds for each in await _over(app, tx, row.carries)]
    every = [*folded, *ended]
    card = came_and_went_card(over, every, await view_context(app, tx))
    name = f"{_fold_name(over)}{every[0].label}"
    carried = tuple(each.label for each in every)
    app.outbox.post(
        tx,
        name,
        card,
        ping=any(row.ping for row in gone),
        mentions=mentions_in(gone),
        carries=carried,
        only=[over.chat],
    )
    return True


async def _over(app: AppContext, tx: Transaction, heads: Sequence[str]) -> tuple[Over, ...]:
    return await app.ask(tx, WhichAreOver(tuple(map(subject_of, heads)))) or ()


def _threads(rows: Sequence[OutboxMessage]) -> dict[tuple[str, str], list[OutboxMessage]]:
    """Gather the lines about one thing in one thread."""
    threads: dict[tuple[str, str], list[OutboxMessage]] = {}
    for row in rows:
        public = row.op is Op.POST and row.thread and not row.private
        if public and not row.editable and not row.card.pressable:
            threads.setdefault((row.thread, subject_of(row.message)), []).append(row)
    return threads


async def _join(
    app: AppContext,
    rows: Sequence[OutboxMessage],
    over: Trouble,
    pinging: Set[str],
    tx: Transaction,
) -> None:
    """Make one line of several; a head that is still to come and pings, does so for all of them."""
    found = [await tx.get(OUTBOX, row.sequence) for row in rows]
    known = [row for row in found if row is not None and row.state is OutboxState.PENDING]
    if not known:
        return
    calm = [msgspec.structs.replace(row, ping=False) for row in known]
    groups = join_lines(calm, within=None)
    about = subject_of(calm[0].message)
    if len(groups) == 1:
        line = joined(groups[0])
    else:
        line = _summary(calm, over, await app.ask(tx, WhatToType(about)) or "")
    announced = pinging & {line.thread, about}
    ping = any(row.ping for row in known) and not announced
    for row in known:
        tx.delete(OUTBOX, row.sequence)
    tx.put(OUTBOX, msgspec.structs.replace(line, ping=ping))


def _summary(rows: Sequence[OutboxMessage], over: Trouble, to_see: str) -> OutboxMessage:
    """Name the last of many updates; what is typed ``to_see`` all may be empty."""
    names = [name for row in rows for name in (row.message, *row.carries)]
    titles = [title for row in rows for title in _titles_of(row, over)][-TITLES:]
    more = len(names) - len(titles)
    if more:
        where = f": type {to_see}" if to_see else ""
        titles.insert(0, f"See {counted(more, 'earlier update')} in the timeline{where}.")
    card = Card(
        title=_summed_up(len(names), over),
        body=clip("\n".join(titles), cards.BODY),
        simulated=rows[0].card.simulated,
        footer=rows[-1].card.footer,
    )
    files = tuple(file for row in rows for file in row.files)[:10]
    return msgspec.structs.replace(
        rows[0],
        card=card,
        files=files,
        carries=tuple(names[1:]),
        mentions=mentions_in(rows),
    )


def _summed_up(count: int, over: Trouble) -> str:
    return f"{counted(count, 'update')} while {over.chat.capitalize()} did not accept messages"


def _titles_of(row: OutboxMessage, over: Trouble) -> list[str]:
    """Return the titles of all that is in a line: it may be several lines already."""
    own = one_line(f"{_BULLET}{row.card.title}", cards.TITLE)
    inside = [line for line in row.card.body.splitlines() if line.startswith(_BULLET)]
    if not row.carries:
        return [own]
    summed_up = row.card.title == _summed_up(1 + len(row.carries), over)
    return inside if summed_up else [own, *inside]
