"""Runs Brandwarden on a machine with a fault, which begins when a file of its name is there."""

from __future__ import annotations

import asyncio
import errno
import os
import time
from pathlib import Path
from typing import Any

from bot.__main__ import app
from bot.features.cases.service.waking import Waking

DEAD = Path("dead-disk")
"""Nothing that is written can be made durable."""
BUSY = Path("busy-thread")
"""A thread works for much longer than anybody waits for an end."""
WORKS = Path("works")
"""Is there while such a thread works."""
LONG = 60.0

_sync, _tick = os.fdatasync, Waking.tick


def sync(descriptor: int) -> None:
    if DEAD.exists():
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    _sync(descriptor)


def think() -> None:
    WORKS.touch()
    time.sleep(LONG)


def busy() -> bool:
    return BUSY.exists()


async def tick(waking: Waking, key: str = "") -> None:
    await (asyncio.to_thread(think) if busy() else _tick(waking, key))


if __name__ == "__main__":
    faulty: Any = (os, Waking)
    faulty[0].fdatasync, faulty[1].tick = sync, tick
    app()
