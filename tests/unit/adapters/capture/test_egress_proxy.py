"""The browser's only way out, over real sockets."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from adapters.capture.egress_proxy import LARGEST_HEAD, Gate
from adapters.capture.url_policy import Guard
from tests.patience import PATIENCE

HOST = "127.0.0.1"
ANSWER = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1000


@asynccontextmanager
async def gated(most: int = 10_000) -> AsyncIterator[tuple[Gate, str, list[bytes]]]:
    """A gate that allows one simulated marketplace; what reaches that one is noted."""
    heads: list[bytes] = []
    staying: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(ANSWER)
        if b"/stay" in heads[-1]:
            staying.append(writer)
        else:
            writer.close()

    server = await asyncio.start_server(serve, HOST)
    base = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    async with Gate(Guard(base), most) as gate:
        yield gate, base, heads
    for writer in staying:
        writer.close()
    server.close()


async def ask(gate: Gate, request: str) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, urlsplit(gate.address).port)
    try:
        writer.write(request.encode("latin-1"))
        async with asyncio.timeout(PATIENCE):
            return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_a_request_to_the_simulated_marketplace_passes_as_its_own() -> None:
    async with gated() as (gate, base, heads):
        fields = "Host: evil.example\r\nProxy-Authorization: x\r\nConnection: keep-alive\r\nA: b"
        answer = await ask(gate, f"GET {base}/dp/X?m=Y HTTP/1.1\r\n{fields}\r\n\r\n")
        assert answer == ANSWER
        host = base.removeprefix("http://")
        own = f"GET /dp/X?m=Y HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nA: b\r\n\r\n"
        assert heads == [own.encode()]


@pytest.mark.parametrize(
    "request_line",
    [
        "CONNECT {authority} HTTP/1.1",
        "CONNECT 127.0.0.1:443 HTTP/1.1",
        "CONNECT evil.example:443 HTTP/1.1",
        "CONNECT www.amazon.com:80 HTTP/1.1",
        "CONNECT www.amazon.com HTTP/1.1",
        "GET http://127.0.0.1:1/ HTTP/1.1",
        "GET http://www.amazon.com/ HTTP/1.1",
        "GET / HTTP/1.1",
        "nonsense",
        "GET {base}/" + "x" * LARGEST_HEAD + " HTTP/1.1",
    ],
)
async def test_everything_else_ends_without_a_word(request_line: str) -> None:
    async with gated() as (gate, base, heads):
        line = request_line.format(base=base, authority=base.removeprefix("http://"))
        assert await ask(gate, f"{line}\r\nHost: {base}\r\n\r\n") == b""
        assert heads == []


async def test_a_public_name_that_leads_into_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOST, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
    async with Gate(Guard(), 10_000) as gate:
        reader, writer = await asyncio.open_connection(sock=_connected(gate))
        writer.write(b"CONNECT www.amazon.com:443 HTTP/1.1\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
    assert asked == ["www.amazon.com"]


def _connected(gate: Gate) -> socket.socket:
    """Connect without the loop, whose resolver is replaced."""
    return socket.create_connection((HOST, urlsplit(gate.address).port or 0))


async def test_one_capture_receives_no_more_than_its_share() -> None:
    async with gated(most=1500) as (gate, base, _):
        request = f"GET {base}/ HTTP/1.1\r\n\r\n"
        assert await ask(gate, request) == ANSWER
        assert await ask(gate, request) == ANSWER
        assert await ask(gate, request) == b""
        gate.renew()
        assert await ask(gate, request) == ANSWER


async def test_the_gate_ends_with_its_block() -> None:
    async with gated() as (gate, base, _):
        reader, writer = await asyncio.open_connection(HOST, urlsplit(gate.address).port)
        writer.write(f"GET {base}/stay HTTP/1.1\r\n\r\n".encode())
        await reader.readexactly(len(ANSWER))
    assert await reader.read() == b""
    writer.close()
