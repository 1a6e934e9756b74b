"""Time that passes at once where nobody works: days of waiting in seconds."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Skipping(selectors.DefaultSelector):
    """Waits for nothing but threads; the time it should have waited is passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.threads = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if self.threads or timeout is None:
            # Only a thread can go on from here: at the end that is the one that ends the others.
            return super().select(None)
        self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock jumps to whatever comes next. Sockets have no place in it."""

    def __init__(self) -> None:
        """Begin at second zero."""
        self._skipping = _Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        """Tell the virtual second."""
        return self._skipping.now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]  # The types are the standard library's.
        """Run in a thread, while time stands still."""
        self._skipping.threads += 1
        future: asyncio.Future[Any] = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._returned)
        return future

    def _returned(self, _: asyncio.Future[Any]) -> None:
        self._skipping.threads -= 1


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run the work in virtual time. Blocks; call it outside of any event loop."""
    with asyncio.Runner(loop_factory=VirtualLoop) as monitor:
        return monitor.run(work)
