"""For how long the event loop is held by one callback, in processor time of its thread.

Garbage collection within the callback counts; without it the figure is told too, for a collection
takes as long as the whole process has objects. What the thread waits for, such as a busy machine's
other programs, does not count.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from unittest.mock import patch


class Held:
    """What callbacks took while it was looked."""

    def __init__(self) -> None:
        """Begin with none."""
        self.longest = 0.0
        """Milliseconds."""
        self.longest_own = 0.0
        """Milliseconds without garbage collection."""
        self._collecting = 0.0
        self._began = 0.0

    def run(self, work: Callable[[], None]) -> None:
        """Do a callback's work."""
        collected, before = self._collecting, time.thread_time()
        work()
        took = time.thread_time() - before
        own = took - (self._collecting - collected)
        self.longest = max(self.longest, 1000 * took)
        self.longest_own = max(self.longest_own, 1000 * own)

    def collecting(self, phase: str, _: Mapping[str, int]) -> None:
        """Take note of a garbage collection's begin or end."""
        now = time.thread_time()
        if phase == "stop":
            self._collecting += now - self._began
        self._began = now


@contextmanager
def callbacks() -> Iterator[Held]:
    """Measure every callback of the running loop inside the block."""
    held = Held()
    run = asyncio.Handle._run

    def measured(handle: asyncio.Handle) -> None:
        held.run(lambda: run(handle))

    gc.callbacks.append(held.collecting)
    try:
        with patch.object(asyncio.Handle, "_run", measured):
            yield held
    finally:
        gc.callbacks.remove(held.collecting)
