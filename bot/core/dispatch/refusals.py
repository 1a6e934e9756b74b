"""What becomes of a row that was refused. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from bot.core import cards
from bot.core.cards import Card
from bot.core.dispatch.messages import Op, OutboxMessage, OutboxState
from bot.core.text import clip
from bot.errors import BudgetError, ChatError, Refusal

TRIES = 20
"""So often a row is tried that is refused for a reason that is not listed."""


CERTAIN = frozenset({Refusal.FORM, Refusal.THREAD, Refusal.ROOM, Refusal.PRIVATE})
"""Refusals after which the message is surely not there."""


class Again(msgspec.Struct, frozen=True):
    """The row as it is tried again: at once, or after a pause."""

    row: OutboxMessage
    at_once: bool = False


class GiveUp(msgspec.Struct, frozen=True):
    """It cannot be delivered, and people hear so."""

    why: str


class Drop(msgspec.Struct, frozen=True):
    """It goes without a word: what it would change is not there, or it was only tidying up."""


Fate = Again | GiveUp | Drop


def fate(row: OutboxMessage, error: ChatError, now: datetime) -> Fate:
    """Say what becomes of the row; its thread and its chat are another matter."""
    tried = msgspec.structs.replace(
        row,
        state=OutboxState.PENDING,
        attempts=row.attempts + 1,
        doubted=row.doubted or not (error.certain or error.refusal in CERTAIN),
        tried_at=now,
        error=str(error),
    )
    if row.op is Op.CLOSE and error.refusal not in (Refusal.CHAT, Refusal.LATER):
        return Drop()
    if row.op is Op.REDACT and error.refusal in (Refusal.GONE, Refusal.THREAD):
        # Where it cannot be changed people have to hear of it, unless it is gone already.
        return Drop() if error.refusal is Refusal.GONE else GiveUp(str(error))
    if row.private and error.refusal not in (Refusal.CHAT, Refusal.LATER):
        return _private(tried, error)
    return _FATES[error.refusal](tried, error)


def _later(row: OutboxMessage, _: ChatError) -> Fate:
    return Again(row)


def _gone(row: OutboxMessage, error: ChatError) -> Fate:
    """Whoever deleted the message does not want it back until there is news."""
    if row.op is Op.EDIT:
        return Drop()
    # The head of its thread is gone: it goes into the channel.
    return _thread(row, error) if row.thread else _unlisted(row, error)


def _form(row: OutboxMessage, error: ChatError) -> Fate:
    if not row.plain:
        return Again(msgspec.structs.replace(row, plain=True), at_once=True)
    return _edit(row, error) if row.op is Op.EDIT else GiveUp(str(error))


def _edit(row: OutboxMessage, error: ChatError) -> Fate:
    """Show in the thread what the message can never be edited to show."""
    if row.op is not Op.EDIT:
        return _unlisted(row, error)
    instead = msgspec.structs.replace(
        row,
        op=Op.POST,
        message=f"{row.message}/now-{row.sequence}",
        thread=row.message,
        editable=False,
        instead=True,
        plain=False,
        attempts=0,
        doubted=False,
    )
    return Again(instead, at_once=True)


def _file(row: OutboxMessage, error: ChatError) -> Fate:
    if not row.files:
        return _unlisted(row, error)
    return Again(_without_files(row, error), at_once=True)


def _thread(row: OutboxMessage, error: ChatError) -> Fate:
    if row.beside:
        return _unlisted(row, error)
    return Again(msgspec.structs.replace(row, beside=True), at_once=True)


def _private(row: OutboxMessage, error: ChatError) -> Fate:
    """Let the thread hear what could not be told in private; who it is for is called there."""
    if not row.private:
        return _unlisted(row, error)
    return Again(msgspec.structs.replace(row, private=""), at_once=True)


def _unlisted(row: OutboxMessage, error: ChatError) -> Fate:
    refused = row.refused + 1
    if refused >= TRIES:
        return GiveUp(str(error))
    # Most often it is the form that a chat cannot take.
    return Again(msgspec.structs.replace(row, refused=refused, plain=True))


def _without_files(row: OutboxMessage, error: ChatError) -> OutboxMessage:
    names = ", ".join(file.shown_name for file in row.files)
    word = clip(f"Not shown here: {names}. {error}", cards.FIELD_VALUE)
    try:
        card = with_line(row.card, word)
    except BudgetError:
        card = Card(title=row.card.title, body=word, tone=row.card.tone)
    return msgspec.structs.replace(row, card=card, files=(), reworded=True)


def with_line(card: Card, line: str) -> Card:
    """Return the card with one more line below its text. Raises BudgetError."""
    return msgspec.structs.replace(card, body="\n".join(filter(None, (card.body, line))))


_FATES: Mapping[Refusal, Callable[[OutboxMessage, ChatError], Fate]] = {
    Refusal.LATER: _later,
    Refusal.CHAT: _later,
    Refusal.ROOM: _later,
    Refusal.GONE: _gone,
    Refusal.FORM: _form,
    Refusal.EDIT: _edit,
    Refusal.FILE: _file,
    Refusal.THREAD: _thread,
    Refusal.PRIVATE: _private,
    Refusal.UNLISTED: _unlisted,
}
