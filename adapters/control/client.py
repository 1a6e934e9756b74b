"""The side of a command: asks the running process, if there is one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TypeVar

import msgspec

from adapters.control.operations import (
    LARGEST,
    LINE_END,
    Answered,
    Asked,
    Operation,
    Outcome,
    Refused,
)
from bot.errors import BrandwardenError, UserError

Q = TypeVar("Q", bound=msgspec.Struct)
A = TypeVar("A", bound=msgspec.Struct)

PATIENCE = 90.0
"""Seconds for an answer: more than the other side takes for one."""
OTHER_VERSION = "The running Brandwarden is a different version. Restart it, then try again."
BROKE_OFF = (
    "The running Brandwarden stopped answering. Changes that it saved are kept. Check that it is "
    "running, then repeat the command."
)


class Client:
    """Asks the process behind the socket, over a connection for each question."""

    def __init__(self, path: Path) -> None:
        """Ask at the socket."""
        self._path = path

    async def ask(self, operation: Operation[Q, A], question: Q) -> A:
        """Return the answer.

        Raises:
            UserError: it refused, with the reason; or it does not know the operation.
            BrandwardenError: it stopped answering.
        """
        asked = Asked(operation.name, msgspec.Raw(msgspec.json.encode(question)))
        try:
            async with asyncio.timeout(PATIENCE):
                line = await self._exchange(msgspec.json.encode(asked) + LINE_END)
        except (OSError, EOFError, asyncio.LimitOverrunError) as error:
            raise BrandwardenError(BROKE_OFF) from error
        try:
            outcome = msgspec.json.decode(line, type=Outcome)
            if isinstance(outcome, Answered):
                return msgspec.json.decode(outcome.answer, type=operation.answer)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise UserError(OTHER_VERSION) from error
        raise UserError(outcome.why if isinstance(outcome, Refused) else OTHER_VERSION)

    async def _exchange(self, line: bytes) -> bytes:
        reader, writer = await asyncio.open_unix_connection(self._path, limit=LARGEST)
        try:
            writer.write(line)
            await writer.drain()
            return await reader.readuntil(LINE_END)
        finally:
            writer.close()


async def running(path: Path) -> Client | None:
    """Return the process that listens at the socket; None where none does."""
    try:
        _, writer = await asyncio.open_unix_connection(path)
    except OSError:
        # There is no socket, or what a killed process left, which refuses.
        return None
    writer.close()
    return Client(path)
