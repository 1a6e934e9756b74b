"""Which rows of the outbox go next, and which of them as one message. Pure.

What cannot go never holds back what can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.core.cards import Card, Tone
from bot.core.dispatch.messages import Op, OutboxMessage, Rank
from bot.core.mentions import Mention
from bot.core.when import in_utc
from bot.errors import BudgetError

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
    heads = {row.message for row in rows if row.op is Op.POST and row.editable and holds(row)}
    found: list[tuple[Rank, OutboxMessage]] = []
    for group in _in_order(rows).values():
        found += _ranked(_free(group, heads, moment), moment)
    found.sort(key=lambda pair: (pair[0], pair[1].sequence))
    return [row for _, row in found[:limit]]


def held(row: OutboxMessage, moment: SendingState) -> bool:
    """Tell whether a row waits for the end of the quiet hours."""
    return row.quiet and moment.quiet


def holds(row: OutboxMessage) -> bool:
    """Tell whether a row that waits for another try holds up what follows it in its thread."""
    return row.refused < STUBBORN


def _in_order(rows: Iterable[OutboxMessage]) -> dict[str, list[OutboxMessage]]:
    groups: dict[str, list[OutboxMessage]] = {}
    for row in sorted(rows, key=lambda row: row.sequence):
        groups.setdefault(row.ordering_key, []).append(row)
    return groups


def _free(
    group: Sequence[OutboxMessage], heads: set[str], moment: SendingState
) -> list[OutboxMessage]:
    """Return what of one group may go now, in order."""
    awake = [row for row in group if not held(row, moment)]
    wanted = {row.thread for row in awake}
    free: list[OutboxMessage] = []
    gone: set[str] = set()
    for row in group:
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


MINUTE = timedelta(minutes=1)
FILES = 10
"""Files that every chat takes with one message."""
_WORST_FIRST = (Tone.CRITICAL, Tone.WARNING, Tone.GOOD, Tone.INFO, Tone.QUIET)


def join_lines(
    rows: Sequence[OutboxMessage], within: timedelta | None = MINUTE
) -> list[list[OutboxMessage]]:
    """Group rows, in their order, into what becomes one message each.

    Only lines of one thread are joined that were written ``within`` that time of the
    first, and only what people wrote; None joins whatever waits.
    """
    groups: list[list[OutboxMessage]] = []
    for row in rows:
        group = next(
            (each for each in reversed(groups) if each[0].ordering_key == row.ordering_key), None
        )
        if group is not None and _fits(group, row, within):
            group.append(row)
        else:
            groups.append([row])
    return groups


def joined(group: Sequence[OutboxMessage]) -> OutboxMessage:
    """Return the first row with all that the group says and shows."""
    first = group[0]
    if len(group) == 1:
        return first
    return msgspec.structs.replace(
        first,
        card=_one_card([row.card for row in group]),
        files=tuple(file for row in group for file in row.files),
        carries=_names(group),
        rank=min(row.rank for row in group),
        ping=any(row.ping for row in group),
        mentions=mentions_in(group),
        quiet=all(row.quiet for row in group),
    )


def mentions_in(group: Sequence[OutboxMessage]) -> tuple[Mention, ...]:
    """Return all whom the rows call, each once."""
    return tuple(dict.fromkeys(each for row in group for each in row.mentions))


def _names(group: Sequence[OutboxMessage]) -> tuple[str, ...]:
    names = [name for row in group for name in (row.message, *row.carries)]
    return tuple(names[1:])


def _fits(group: Sequence[OutboxMessage], row: OutboxMessage, within: timedelta | None) -> bool:
    rows = [*group, row]
    if not all(_plain_line(each) for each in rows) or row.ping != group[0].ping:
        return False
    notes = all(each.note for each in rows)
    if within is not None and not (notes and _close(group[0], row, within)):
        return False
    if sum(len(each.files) for each in rows) > FILES:
        return False
    try:
        _one_card([each.card for each in rows])
    except BudgetError:
        return False
    return True


def _plain_line(row: OutboxMessage) -> bool:
    """Tell whether a row is words in a thread that is surely not there yet."""
    card = row.card
    bare = not (card.pressable or card.image or card.snippets)
    return (
        row.op is Op.POST
        and bool(row.thread)
        and not row.editable
        and not row.doubted
        and bare
        and not row.private
    )


def _close(first: OutboxMessage, row: OutboxMessage, within: timedelta) -> bool:
    if first.written_at is None or row.written_at is None:
        return False
    return abs(row.written_at - first.written_at) < within


def _one_card(cards: Sequence[Card]) -> Card:
    """Put the words of the cards below the first one's. Raises BudgetError."""
    first, *others = cards
    lines = [first.body, *(line for card in others for line in _lines(card))]
    tone = min((card.tone for card in cards), key=_WORST_FIRST.index)
    return msgspec.structs.replace(
        first,
        body="\n".join(filter(None, lines)),
        tone=tone,
        footer=cards[-1].footer,
        footer_at=cards[-1].footer_at,
    )


def _lines(card: Card) -> Iterable[str]:
    yield f"• {card.heading}"
    yield from (card.gist, card.body)
    for field in card.fields:
        # In the middle of a text no chat can write a moment for each reader.
        at = (in_utc(field.at),) if field.at else ()
        yield f"  {field.label}: {' '.join(filter(None, (field.value, *at)))}"
