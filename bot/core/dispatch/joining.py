"""Several lines of one thread as one message. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec

from bot.core.cards import Card, Tone
from bot.core.dispatch.messages import Op, OutboxMessage
from bot.errors import BudgetError

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
        group = next((each for each in reversed(groups) if each[0].lane == row.lane), None)
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
        quiet=all(row.quiet for row in group),
    )


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
    bare = not (card.buttons or card.image or card.snippets)
    return row.op is Op.POST and bool(row.thread) and not row.kept and not row.doubted and bare


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
    )


def _lines(card: Card) -> Iterable[str]:
    yield f"• {card.title}"
    yield card.body
    for field in card.fields:
        yield f"  {field.label}: {field.value}"
