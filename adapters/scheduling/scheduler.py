"""When work runs, in one process: the embedded Scheduler."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

import structlog
from structlog.typing import FilteringBoundLogger

from adapters.scheduling.periods import Periods
from bot.core.scheduler import WorkHealth
from bot.errors import BrandwardenError

Work = Callable[[str], Awaitable[None]]

AT_ONCE = 16
"""How many keys of one name run at the same time, unless told otherwise."""

log: FilteringBoundLogger = structlog.get_logger(__name__)


@dataclass
class _Failure:
    """A run that failed, and how many in a row."""

    since: float
    """When the first of them ended, by the steady clock."""
    why: str = ""
    runs: int = 0


class EmbeddedScheduler:
    """The Scheduler of a single process. All of it belongs to one event loop; it starts once.

    Each name has its own limit of keys at once, so that slow work of one name, such as waiting for
    Amazon, never holds up another, such as posting alerts. Nothing is stored: periodic work must
    find again what a stop left undone.
    """

    # A period is a trigger: were the work itself called by the timer, then a trigger that comes
    # during a run would be dropped or overlap it, where it must run once more.

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Let ``at_once`` keys of one name run at the same time."""
        self._at_once = at_once
        self._lanes: dict[str, _Lanes] = {}
        self._started = False
        self._stopped = False
        self._periods = Periods(self.trigger)

    def handle(self, name: str, work: Work, label: str = "") -> None:
        """Register the work behind a name; it is called with a key.

        ``label`` is what people call it; without one, that is the name.

        Raises:
            ValueError: the name is taken.
        """
        if name in self._lanes:
            raise ValueError(f"Work named {name!r} is registered already")
        self._lanes[name] = _Lanes(name, label or name, work, self._at_once)
        if self._started:
            self._lanes[name].open()

    def every(self, period: timedelta, name: str) -> None:
        """Run the named work with an empty key in every period, from the start on.

        Periods are kept by the event loop's clock: one that is set forward or back on the wall
        changes nothing. The first run does not wait for a period to pass: daily work would never
        run in a process that restarts twice a day. A second call for a name replaces its period.

        Raises:
            ValueError: nobody handles that name, or the period is not positive.
        """
        self._find(name)
        if period <= timedelta(0):
            raise ValueError(f"A period must be positive, not {period}")
        if not self._stopped:
            self._periods.add(name, period.total_seconds())

    def trigger(self, name: str, key: str = "") -> None:
        """Run the named work for the key soon: at most one running and one waiting for each key.

        Before the start it waits for it; after the stop it does nothing.

        Raises:
            ValueError: nobody handles that name.
        """
        lanes = self._find(name)
        if not self._stopped:
            lanes.trigger(key)

    def health(self) -> tuple[WorkHealth, ...]:
        """Tell how each name's work is doing, in the order of registration."""
        return tuple(lanes.health() for lanes in self._lanes.values())

    def start(self) -> None:
        """Begin to run work on the running event loop."""
        self._started = True
        for lanes in self._lanes.values():
            lanes.open()
        self._periods.start()

    async def stop(self, grace: float) -> None:
        """Begin no more work, give running work ``grace`` seconds to end, then cancel the rest.

        Returns when all of it has ended; what only waited is dropped.
        """
        self._stopped = True
        self._periods.stop()
        running = [task for lanes in self._lanes.values() for task in lanes.close()]
        try:
            if running:
                await asyncio.wait(running, timeout=grace)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _find(self, name: str) -> _Lanes:
        if name not in self._lanes:
            raise ValueError(f"Nothing handles work named {name!r}")
        return self._lanes[name]


class _Lanes:
    """The keys of one name: which run, which wait and which fail."""

    def __init__(self, name: str, label: str, work: Work, at_once: int) -> None:
        self._name = name
        self._label = label
        self._work = work
        self._at_once = at_once
        self._open = False
        self._running: dict[str, asyncio.Task[None]] = {}
        # A plain dict finds its first key ever more slowly while keys are taken from its front.
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._again: set[str] = set()
        self._failures: dict[str, _Failure] = {}
        """The key that has failed the longest comes first."""
        self._succeeded_at: datetime | None = None

    def open(self) -> None:
        self._open = True
        self._fill()

    def close(self) -> list[asyncio.Task[None]]:
        """Begin nothing more, forget what waits, and return what runs."""
        self._open = False
        self._waiting.clear()
        self._again.clear()
        return list(self._running.values())

    def trigger(self, key: str) -> None:
        if key in self._running:
            self._again.add(key)
        else:
            self._waiting[key] = None
            self._fill()

    def health(self) -> WorkHealth:
        longest = next(iter(self._failures.values()), None)
        return WorkHealth(
            name=self._name,
            label=self._label,
            running=len(self._running),
            waiting=len(self._waiting) + len(self._again),
            failing=len(self._failures),
            failures=longest.runs if longest else 0,
            failing_for=timedelta(seconds=monotonic() - longest.since if longest else 0),
            why=longest.why if longest else "",
            succeeded_at=self._succeeded_at,
        )

    def _fill(self) -> None:
        while self._open and self._waiting and len(self._running) < self._at_once:
            key, _ = self._waiting.popitem(last=False)
            self._begin(key)

    def _begin(self, key: str) -> None:
        # A fresh context, else log lines of the work would carry what the trigger bound to its own.
        context = Context()
        task = asyncio.get_running_loop().create_task(self._run(key), context=context)
        task.add_done_callback(partial(self._ended, key), context=context)
        self._running[key] = task

    async def _run(self, key: str) -> None:
        await self._work(key)

    def _ended(self, key: str, task: asyncio.Task[None]) -> None:
        """Judge a run, whatever it raised, and make room for the next."""
        del self._running[key]
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        if error is None:
            self._succeeded(key)
        elif task.cancelled() and not self._open:
            log.warning("work was cut off by the stop", name=self._name, key=key)
        else:
            self._failed(key, error)
        if key in self._again:
            self._again.remove(key)
            self._waiting[key] = None
        self._fill()

    def _succeeded(self, key: str) -> None:
        self._succeeded_at = datetime.now(UTC)
        failure = self._failures.pop(key, None)
        if failure is not None:
            log.info("work succeeds again", name=self._name, key=key, failures=failure.runs)

    def _failed(self, key: str, error: BaseException) -> None:
        """Log only the first failure in a row: work that runs each second would fill the disk."""
        failure = self._failures.setdefault(key, _Failure(monotonic()))
        failure.why = _in_words(error)
        failure.runs += 1
        if failure.runs == 1:
            log.error("work failed", name=self._name, key=key, exc_info=error)


def _in_words(error: BaseException) -> str:
    """Say why a run failed. What other errors say is for the log: it may hold anything."""
    if isinstance(error, BrandwardenError):
        return str(error)
    return "something went wrong"
