"""A bot in a process of its own, so that neither the platform's work nor another bot's counts."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Protocol

import structlog

PATIENCE = 5.0
"""Seconds in which the process ends by itself."""


class Bot(Protocol):
    """What runs there; it is pickled."""

    def serve(self) -> AbstractAsyncContextManager[object]:
        """Be connected as long as the block lasts."""
        ...


@dataclass(frozen=True)
class Process:
    """A bot that runs."""

    _pipe: Connection

    async def cpu(self) -> float:
        """Return the seconds of processor time that it took so far."""
        self._pipe.send(None)
        seconds: float = await asyncio.to_thread(self._pipe.recv)
        return seconds


@asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[Process]:
    """Run the bot as long as the block lasts; it is connected when the block begins."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(bot, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        await asyncio.to_thread(ours.recv)
        yield Process(ours)
    finally:
        ours.close()
        await asyncio.to_thread(process.join, PATIENCE)
        process.terminate()
        process.join()
        process.close()


def _run(bot: Bot, parent: Connection) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(_serve(bot, parent))


async def _serve(bot: Bot, parent: Connection) -> None:
    """Tell the processor time whenever it is asked for, until the parent closes its end."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        try:
            parent.recv()
            parent.send(time.process_time())
        except (EOFError, OSError):
            loop.remove_reader(parent.fileno())
            over.set()

    async with bot.serve():
        loop.add_reader(parent.fileno(), tell)
        parent.send(None)
        await over.wait()
