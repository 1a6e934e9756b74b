"""Which rows of the outbox go next. Pure: what cannot go never holds back what can."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.dispatch.messages import Op, OutboxMessage, Rank

STUBBORN = 3
"""A row that was refused so often for a reason that is not listed holds its thread up no longer."""
PATIENCE = timedelta(minutes=10)
"""So long a line of a thread waits behind alerts at the most."""


@dataclass(frozen=True)
class SendingState:
    """What decides at this moment whether a row may go."""

    now: datetime
    quiet: bool
    """The team's quiet hours are on."""
    due: Callable[[OutboxMessage], bool]
    """Tells whether the pause after a row's last try is over."""


def choose(rows: Sequence[OutboxMessage], moment: SendingState, limit: int) -> list[OutboxMessage]:
    """Choose what goes next, in this order: alerts, then headlines, then threads.

    Within a thread the order of writing holds. A row that is held for the quiet hours is passed
    over, unless it heads a thread in which something goes.
    """
    heads = {row.message for row in rows if row.op is Op.POST and row.kept and holds(row)}
    found: list[tuple[Rank, OutboxMessage]] = []
    for lane in _lanes(rows).values():
        found += _ranked(_free(lane, heads, moment), moment)
    found.sort(key=lambda pair: (pair[0], pair[1].ticket))
    return [row for _, row in found[:limit]]


def held(row: OutboxMessage, moment: SendingState) -> bool:
    """Tell whether a row waits for the end of the quiet hours."""
    return row.quiet and moment.quiet


def holds(row: OutboxMessage) -> bool:
    """Tell whether a row that waits for another try holds up what follows it in its thread."""
    return row.refused < STUBBORN


def _lanes(rows: Iterable[OutboxMessage]) -> dict[str, list[OutboxMessage]]:
    lanes: dict[str, list[OutboxMessage]] = {}
    for row in sorted(rows, key=lambda row: row.ticket):
        lanes.setdefault(row.lane, []).append(row)
    return lanes


def _free(
    lane: Sequence[OutboxMessage], heads: set[str], moment: SendingState
) -> list[OutboxMessage]:
    """Return what of one lane may go now, in order."""
    awake = [row for row in lane if not held(row, moment)]
    wanted = {row.thread for row in awake}
    free: list[OutboxMessage] = []
    gone: set[str] = set()
    for row in lane:
        if held(row, moment) and row.message not in wanted:
            continue
        above = row.message if row.op is not Op.POST else row.thread
        if above in heads and above not in gone:
            # The message that it changes, or that heads its thread, must be there first.
            continue
        if moment.due(row):
            free.append(row)
            gone.add(row.message)
        elif holds(row):
            break
    return free


def _ranked(
    free: Sequence[OutboxMessage], moment: SendingState
) -> list[tuple[Rank, OutboxMessage]]:
    """Give each row the rank of the most urgent one that follows it, for that needs it."""
    ranked: list[tuple[Rank, OutboxMessage]] = []
    rank = Rank.THREAD
    for row in reversed(free):
        rank = min(rank, Rank.ALERT if _aged(row, moment) else row.rank)
        ranked.append((rank, row))
    return ranked


def _aged(row: OutboxMessage, moment: SendingState) -> bool:
    return row.written_at is not None and moment.now - row.written_at >= PATIENCE
