"""Periods by the event loop's clock: they go on in step, however the clock on the wall is set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Periods:
    """Calls something once in every period. All of it belongs to one event loop.

    The first call does not wait for a period to pass. Of periods that pass while the loop is
    blocked, or before the start, one call makes up for all.
    """

    def __init__(self, call: Callable[[str], None]) -> None:
        """Call with the name of the period that has begun."""
        self._call = call
        self._lengths: dict[str, float] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def add(self, name: str, seconds: float) -> None:
        """Begin a period of that name, in place of the one before."""
        self._lengths[name] = seconds
        if self._loop is not None:
            self._begin(name, self._loop)

    def start(self) -> None:
        """Begin on the running event loop."""
        self._loop = asyncio.get_running_loop()
        for name in self._lengths:
            self._begin(name, self._loop)

    def stop(self) -> None:
        """Call nothing more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._lengths.clear()
        self._loop = None

    def _begin(self, name: str, loop: asyncio.AbstractEventLoop) -> None:
        if name in self._timers:
            self._timers[name].cancel()
        now = loop.time()
        self._timers[name] = loop.call_at(now, self._due, name, now, loop)

    def _due(self, name: str, due: float, loop: asyncio.AbstractEventLoop) -> None:
        """Set the next timer first: whatever the call does, the period goes on."""
        length = self._lengths[name]
        coming = due + length * (max(0.0, loop.time() - due) // length + 1)
        self._timers[name] = loop.call_at(coming, self._due, name, coming, loop)
        self._call(name)
