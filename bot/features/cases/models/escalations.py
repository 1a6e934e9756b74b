"""Alerts that nobody has acknowledged yet, and who was called for them."""

from __future__ import annotations

import enum
from collections.abc import Set
from datetime import date, datetime

import msgspec

GATHERED = 50
"""So many cases of one thread are watched together; the others follow once these are seen."""
NIGHTS = 8
"""So many nights are remembered: a clock may be set back and forward over some of them."""

HELD = 500
"""So many calls that were held back are remembered."""


class CallTarget(enum.StrEnum):
    """Who is called."""

    LEAD = "lead"
    """Who has the duty, in working hours."""
    ONCALL = "on-call"


class Escalation(msgspec.Struct, frozen=True, kw_only=True):
    """A thread whose alerts nobody has acknowledged; it is gone once somebody has."""

    thread: str
    """The message that heads it: several cases that came together have one."""
    cases: tuple[str, ...]
    """The keys of those that wait."""
    place: int
    """How many entries the first one had: part of the names of what is posted."""
    since: datetime
    """When the last thing happened: the alert, or a call."""
    called: frozenset[CallTarget] = frozenset()
    """Each is called once at the most."""
    paused: bool = False
    """Nothing goes on in the cases now, so nobody is called; they are still open."""
    more: bool = False
    """The thread has cases for which there was no room."""
    named: dict[str, str] = {}
    """The case, by its key, that each message that calls somebody names."""

    def message(self, target: CallTarget) -> str:
        """Return the name of the message that calls them."""
        return f"{self.thread}/call-{self.place}-{target.value}"

    def calling(self, target: CallTarget, at: datetime) -> Escalation:
        """Note that they were called, or would have been."""
        return msgspec.structs.replace(self, since=at, called=self.called | {target})

    def naming(self, target: CallTarget, key: str) -> Escalation:
        """Note which case the message that calls them names."""
        return msgspec.structs.replace(self, named={**self.named, self.message(target): key})

    def uncalled(self, targets: Set[CallTarget]) -> Escalation:
        """Return it as if these had not been called: no chat has told them."""
        return msgspec.structs.replace(self, called=self.called - targets)

    def resting(self) -> Escalation:
        """Return it as nothing goes on in it, or somebody wants quiet."""
        return msgspec.structs.replace(self, paused=True)

    def resumed(self, at: datetime) -> Escalation:
        """Return it as something goes on in it again: the wait begins anew, the calls do not."""
        return msgspec.structs.replace(self, since=at, paused=False)

    def with_case(self, key: str) -> Escalation:
        """Return it with one more case, or with the note that there was no room."""
        if key in self.cases or not self.cases:
            # One whose cases were all seen looks for the others by itself.
            return self
        if len(self.cases) >= GATHERED:
            return msgspec.structs.replace(self, more=True)
        return msgspec.structs.replace(self, cases=(*self.cases, key))

    def without(self, key: str) -> Escalation | None:
        """Return it without a case that somebody looks after; None: that was the last one."""
        left = tuple(each for each in self.cases if each != key)
        return msgspec.structs.replace(self, cases=left) if left or self.more else None


class CallNight(msgspec.Struct, frozen=True, kw_only=True):
    """How often people were called in a night."""

    day: date
    """On which it began, in the team's zone."""
    calls: int = 0


class CallNights(msgspec.Struct, frozen=True, kw_only=True):
    """The last nights in which people were called, and when they were not: it was enough."""

    name: str = "now"
    nights: tuple[CallNight, ...] = ()
    held_at: tuple[datetime, ...] = ()

    def of(self, day: date) -> CallNight:
        """Return the night that began on that day."""
        return next((each for each in self.nights if each.day == day), CallNight(day=day))

    def calling(self, day: date) -> CallNights:
        """Return them after one more call in the night that began on that day."""
        night = self.of(day)
        others = [each for each in self.nights if each.day != day]
        called = msgspec.structs.replace(night, calls=night.calls + 1)
        return msgspec.structs.replace(self, nights=(*others, called)[-NIGHTS:])

    def holding(self, at: datetime) -> CallNights:
        """Return them after a call that was held back."""
        return msgspec.structs.replace(self, held_at=(*self.held_at, at)[-HELD:])

    def held_since(self, moment: datetime) -> int:
        """Return how many calls were held back since then, as far as is remembered."""
        return sum(at >= moment for at in self.held_at)
