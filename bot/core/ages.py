"""How long things have lasted, by a clock that nobody sets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.core.clocks import ClockReading


class Ages:
    """Turns stored instants into ages of the steady clock, as each of them is first met.

    What the wall clock said of an instant counts once, when it is met: from then on the age grows
    by the seconds that pass, however the clock is set.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._began: dict[str, tuple[datetime, float]] = {}

    def of(self, key: str, since: datetime, now: ClockReading) -> timedelta:
        """Return how long it has lasted; ``since`` is the stored instant at which it began."""
        known = self._began.get(key)
        if known is None or known[0] != since:
            so_far = max(0.0, (now.wall - since).total_seconds())
            self._began[key] = known = (since, now.steady - so_far)
        return timedelta(seconds=now.steady - known[1])

    def keep(self, keys: Iterable[str]) -> None:
        """Forget all others."""
        self._began = {key: self._began[key] for key in keys if key in self._began}
