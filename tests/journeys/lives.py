"""Processes that are started, and killed: the product's own, and those that only live to die.

A parent imports everything once, so that a life begins at once. It obeys standard input: a word
forks a process that lives by it, and ``bury`` waits for its end. What a life says is one line each
on standard output, written in one piece.

``python -m tests.journeys.lives PACE WORDS`` is ``python -m bot WORDS`` with another pace in Slack.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import structlog

from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]

HURRIED = "tests.journeys.lives"
"""The module that is the product at another pace."""

log = structlog.get_logger(__name__)

Live = Callable[[str, int], Coroutine[None, None, None]]
"""Lives by a word; the number tells which life it is."""


def kills() -> int:
    """Return how often to kill, each kind of test: KILLS in the environment asks for more."""
    return int(os.environ.get("KILLS", "20"))


def time_for(kills: int) -> float:
    """Return the seconds that a test with so many kills may take; it takes less than a tenth."""
    return max(600.0, kills * 10.0)


async def start(
    folder: Path, *arguments: str, env: Mapping[str, str] = os.environ, pipes: int = DEVNULL
) -> Process:
    """Start ``python -m`` in a folder, where it leaves its log under its own name."""
    with (folder / f"{arguments[0]}.log").open("ab") as stderr:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *arguments),
            env={**env, "PYTHONPATH": str(ROOT)},
            cwd=folder,
            stdin=pipes,
            stdout=pipes,
            stderr=stderr,
        )


class Parent:
    """The parent of all that are killed, as the test sees it."""

    def __init__(self, process: Process, note: Callable[[list[str]], None]) -> None:
        self._process = process
        self._note = note
        """Hears what the living say."""

    async def born(self, word: str = "live") -> int:
        """Let a process live by the word, and return its id."""
        await self._order(word)
        return await self._hear("born")

    async def die(self, pid: int) -> None:
        """Kill the process, and wait until it is gone."""
        os.kill(pid, signal.SIGKILL)
        await self.killed()

    async def killed(self) -> None:
        """Wait until a process that was killed is gone."""
        assert await self._buried() == -signal.SIGKILL, "it ended by itself: see the log"

    async def drain(self) -> None:
        """Let a process do what is left to do, and end."""
        await self.work("drain")

    async def work(self, word: str) -> None:
        """Let a process live by a word that ends."""
        await self.born(word)
        assert await self._buried() == 0, "it did not end well: see the log"

    async def _buried(self) -> int:
        await self._order("bury")
        return await self._hear("buried")

    async def _order(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n".encode())
        await self._process.stdin.drain()

    async def _hear(self, word: str) -> int:
        """Read lines until one begins with the word; return the number that follows it."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := await self._process.stdout.readline():
                words = line.decode().split()
                if words[0] == word:
                    return int(words[1])
                self._note(words)
        raise AssertionError("the parent ended: see the log")


def _unheard(words: list[str]) -> None:
    raise AssertionError(f"nobody asked for it: {words}")


@asynccontextmanager
async def parent(
    folder: Path, *arguments: str, note: Callable[[list[str]], None] = _unheard
) -> AsyncIterator[Parent]:
    """Start a module that obeys."""
    process = await start(folder, *arguments, pipes=PIPE)
    try:
        yield Parent(process, note)
    finally:
        # With its input closed it kills what still lives, and ends.
        await process.communicate(b"")


def say(line: str) -> None:
    """Tell the test something."""
    os.write(1, f"{line}\n".encode())


def obey(live: Live) -> None:
    """Be the parent."""
    from checks.checklists import shipped

    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    # The first request would import it, and the first house read them, in every life again.
    import_module("anyio._backends._asyncio")
    shipped()
    life = 0
    while word := sys.stdin.readline().strip():
        life += 1
        child = os.fork()
        if child == 0:
            _live_and_exit(live, word, life)
        say(f"born {child}")
        if sys.stdin.readline().strip() != "bury":
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        say(f"buried {os.waitstatus_to_exitcode(status)}")


def _live_and_exit(live: Live, word: str, life: int) -> NoReturn:
    code = 1
    try:
        asyncio.run(live(word, life))
        code = 0
    except Exception:
        log.exception("it ended by itself")
    finally:
        os._exit(code)


def hurry() -> None:
    """Be the product, which lets so many seconds pass between two posts in Slack.

    Nor does it say of anything that it takes long, which only a busy machine is the reason of here.
    """
    from adapters.discord import answers
    from adapters.slack import listener, outbound
    from bot.__main__ import app

    outbound.PACE = float(sys.argv.pop(1))
    listener.PATIENCE = answers.PATIENCE = PATIENCE
    app(prog_name="python -m bot")


if __name__ == "__main__":
    hurry()
