"""What is known of Amazon's notifications: those that led to a look, and how they arrive."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.notifications import Notification, PushSubject

SLOTS = 2000
"""So many notifications are remembered: the newest takes the place of the oldest."""
UNREADABLE = 20
"""So many messages that could not be read are kept."""
LONGEST_KEPT = 500
"""Characters that are kept of one."""
THIS = "push"


class HeardNotification(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A notification that led to a look: a second delivery is known by it.

    The look itself is owed until one is stored that is later than ``at``.
    """

    number: int
    """Counts all that led to a look; the place follows from it."""
    id: str
    subject: PushSubject
    key: str
    """The watch's."""
    at: datetime
    """When it was read."""

    @property
    def place(self) -> str:
        """Where it is stored."""
        return f"{self.number % SLOTS:04}"

    @staticmethod
    def of(notification: Notification, key: str, number: int, at: datetime) -> HeardNotification:
        """Return what is remembered of a notification about the watch with that key."""
        return HeardNotification(
            number=number, id=notification.id, subject=notification.subject, key=key, at=at
        )


class UnreadableMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was no notification: kept for whoever looks for the reason."""

    number: int
    """Counts all that could not be read."""
    digest: str
    """By which the same message is known."""
    why: str
    text: str
    """Its beginning."""
    at: datetime

    @property
    def place(self) -> str:
        """Where it is stored."""
        return f"{self.number % UNREADABLE:02}"


class PushState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How notifications arrive."""

    name: str = THIS
    heard_at: datetime | None = None
    """When the last one came, to the minute; None: none ever did."""
    unreadable: int = 0
    """Messages that could not be read, since ever."""
    failing_since: datetime | None = None
    """Since when the queue cannot be read; None: it can."""
    why: str = ""
    """Why it cannot, for people."""


class PushHealth(msgspec.Struct, frozen=True):
    """How notifications arrive, where a queue is set."""

    state: PushState
    missing: str = ""
    """Why they are not read at all."""

    @property
    def out(self) -> bool:
        """Tell whether none can be read now."""
        return bool(self.missing) or self.state.failing_since is not None
