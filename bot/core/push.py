"""The queue in which Amazon's notifications wait, as the core asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from bot.core.resources import Resource


class QueuedMessage(msgspec.Struct, frozen=True):
    """A message as it came. It comes again until it is removed, and may come twice."""

    receipt: str
    """By which it is removed."""
    text: str


class NotificationQueue(Protocol):
    """Where messages come from: each at least once, in no order."""

    async def receive(self) -> Sequence[QueuedMessage]:
        """Wait some seconds for messages, and return some; none: none came.

        Raises:
            SourceError: the queue cannot be read; the sentence says what to do.
        """
        ...

    async def probe(self) -> None:
        """Try whether messages can be read, without taking one.

        Raises:
            SourceError: they cannot; the sentence says what to do.
        """
        ...

    async def remove(self, messages: Sequence[QueuedMessage]) -> None:
        """Remove messages that are done with.

        Raises:
            SourceError: some could not be removed, and come again.
        """
        ...


@dataclass(frozen=True)
class Push:
    """Whether notifications are read."""

    queue: NotificationQueue | None = None
    """None: they are not."""
    missing: str = ""
    """Why they are not though a queue is set; empty where none is."""


PUSH = Resource[Push]("push", Push())
"""The queue of notifications; without one, products are checked by the schedule alone."""
