"""Waves: many cases within minutes are one piece of news, not many."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.findings import Severity

ALONE = 5
"""So many cases within ``WINDOW`` are told one by one; what follows is gathered."""

WINDOW = timedelta(minutes=5)

CALM = timedelta(minutes=10)
"""A group is over when no case opened for so long."""


NOW = "now"
_WAVE = "wave-"


def gathered_in(message: str) -> str:
    """Return the name of the group whose message that is."""
    _, parted, apart = message.removeprefix(_WAVE).partition("-")
    return NOW + parted + apart


class AlertGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The cases that opened lately, and the message that gathers them, if they are many."""

    name: str = NOW
    """``now``, and what tells apart the groups of alerts that routes send elsewhere."""
    lately: tuple[datetime, ...] = ()
    """When the last cases that are told one by one were opened."""
    message: str = ""
    """The message in whose thread cases are gathered; empty as long as they are few."""
    since: datetime | None = None
    last: datetime | None = None
    count: int = 0
    worst: Severity = Severity.INFO

    @property
    def begins(self) -> bool:
        """Tell whether its first case has just come."""
        return self.count == 1

    def worsened(self, severity: Severity) -> AlertGroup:
        """Return the group after one of its cases got that severe."""
        return msgspec.structs.replace(self, worst=max(self.worst, severity))

    def add(self, at: datetime, severity: Severity) -> AlertGroup:
        """Return the group after one more case; without a message the case is told by itself."""
        if self.message and self.last is not None and abs(at - self.last) < CALM:
            worst = max(self.worst, severity)
            return msgspec.structs.replace(self, last=at, count=self.count + 1, worst=worst)
        lately = tuple(moment for moment in self.lately if abs(at - moment) < WINDOW)
        if len(lately) < ALONE:
            return AlertGroup(name=self.name, lately=(*lately, at))
        apart = self.name.removeprefix(NOW)
        message = f"{_WAVE}{at:%Y%m%d%H%M%S%f}{apart}"
        return AlertGroup(
            name=self.name, message=message, since=at, last=at, count=1, worst=severity
        )
