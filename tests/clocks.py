"""A wall clock that a test sets while the process runs, as an operator or NTP does."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, tzinfo

import pytest

STEPS = (
    timedelta(days=-1),
    timedelta(minutes=-2),
    timedelta(days=1),
    timedelta(days=400),
)
"""Set back and forward, by a little and by more than anything in here lasts."""


class Wall:
    """The present moment, as far from the true one as the clock was set."""

    def __init__(self) -> None:
        self.off = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off

    def step(self, by: timedelta) -> None:
        self.off += by


def set_modules(monkeypatch: pytest.MonkeyPatch, wall: Wall, *packages: str) -> None:
    """Have ``datetime.now`` in these packages tell the wall clock.

    Only for packages whose types hold no moments: those would be read with this class.
    """

    class Shown(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # not a Shown
            return wall().astimezone(tz)

    for name, module in list(sys.modules.items()):
        if name.startswith(packages) and getattr(module, "datetime", None) is datetime:
            monkeypatch.setattr(module, "datetime", Shown)
