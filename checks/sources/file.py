"""Offers from a file of recorded snapshots, for replays and tests."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from bot.domain.offers import Snapshot, Watch, watch_key
from bot.errors import SourceError
from bot.ports import Reading

_read_snapshot = msgspec.json.Decoder(Snapshot).decode


class FileSource:
    """Snapshots as JSON, one a line in the order of time; each read gives each watch its next one.

    The file is read once, when the source is made. From a line that is no snapshot on nothing can
    be trusted: what stands before it is given out, and then every read says which line it is.
    """

    def __init__(self, path: Path, *, simulated: bool = True) -> None:
        """Read the file; if that fails, each reading will say so."""
        self.simulated = simulated
        self._next: defaultdict[str, deque[tuple[Snapshot, bytes]]] = defaultdict(deque)
        self._name = path.name
        self._fault = ""
        try:
            lines = path.read_bytes().splitlines()
        except OSError as error:
            self._fault = f"{path.name} could not be read: {error.strerror}."
            return
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                snapshot = _read_snapshot(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                self._fault = f"Line {number} of {path.name} is not a snapshot."
                return
            key = watch_key(snapshot.marketplace, snapshot.asin)
            self._next[key].append((snapshot, line))

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Give each watch its next snapshot, in the order of the watches; past the end an error."""
        return [self._reading(watch) for watch in watches]

    async def titles(self, asins: Iterable[str], code: str) -> dict[str, str]:  # noqa: ARG002 (the port's signature)
        """Return no titles: snapshots have none."""
        return {}

    def _reading(self, watch: Watch) -> Reading:
        snapshots = self._next[watch.key]
        if not snapshots:
            message = self._fault or f"{self._name} has no more snapshots of {watch.asin}."
            return Reading(watch, SourceError(message))
        snapshot, line = snapshots.popleft()
        return Reading(watch, snapshot, line)
