"""What anybody can cause as often as they like: said once, then counted."""

from __future__ import annotations

import time
from collections import Counter
from typing import Final

import structlog

EVERY: Final = 60.0
"""Seconds between two lines in the log on one thing."""

_log = structlog.get_logger(__name__)


class Tally:
    """Says what happens on a port; what happens again at once is counted in the next line."""

    def __init__(self, **bound: str) -> None:
        """Say the bound words with each line, such as which chat it is."""
        self._bound = bound
        self._said: dict[str, float] = {}
        self._times: Counter[str] = Counter()

    def note(self, event: str, **details: str) -> None:
        """Say it, or count it until it may be said again. ``event`` is one of a few fixed texts."""
        self._times[event] += 1
        now = time.monotonic()
        if now - self._said.get(event, now - EVERY) >= EVERY:
            self._said[event] = now
            _log.warning(event, times=self._times.pop(event), **self._bound, **details)
