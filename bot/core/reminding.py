"""When the team is reminded of what waits: in growing pauses, and not for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.core.clocks import PARTED

REMINDERS = 5
"""So often the team is reminded of one state; then /todo alone says it (facts: chat habits)."""


def later(at: datetime, first: timedelta, reminded: int) -> datetime:
    """Return when to look again: every reminder so far doubles the first pause."""
    doubled: int = 2 ** min(reminded, REMINDERS)
    return at + first * doubled


class Waiting(Protocol):
    """What somebody is reminded of."""

    @property
    def due_at(self) -> datetime | None:
        """When somebody should look after it."""
        ...

    @property
    def reminded(self) -> int:
        """How often the team was reminded of its present state."""
        ...


def put_off(due_at: datetime | None, due_now: datetime | None) -> bool:
    """Tell whether it was put off by a clock that was ahead: further than if it began now."""
    return due_at is not None and due_now is not None and due_at - due_now > PARTED


def may_remind(waiting: Waiting, now: datetime) -> bool:
    """Tell whether it is time to remind the team of it."""
    return waiting.due_at is not None and waiting.due_at <= now and waiting.reminded < REMINDERS
