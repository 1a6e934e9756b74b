"""Scenario time: seconds since the world began."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.core.clocks import utc_now


class ScenarioClock(Protocol):
    """Tells the scenario time in seconds; never negative."""

    def now(self) -> float: ...


class WallClock:
    """Scenario time that follows the wall clock, `speed` times as fast.

    A restarted process that gives the same `started_at` finds the world where it would be.
    """

    def __init__(
        self, started_at: datetime, speed: float = 1.0, wall: Callable[[], datetime] = utc_now
    ) -> None:
        self._started_at = started_at
        self._speed = speed
        self._wall = wall

    def now(self) -> float:
        elapsed = (self._wall() - self._started_at).total_seconds()
        return max(0.0, elapsed * self._speed)


class SettableClock:
    """Scenario time that moves only when a test says so."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    def now(self) -> float:
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Move forward by `seconds` of scenario time."""
        self._seconds += seconds
