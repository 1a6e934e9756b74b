"""Packed answers: one layer of gzip and no more, bounded before it is unpacked."""

from __future__ import annotations

import asyncio
import functools
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from adapters.amazon.exchange import LARGEST_ANSWER, ask_amazon
from adapters.amazon.login import Login
from adapters.http.exchange import Answer
from bot.errors import SourceError
from tests.unit.adapters.amazon.conftest import CREDENTIALS

TEXT = b'{"responses": []}'
OTHER = "uses an unexpected compression"


@functools.cache
def bomb() -> bytes:
    return gzip.compress(bytes(20 * LARGEST_ANSWER), compresslevel=1)


@asynccontextmanager
async def serving(body: bytes, encoding: str) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Answer everything with the body, in the bytes that are given here."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        named = f"content-encoding: {encoding}\r\n" if encoding else ""
        head = f"HTTP/1.1 200 OK\r\n{named}content-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", asked


async def ask(body: bytes, encoding: str) -> Answer:
    async with serving(body, encoding) as (url, asked), httpx.AsyncClient() as http:
        answer = await ask_amazon(http, http.build_request("GET", url), 10)
        assert b"accept-encoding: gzip\r\n" in asked[0].lower()
        return answer


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("", bytes), ("identity", bytes), ("gzip", gzip.compress), (" GZip ", gzip.compress)],
)
async def test_plain_and_gzip_answers_are_read(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    assert (await ask(pack(TEXT), encoding)).body == TEXT


async def test_a_gzip_answer_as_large_as_allowed_is_read() -> None:
    whole = bytes(LARGEST_ANSWER)
    assert (await ask(gzip.compress(whole), "gzip")).body == whole


@pytest.mark.parametrize(
    ("make", "encoding", "words"),
    [
        (bomb, "gzip", "larger than 8,388,608 bytes"),
        (lambda: gzip.compress(bomb()), "gzip, gzip", OTHER),
        (
            lambda: gzip.compress(TEXT) + bytes(LARGEST_ANSWER),
            "gzip",
            "larger than 8,388,608 bytes",
        ),
        (lambda: TEXT, "deflate", OTHER),
        (lambda: TEXT, "br", OTHER),
        (lambda: TEXT, "identity, gzip", OTHER),
        (lambda: gzip.compress(TEXT)[:-9], "gzip", "cut off"),
        (lambda: TEXT, "gzip", "could not be decompressed"),
    ],
    ids=["bomb", "two layers", "trailer", "deflate", "br", "mixed", "cut", "not packed"],
)
async def test_a_bomb_or_anything_else_is_refused_in_little_memory(
    make: Callable[[], bytes], encoding: str, words: str
) -> None:
    body = make()
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match=words):
            await ask(body, encoding)
        assert tracemalloc.get_traced_memory()[1] < 6 * LARGEST_ANSWER
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("encoding", "words"), [("gzip", "larger than"), ("gzip, gzip", OTHER)])
async def test_a_bomb_for_a_login_is_refused(encoding: str, words: str) -> None:
    async with serving(bomb(), encoding) as (url, _), httpx.AsyncClient() as http:
        with pytest.raises(SourceError, match=words):
            await Login(http, url, CREDENTIALS, timeout=10).token()
