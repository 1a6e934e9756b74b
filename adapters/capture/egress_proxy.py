"""The gate: a proxy on this machine that is the browser's only way out.

Whatever a page tries (a frame, a redirect, a socket, a worker, a download), it has to pass here,
and the gate opens connections to nothing but what the guard allows. A name is resolved here, once,
and the address that was looked at is the one that is connected to: a public name that leads into a
private network is refused. What is encrypted stays so between browser and shop.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from adapters.capture.url_policy import Guard, public

HOST = "127.0.0.1"
LARGEST_HEAD = 64 * 1024
PIECE = 64 * 1024
PATIENCE = 15.0
"""Seconds to say what is wanted, and to reach it."""

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Refused(Exception):
    """The guard does not allow this."""


class Gate:
    """Serves as long as its block lasts, at ``address``."""

    def __init__(self, guard: Guard, most: int) -> None:
        """Let through what the guard allows, at most so many bytes until ``renew``."""
        self._guard = guard
        self._most = most
        self._left = most
        self.address = ""
        """Where it serves, once it does."""
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    def renew(self) -> None:
        """Begin to count the bytes anew."""
        self._left = self._most

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, HOST, limit=LARGEST_HEAD)
        self.address = f"http://{HOST}:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)

        def done(task: asyncio.Task[None]) -> None:
            self._serving.discard(task)
            writer.close()

        task.add_done_callback(done)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lead one connection through, or end it without a word."""
        try:
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                onward = await self._through(head, writer)
        except (
            OSError,
            ValueError,
            TimeoutError,
            Refused,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ):
            return
        await self._exchange((reader, writer), onward)

    async def _through(self, head: bytes, back: asyncio.StreamWriter) -> Streams:
        """Open the connection that the head of a request asks for, and begin it."""
        line, *fields = head.decode("latin-1").split("\r\n")
        method, target, _ = line.split(" ")
        if method == "CONNECT":
            onward = await self._tunnel(target)
            back.write(b"HTTP/1.1 200 OK\r\n\r\n")
            return onward
        if not self._guard.simulated(target):
            raise Refused
        parts = urlsplit(target)
        onward = await asyncio.open_connection(HOST, parts.port)
        onward[1].write(_request(method, target, fields).encode("latin-1"))
        return onward

    async def _tunnel(self, target: str) -> Streams:
        host, _, port = target.rpartition(":")
        if not self._guard.tunnel(host, int(port)):
            raise Refused
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)
        addresses = public(dict.fromkeys(str(where[0]) for *_, where in found))
        if not addresses:
            raise Refused
        return await _first(addresses, int(port))

    async def _exchange(self, here: Streams, there: Streams) -> None:
        """Carry bytes both ways until one side ends."""
        ways = {
            asyncio.create_task(self._carry(here[0], there[1], received=False)),
            asyncio.create_task(self._carry(there[0], here[1], received=True)),
        }
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            there[1].close()

    async def _carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, received: bool
    ) -> None:
        try:
            while (piece := await source.read(PIECE)) and self._left > 0:
                self._left -= len(piece) if received else 0
                sink.write(piece)
                await sink.drain()
        except OSError:
            return


async def _first(addresses: Sequence[str], port: int) -> Streams:
    """Connect to the first address that answers. Raises OSError when none does."""
    for address in addresses[:-1]:
        try:
            return await asyncio.open_connection(address, port)
        except OSError:
            continue
    return await asyncio.open_connection(addresses[-1], port)


def _request(method: str, target: str, fields: Sequence[str]) -> str:
    """Return the request's head for the server itself; the connection serves this request only."""
    parts = urlsplit(target)
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    dropped = ("proxy-", "connection:", "keep-alive:", "host:", "upgrade:")
    kept = [field for field in fields if field and not field.lower().startswith(dropped)]
    own = [f"Host: {parts.netloc}", "Connection: close"]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *own, *kept, "", ""])
