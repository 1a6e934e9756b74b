"""Rows of the outbox: a message on its way to one chat, and how far it got."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from bot.core.cards import Card
from bot.core.events import Query
from bot.core.files import Upload
from bot.core.mentions import Mention


class Op(enum.StrEnum):
    """What is asked of the chat."""

    POST = "post"
    EDIT = "edit"
    REDACT = "redact"
    """Have the message, if the chat has it, show another card; it is never posted for that."""
    CLOSE = "close"
    """Fold the message's thread away: its case is over."""


class Rank(enum.IntEnum):
    """What goes first when much waits."""

    ALERT = 0
    HEADLINE = 1
    """Changes of what the channel shows, and news that can wait a moment."""
    THREAD = 2


class OutboxState(enum.StrEnum):
    """How far a message is."""

    PENDING = "pending"
    SENDING = "sending"
    """Claimed for sending; whether the chat has it is not known yet."""


class OutboxMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message in the outbox, on its way to one chat."""

    chat: str
    sequence: str = msgspec.field(name="ticket")
    """Its place in the order of writing."""
    message: str
    """The message's own name, the same at every try."""
    op: Op
    state: OutboxState = OutboxState.PENDING
    """``pending``; ``sending``: found so later, nobody knows whether it was posted."""
    card: Card
    thread: str = ""
    """The name of the message whose thread it belongs to."""
    channel: str = ""
    """Posted there, wherever alerts go now: if that works, alerts move there."""
    routed: str = ""
    """The channel that a route names for it; empty: the one for alerts."""
    editable: bool = msgspec.field(name="kept", default=False)
    """It may be edited, or heads a thread: where it was posted is written down."""
    rank: Rank = Rank.THREAD
    ping: bool = False
    mentions: tuple[Mention, ...] = ()
    """Whom it calls in this chat."""
    quiet: bool = False
    """It waits for the end of the team's quiet hours, if it meets any."""
    files: tuple[Upload, ...] = ()
    note: bool = False
    """What a person wrote: several of one minute are one message."""
    carries: tuple[str, ...] = ()
    """The names of other messages whose words are in this one."""
    private: str = ""
    """The chat's id of the one person who is to read it; empty: everybody."""
    threads: tuple[str, ...] = ()
    """The names of the messages that head the threads which it leads to."""
    written_at: datetime | None = None
    epoch: str = ""
    """Which life of the data wrote it: after a restore the same names mean other messages."""
    owner: str = ""
    """Who claimed it, while it is being sent."""
    leased_until: datetime | None = None
    """When the claim of an owner that is not heard of any more ends."""
    attempts: int = 0
    """How often it was tried."""
    doubted: bool = False
    """An earlier try may have posted it: the chat is asked first."""
    refused: int = 0
    """How many of the refusals are not listed anywhere."""
    tried_at: datetime | None = None
    error: str = ""
    """Why the last try failed."""
    plain: bool = False
    """As text alone, because the chat refused the card's form."""
    beside: bool = False
    """Into the channel, because its thread cannot be opened."""
    reworded: bool = False
    """Its card is not the one that was tried first."""
    instead: bool = False
    """It shows in its thread what the message above it cannot be edited to show."""

    @property
    def key(self) -> str:
        """The name by which the chat knows the message."""
        return f"{self.epoch}.{self.message}" if self.epoch else self.message

    @property
    def ordering_key(self) -> str:
        """What goes out one after another: a thread with its head; the edits of one message."""
        if self.op is Op.EDIT:
            return f"edit {self.message}"
        return f"thread {self.thread or self.message}"


class Over(msgspec.Struct, frozen=True):
    """Something that a thread was about and that is over."""

    label: str
    """How people call it, and the name of its thread's head, for example ``C-12``."""
    point: str
    """What it was about, in a few words."""


class WhichAreOver(Query[tuple[Over, ...]], frozen=True):
    """Which of the threads with these heads are about something that is over? In their order."""

    heads: tuple[str, ...]


class WhatToType(Query[str], frozen=True):
    """What does a person type to see all about what is called so? Empty: nothing shows it."""

    label: str


def subject_of(message: str) -> str:
    """Return the label of what a message is about: ``C-12`` of ``C-12/3`` and of its head."""
    return message.partition("/")[0]
