"""The control socket, from one end to the other: questions, answers, refusals, what is left."""

from __future__ import annotations

import asyncio
import os
import socket
import stat
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.control import server
from adapters.control.client import BROKE_OFF, OTHER_VERSION, Client, running
from adapters.control.operations import LARGEST, SOCKET, Operation, Operations
from adapters.control.server import BUSY, MOST, TOO_LONG, listening
from bot.errors import BrandwardenError, UserError
from tests.patience import PATIENCE


class Say(msgspec.Struct, frozen=True):
    text: str


class Number(msgspec.Struct, frozen=True):
    number: int


ECHO = Operation("echo", Say, Say)
REFUSE = Operation("refuse", Say, Say)
BREAK = Operation("break", Say, Say)
HANG = Operation("hang", Say, Say)
NEWER = Operation("newer", Say, Say)
ECHO_OF_NUMBERS = Operation("echo", Number, Say)
NUMBERS_FROM_ECHO = Operation("echo", Say, Number)


async def echo(question: Say) -> Say:
    return question


async def refuse(question: Say) -> Say:
    raise UserError(question.text)


async def broken(question: Say) -> Say:
    raise LookupError(question.text)


async def hang(question: Say) -> Say:
    await asyncio.Event().wait()
    return question


def open_at(path: Path) -> AbstractAsyncContextManager[str]:
    known = Operations()
    known.add(ECHO, echo)
    known.add(REFUSE, refuse)
    known.add(BREAK, broken)
    known.add(HANG, hang)
    return listening(path, known)


async def said(path: Path, text: str) -> str:
    client = await running(path)
    assert client is not None
    return (await client.ask(ECHO, Say(text))).text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
async def test_whatever_is_said_comes_back(tmp_path: Path, text: str) -> None:
    async with open_at(tmp_path / SOCKET) as why:
        assert why == ""
        assert await said(tmp_path / SOCKET, text) == text


async def test_a_large_answer_comes_whole(tmp_path: Path) -> None:
    text = "\u2028\x85\n" * 200_000
    async with open_at(tmp_path / SOCKET):
        assert await said(tmp_path / SOCKET, text) == text


async def test_a_refusal_comes_with_its_words(tmp_path: Path) -> None:
    async with open_at(tmp_path / SOCKET):
        with pytest.raises(UserError, match=r"Not tonight\."):
            await Client(tmp_path / SOCKET).ask(REFUSE, Say("Not tonight."))


async def test_what_breaks_is_no_answer_and_the_next_question_is_answered(tmp_path: Path) -> None:
    async with open_at(tmp_path / SOCKET):
        with pytest.raises(BrandwardenError) as caught:
            await Client(tmp_path / SOCKET).ask(BREAK, Say("x"))
        assert str(caught.value) == BROKE_OFF
        assert await said(tmp_path / SOCKET, "hello") == "hello"


@pytest.mark.parametrize("operation", [NEWER, NUMBERS_FROM_ECHO])
async def test_another_version_is_told(
    tmp_path: Path, operation: Operation[Say, msgspec.Struct]
) -> None:
    async with open_at(tmp_path / SOCKET):
        with pytest.raises(UserError) as caught:
            await Client(tmp_path / SOCKET).ask(operation, Say("hello"))
        assert str(caught.value) == OTHER_VERSION


async def test_a_question_of_another_version_is_told(tmp_path: Path) -> None:
    async with open_at(tmp_path / SOCKET):
        with pytest.raises(UserError) as caught:
            await Client(tmp_path / SOCKET).ask(ECHO_OF_NUMBERS, Number(1))
        assert str(caught.value) == OTHER_VERSION


async def test_one_that_takes_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.05)
    async with open_at(tmp_path / SOCKET):
        with pytest.raises(UserError) as caught:
            await Client(tmp_path / SOCKET).ask(HANG, Say("x"))
        assert str(caught.value) == TOO_LONG


async def exchanged(path: Path, *pieces: bytes) -> bytes:
    reader, writer = await asyncio.open_unix_connection(path)
    try:
        for piece in pieces:
            writer.write(piece)
        writer.write_eof()
        return await asyncio.wait_for(reader.read(), PATIENCE)
    except OSError:
        return b""
    finally:
        writer.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(line=st.binary() | st.sampled_from([b'{"name":"echo","question":{"text":"\xff"}}', b"{}"]))
async def test_what_makes_no_sense_is_refused_and_the_next_question_is_answered(
    tmp_path: Path, line: bytes
) -> None:
    async with open_at(tmp_path / SOCKET):
        assert await exchanged(tmp_path / SOCKET, line.replace(b"\n", b"") + b"\n") == (
            b'{"type":"Unknown"}\n'
        )
        assert await exchanged(tmp_path / SOCKET, line.replace(b"\n", b"")) == b""
        assert await said(tmp_path / SOCKET, "hello") == "hello"


async def test_a_question_without_end_is_not_read_to_it(tmp_path: Path) -> None:
    async with open_at(tmp_path / SOCKET):
        with pytest.raises(BrandwardenError):
            await Client(tmp_path / SOCKET).ask(ECHO, Say("x" * 8 * LARGEST))
        assert await said(tmp_path / SOCKET, "hello") == "hello"


async def test_so_many_connections_are_held_and_those_that_say_nothing_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.5)
    async with open_at(tmp_path / SOCKET):
        idle = [await asyncio.open_unix_connection(tmp_path / SOCKET) for _ in range(MOST)]
        with pytest.raises(UserError) as caught:
            await said(tmp_path / SOCKET, "hello")
        assert str(caught.value) == BUSY
        for reader, _ in idle:
            assert TOO_LONG.encode() in await asyncio.wait_for(reader.read(), PATIENCE)
        assert await said(tmp_path / SOCKET, "hello") == "hello"
        for _, writer in idle:
            writer.close()


async def test_the_end_waits_for_no_question(tmp_path: Path) -> None:
    async with open_at(tmp_path / SOCKET):
        asking = asyncio.create_task(Client(tmp_path / SOCKET).ask(HANG, Say("x")))
        reader, silent = await asyncio.open_unix_connection(tmp_path / SOCKET)
        # They are taken in their order.
        await said(tmp_path / SOCKET, "hello")
    with pytest.raises(BrandwardenError) as caught:
        await asyncio.wait_for(asking, PATIENCE)
    assert str(caught.value) == BROKE_OFF
    with suppress(OSError):
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
    silent.close()


async def test_this_user_alone_may_open_it_and_it_goes_with_the_process(tmp_path: Path) -> None:
    path = tmp_path / SOCKET
    before = os.umask(0)
    try:
        async with open_at(path):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(before)
    assert not path.exists()
    assert await running(path) is None


async def test_what_a_killed_process_left_is_nobody_and_makes_room(tmp_path: Path) -> None:
    path = tmp_path / SOCKET
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    assert await running(path) is None
    async with open_at(path):
        assert await said(path, "hello") == "hello"


@pytest.mark.parametrize(
    ("name", "why"), [("x" * 150, "path too long"), ("file", "in use"), ("none/here", "No such")]
)
async def test_where_no_socket_can_be_the_program_goes_on_and_is_told_why(
    tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "file").write_text("not ours")
    async with open_at(tmp_path / name) as told:
        assert why in told
        assert await running(tmp_path / name) is None
    assert (tmp_path / "file").read_text() == "not ours"
