"""Which notifications were taken in already. Pure."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.notifications import Notification
from bot.features.watchlist.models.push import (
    LONGEST_KEPT,
    SLOTS,
    UNREADABLE,
    HeardNotification,
    UnreadableMessage,
)


class PushMemory:
    """Remembers the newest notifications, as many as are stored."""

    def __init__(self) -> None:
        """Begin with none."""
        self._heard: OrderedDict[tuple[str, str], int] = OrderedDict()
        """By Amazon's ID and the watch, each with its number."""
        self._unreadable: OrderedDict[str, int] = OrderedDict()
        self._next = self._next_unreadable = 0

    def resume(
        self, heard: Iterable[HeardNotification], unreadable: Iterable[UnreadableMessage]
    ) -> None:
        """Take up what is stored, in any order."""
        for one in sorted(heard, key=lambda one: one.number):
            self._heard[one.id, one.key] = one.number
            self._next = one.number + 1
        for message in sorted(unreadable, key=lambda message: message.number):
            self._unreadable[message.digest] = message.number
            self._next_unreadable = message.number + 1
        _shorten(self._heard, SLOTS)
        _shorten(self._unreadable, UNREADABLE)

    def batch(self, now: datetime) -> PushBatch:
        """Begin with messages that came together; nothing is remembered before ``take_in``."""
        return PushBatch(self, now, self._next, self._next_unreadable)

    def knows(self, id: str, key: str) -> bool:
        """Tell whether a notification about the watch was taken in."""
        return (id, key) in self._heard

    def knows_unreadable(self, digest: str) -> bool:
        """Tell whether the message was counted."""
        return digest in self._unreadable

    def take_in(self, batch: PushBatch) -> None:
        """Remember what is stored of the batch now."""
        self.resume(batch.heard, batch.unreadable)


@dataclass
class PushBatch:
    """What is to be stored of messages that came together."""

    memory: PushMemory
    now: datetime
    number: int
    unreadable_number: int
    heard: list[HeardNotification] = field(default_factory=list)
    unreadable: list[UnreadableMessage] = field(default_factory=list)

    def add(self, notification: Notification, key: str) -> None:
        """Add one about a watch, unless it was taken in before."""
        known = self.memory.knows(notification.id, key) or any(
            (each.id, each.key) == (notification.id, key) for each in self.heard
        )
        if not known:
            number = self.number + len(self.heard)
            self.heard.append(HeardNotification.of(notification, key, number, self.now))

    def add_unreadable(self, digest: str, why: str, text: str) -> None:
        """Add a message that is none, unless it was counted before."""
        known = self.memory.knows_unreadable(digest) or any(
            each.digest == digest for each in self.unreadable
        )
        if not known:
            self.unreadable.append(
                UnreadableMessage(
                    number=self.unreadable_number + len(self.unreadable),
                    digest=digest,
                    why=why,
                    # Half of a pair of signs cannot be stored.
                    text=text[:LONGEST_KEPT].encode(errors="replace").decode(),
                    at=self.now,
                )
            )


def _shorten(remembered: OrderedDict[Any, int], most: int) -> None:
    while len(remembered) > most:
        remembered.popitem(last=False)
