"""All documents by table and key, as bytes, and each change to them in the log first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tinydb.storages import Storage

from adapters.storage.changes import change_to, changes_in, note, note_pack, restore
from adapters.storage.codec import encode
from adapters.storage.held import Cold, Held, Warm
from adapters.storage.lines import AROUND
from adapters.storage.log import open_log
from adapters.storage.packs import is_pack
from adapters.storage.rewriting import Rewriting
from bot.errors import StoreError

Watcher = Callable[[str, bytes | None, bytes | None], None]
"""Is told of each change: the key, what was there and what comes in its place."""

Done = Mapping[tuple[str, str], tuple[bytes | None, bytes | None]]
"""What a transaction did, by table and key: what was there, and what came in its place."""


class LogStorage(Storage):
    """TinyDB's storage over a log. Tables change it one document at a time, inside `atomic`."""

    def __init__(
        self, path: Path, cold: Collection[str] = (), packed: Collection[str] = ()
    ) -> None:
        """Open or create the log and read all of it. Blocks.

        Documents of the ``cold`` tables stay in the log and are read when they are asked for. A
        compaction puts those of the ``packed`` ones into packs; they are cold too.

        Raises:
            StoreLocked: another process has a log in this folder open.
            StoreError: a line in the middle is damaged, or the disk refuses.
        """
        self._cold = frozenset({*cold, *packed})
        self._packed = frozenset(packed)
        self._tables: dict[str, Held] = {}
        self._replayed = 0
        self._watchers: dict[str, Watcher] = {}
        self._before: dict[tuple[str, str], bytes | None] | None = None
        self._unsettled: deque[tuple[int, Done]] = deque()
        self._log = open_log(path, self._replay)
        for table in self._tables.values():
            table.replayed()

    def _replay(self, payload: bytes) -> None:
        if is_pack(payload):
            note_pack(payload, self._replayed, self.table)
        else:
            restore(changes_in(payload), payload, self._replayed, self.table)
        self._replayed += len(payload) + AROUND

    def table(self, name: str) -> Held:
        """Return the documents of a table as they are now and will be: not a copy."""
        held = self._tables.get(name)
        if held is None:
            held = Cold(name, self._read) if name in self._cold else Warm()
            self._tables[name] = held
        return held

    def _read(self, offset: int, length: int) -> bytes:
        return self._log.read(offset, length)

    def watch(self, table: str, watcher: Watcher) -> None:
        """Tell the watcher of each change to the table, before it is made and if it is undone.

        An error that it raises stops the change.
        """
        self._watchers[table] = watcher

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Make all changes inside the block one line of the log, or none; see `LogDB.atomic`."""
        if self._before is not None:
            yield
            return
        self._before = {}
        try:
            with ExitStack() as undo:
                undo.callback(self._give_up, self._before)
                yield
                self._write(self._before)
                undo.pop_all()
        finally:
            self._before = None

    def change(self, table: str, key: str, after: bytes | None) -> None:
        """Put a document in the place of what is there, or remove it; inside `atomic` only."""
        if self._before is None:
            message = "A document may be changed only inside atomic()."
            raise RuntimeError(message)
        before = self.table(table).get(key)
        if before == after:
            return
        self._tell(table, key, before, after)
        self._before.setdefault((table, key), before)
        self._set(table, key, after)

    def _tell(self, table: str, key: str, before: bytes | None, after: bytes | None) -> None:
        watcher = self._watchers.get(table)
        if watcher is not None:
            watcher(key, before, after)

    def _set(self, table: str, key: str, after: bytes | None) -> None:
        if after is None:
            self.table(table).drop(key)
        else:
            self.table(table).hold(key, after)

    def _write(self, before: Mapping[tuple[str, str], bytes | None]) -> None:
        done = self._done(before)
        if not done:
            return
        changes = [change_to(table, key, new) for (table, key), (_, new) in done.items()]
        payload, line = encode(changes), self._log.size
        self._log.append(payload)
        note(changes, payload, line, self.table)
        self._unsettled.append((self._log.appended, done))

    def _done(self, before: Mapping[tuple[str, str], bytes | None]) -> Done:
        """Return what was changed; a cold document that was is not in the log yet."""
        done = {}
        for (table, key), old in before.items():
            new = self._tables[table].get(key)
            if new != old:
                done[table, key] = old, new
        return done

    def _give_up(self, before: Mapping[tuple[str, str], bytes | None]) -> None:
        self._undo(self._done(before))

    def _undo(self, done: Done) -> None:
        """Put back what was there, without asking the disk: it may be what failed."""
        for (table, key), (old, new) in done.items():
            self._tell(table, key, new, old)
            self._set(table, key, old)

    async def durable(self) -> None:
        """Wait until every change so far would survive a crash.

        Raises:
            StoreError: the disk failed; what it may not have is taken back.
        """
        try:
            await self._log.durable()
        except StoreError:
            self._take_back()
            raise
        while self._unsettled and self._unsettled[0][0] <= self._log.settled:
            self._unsettled.popleft()

    def _take_back(self) -> None:
        """Undo what the disk may not have, the newest first: nobody may conclude from it."""
        while self._unsettled:
            line, done = self._unsettled.pop()
            if line > self._log.settled:
                self._undo(done)

    @property
    def dead(self) -> bool:
        """Tell whether the disk failed so that nothing more is taken."""
        return self._log.dead

    @property
    def size(self) -> int:
        """The length of the log in bytes."""
        return self._log.size

    @property
    def live(self) -> int:
        """About how many bytes the log would have if it held each document once."""
        return sum(table.live for table in self._tables.values())

    async def compact(self) -> None:
        """Write the log anew with each document once, while other work goes on.

        Raises:
            StoreError: the disk refused; the log stays as it is.
        """
        rewriting = Rewriting(self._tables, self._packed, self._read)
        try:
            await self._log.compact(rewriting.payloads(), rewriting.exchanged)
        finally:
            rewriting.end()

    def read(self) -> dict[str, Mapping[str, bytes]]:  # type: ignore[override]  # for the names
        """Return the tables that hold anything: TinyDB asks only for their names."""
        return {name: documents for name, documents in self._tables.items() if documents}

    def write(self, data: object) -> None:
        """Refuse: tables write their own documents.

        Raises:
            StoreError: always.
        """
        message = f"Write documents to the log, not a whole database ({type(data).__name__})."
        raise StoreError(message)

    def close(self) -> None:
        """Make all of it durable and let go of the file and the folder. Blocks."""
        self._log.close()
