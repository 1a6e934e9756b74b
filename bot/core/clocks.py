"""Two clocks: the one on the wall, which may be set, and a steady one that only counts seconds.

Nothing tells a clock that was set forward from a machine that was suspended, or a stop of a year
from a clock that is a year ahead. So what cannot be undone waits until the wall clock has kept
its word for a day of running; how long things last is told by the steady clock; all else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

PARTED = timedelta(seconds=2)
"""So far apart, the clock on the wall was set; less is how clocks are."""

STANDS = timedelta(days=1)
"""So long a clock must stand where it is, while the program runs, to be believed."""


class ClockReading(msgspec.Struct, frozen=True):
    """What the two clocks showed at one moment."""

    wall: datetime
    steady: float
    """Seconds since some moment; they only grow."""

    def since(self, before: ClockReading) -> timedelta:
        """Return how much time passed since another look, by the steady clock."""
        return timedelta(seconds=self.steady - before.steady)

    def step_since(self, before: ClockReading) -> timedelta:
        """Return how far the wall clock was set meanwhile; zero: it went on as time passed."""
        step = self.wall - before.wall - self.since(before)
        return step if abs(step) > PARTED else timedelta()


class ConfirmedTime(msgspec.Struct, frozen=True, kw_only=True):
    """A time that has come beyond doubt: the true time, or one before it, but none ahead of it."""

    name: str = "now"
    at: datetime = datetime.fromtimestamp(0, UTC)
    lead: timedelta | None = None
    """So far the wall clock was ahead of it at least, as long as it was in doubt."""
    stood: timedelta = timedelta()
    """How long the program has run since that doubt began."""


def confirm(known: ConfirmedTime, wall: datetime, ran: timedelta) -> ConfirmedTime:
    """Go on from what was confirmed, after the program has run for so long.

    The time that passed while it ran is beyond doubt. A lead of the wall clock over that, from a
    stop or because it was set, is believed once it has stood; a clock that was set back is
    believed at once.
    """
    at = known.at + ran
    lead = wall - at
    if lead <= PARTED:
        return ConfirmedTime(at=wall)
    if known.lead is None:
        return ConfirmedTime(at=at, lead=lead)
    least, stood = min(lead, known.lead), known.stood + ran
    if stood < STANDS:
        return ConfirmedTime(at=at, lead=least, stood=stood)
    # What came on top of it meanwhile has yet to stand.
    rest = lead - least
    return ConfirmedTime(at=wall) if rest <= PARTED else ConfirmedTime(at=at + least, lead=rest)


Clock = Callable[[], datetime]
"""Tells the present moment, in UTC."""


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


def utc_now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)
