"""The wire to the Parley server: a JSON object a line, calls out and happenings in."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import msgspec

from bot.errors import ChatError, MessageGone, NotConnected

Json = dict[str, Any]
Hear = Callable[[Json], Awaitable[None]]

LINE = 1 << 24
"""Bytes of a line: a file of 10 MB has 14 MB in Base64."""
PATIENCE = 10.0
"""Seconds that a connection, or an answer, may take."""


class Wire:
    """One connection at a time. What waits for an answer when it breaks is told so."""

    def __init__(self, host: str, port: int, token: str) -> None:
        """Connect there with the token."""
        self._where = host, port
        self._token = token
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Json]] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._up = asyncio.Event()

    async def open(self) -> None:
        """Connect.

        Raises:
            OSError: the server is not to be reached.
            NotConnected: it does not take the token.
        """
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(*self._where, limit=LINE)
            self._streams = reader, writer
            self._send({"do": "hello", "token": self._token})
            if await reader.readline() != b"welcome\n":
                await self.close()
                cause = "The Parley server refuses BRANDWARDEN_PARLEY_TOKEN."
                raise NotConnected(cause, "Ask for a new token, and set it.")
        self._up.set()

    async def listen(self, hear: Hear) -> None:
        """Take what comes, until the connection ends."""
        if self._streams is None:
            return
        tasks: set[asyncio.Task[None]] = set()
        try:
            while line := await self._streams[0].readline():
                came = msgspec.json.decode(line, type=Json)
                if (waiting := self._waiting.pop(came.get("result", 0), None)) is not None:
                    waiting.set_result(came)
                elif "event" in came:
                    task = asyncio.ensure_future(hear(came))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
        except (OSError, ValueError):
            pass  # The line was cut or is none: another connection begins with a whole one.
        finally:
            await self.close()
            for task in tasks:
                task.cancel()

    async def call(self, **words: object) -> Json:
        """Have the server do something, and return its answer.

        Raises:
            MessageGone: what it is about was deleted.
            ChatError: it was refused, or nobody can tell.
        """
        number = next(self._numbers)
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            async with asyncio.timeout(PATIENCE):
                await self._up.wait()
                self._send({"call": number, **words})
                told = await answer
        except TimeoutError as error:
            message = "The Parley server does not answer."
            raise ChatError(message) from error
        finally:
            self._waiting.pop(number, None)
        match told.get("error"):
            case None:
                return told
            case "gone":
                raise MessageGone
            case error:
                message = f"The Parley server refuses: {str(error)[:100]}"
                raise ChatError(message, float(told.get("after", 0)) or None)

    def tell(self, **words: object) -> None:
        """Say something to which there is no answer; it is lost where there is no connection."""
        if self._up.is_set():
            self._send(words)

    async def close(self) -> None:
        """End the connection, if there is one."""
        self._up.clear()
        if self._streams is not None:
            self._streams[1].close()
            with suppress(OSError):
                await self._streams[1].wait_closed()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ChatError("The connection to Parley was lost."))

    def _send(self, words: Json) -> None:
        if self._streams is not None:
            self._streams[1].write(msgspec.json.encode(words) + b"\n")
