"""What the core asks of a scheduler. Adapters give it; tests give fakes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol


class Scheduler(Protocol):
    """Decides when work runs; embedded in the process, or spread over several."""

    def handle(self, name: str, work: Callable[[str], Awaitable[None]]) -> None:
        """Register the work behind a name; it is called with a key."""
        ...

    def every(self, period: timedelta, name: str) -> None:
        """Run the named work with an empty key in every period, never twice at once."""
        ...

    def trigger(self, name: str, key: str = "") -> None:
        """Run the named work for the key soon: at most one running and one waiting for each key."""
        ...
