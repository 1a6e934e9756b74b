"""The side of the running process: a Unix socket that this user alone may open.

The file's mode is the whole permission: whoever may read the data may also have it changed.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from adapters.control.operations import (
    LARGEST,
    LINE_END,
    Answered,
    Asked,
    Operations,
    Outcome,
    Refused,
    Unknown,
)
from bot.errors import BrandwardenError

MOST = 16
"""Connections at one time; a command has one."""
PATIENCE = 60.0
"""Seconds that a connection has for question and answer, whether it says anything or not."""
BUSY = "The running Brandwarden is busy with other commands. Try again in a minute."
TOO_LONG = "The running Brandwarden took too long. Try again in a minute."


@asynccontextmanager
async def listening(path: Path, operations: Operations) -> AsyncIterator[str]:
    """Answer operations at the socket as long as the block lasts.

    Call it only while this process holds the data: what another left at the path is removed. Gives
    why there can be no socket; empty where there is one.
    """
    try:
        bound = _bound(path)
    except OSError as error:
        # A path of more than about 100 bytes is one reason, and has no number of its own.
        yield error.strerror or str(error)
        return
    connections = _Connections(operations)
    server = await asyncio.start_unix_server(
        connections.take, sock=bound, limit=LARGEST, backlog=MOST
    )
    try:
        yield ""
    finally:
        _remove(path)
        server.close()
        await connections.close()


def _bound(path: Path) -> socket.socket:
    """Return a socket at the path that does not listen yet, so that its mode is set in time."""
    bound = socket.socket(socket.AF_UNIX)
    try:
        if path.is_socket():
            path.unlink()
        bound.bind(str(path))
        path.chmod(0o600)
    except OSError:
        bound.close()
        raise
    return bound


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


class _Connections:
    """What is being asked."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._open: set[asyncio.Task[None]] = set()
        self._closed = False

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the one question of a connection, however little of it comes."""
        if self._closed:
            writer.close()
            return
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine that runs is one of a task
        full = len(self._open) >= MOST
        self._open.add(task)
        try:
            outcome = Refused(BUSY) if full else await self._answer(reader)
            writer.write(msgspec.json.encode(outcome) + LINE_END)
            async with asyncio.timeout(PATIENCE):
                await writer.drain()
        except (OSError, EOFError):
            # Whoever asked is gone, only looked whether anybody listens, or reads nothing.
            return
        finally:
            self._open.discard(task)
            writer.close()

    async def close(self) -> None:
        """Break off what is being asked, and take nothing more; it can be asked again."""
        self._closed = True
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _answer(self, reader: asyncio.StreamReader) -> Outcome:
        """Return what comes of the question. Raises EOFError where none comes to its end."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._outcome(await reader.readuntil(LINE_END))
        except asyncio.LimitOverrunError:
            return Unknown()
        except TimeoutError:
            return Refused(TOO_LONG)

    async def _outcome(self, line: bytes) -> Outcome:
        try:
            asked = msgspec.json.decode(line, type=Asked)
            found = self._operations.find(asked.name)
            if found is None:
                return Unknown()
            operation, handler = found
            question = msgspec.json.decode(asked.question, type=operation.question)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return Unknown()
        try:
            return Answered(msgspec.Raw(msgspec.json.encode(await handler(question))))
        except BrandwardenError as error:
            return Refused(str(error))
