"""What changed, told at once to every open page, and again to a page that missed it."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from adapters.web.messages import WebMessage

WAITING = 100
"""Changes that may wait for a slow page before it is dropped."""
KEPT = 2 * WAITING
"""Changes that a page may miss, having been dropped, and still catch up on one by one."""
PAGES = 50

_CURSOR = re.compile(r"([0-9a-f]+)-([0-9]{1,15})")


class Crowded(Exception):
    """Too many pages are open."""


class Change(msgspec.Struct, frozen=True):
    """A message was posted (``new``) or looks different now."""

    message: WebMessage
    new: bool


class Event(msgspec.Struct, frozen=True):
    """A change under its cursor; without a change the page must read everything again."""

    cursor: str
    change: Change | None


class Listener:
    """One open page: what it missed, and then what happens."""

    def __init__(self, missed: Sequence[Event]) -> None:
        """Take what comes first."""
        self._missed = deque(missed)
        self._coming: asyncio.Queue[Event | None] = asyncio.Queue(WAITING)

    async def next(self) -> Event | None:
        """Wait for the next event; None is the end: the page connects again."""
        if self._missed:
            return self._missed.popleft()
        return await self._coming.get()

    def push(self, event: Event) -> bool:
        """Queue an event; False if the page is too slow, and then it ends here."""
        if self._coming.full():
            self.end()
            return False
        self._coming.put_nowait(event)
        return True

    def end(self) -> None:
        """Let the page go. What waits is dropped, so that it catches up without a gap."""
        while not self._coming.empty():
            self._coming.get_nowait()
        self._coming.put_nowait(None)


class Live:
    """Numbers the changes of this run of the program and hands them to the open pages."""

    def __init__(self, kept: int = KEPT, pages: int = PAGES) -> None:
        """Keep the last ``kept`` changes for at most ``pages`` open pages."""
        self._run = secrets.token_hex(4)
        self._number = 0
        self._recent: deque[Event] = deque(maxlen=kept)
        self._listeners: set[Listener] = set()
        self._pages = pages

    @property
    def cursor(self) -> str:
        """Where the stream of changes stands now."""
        return f"{self._run}-{self._number}"

    def publish(self, change: Change) -> None:
        """Tell every open page."""
        self._number += 1
        event = Event(self.cursor, change)
        self._recent.append(event)
        self._listeners = {listener for listener in self._listeners if listener.push(event)}

    @contextmanager
    def listen(self, after: str) -> Iterator[Listener]:
        """Open a page that knows everything up to the cursor ``after``.

        Raises:
            Crowded: too many are open.
        """
        if len(self._listeners) >= self._pages:
            raise Crowded
        listener = Listener(self._missed(after))
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """Let all open pages go."""
        for listener in self._listeners:
            listener.end()
        self._listeners.clear()

    def _missed(self, after: str) -> list[Event]:
        known = _CURSOR.fullmatch(after)
        missing = self._number - int(known[2]) if known and known[1] == self._run else -1
        if not 0 <= missing <= len(self._recent):
            return [Event(self.cursor, None)]
        return list(self._recent)[len(self._recent) - missing :]
