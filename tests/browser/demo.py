"""``python -m bot demo`` as a person starts it: in a process of its own, which may be killed."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SPEED = "8"
_LINK = re.compile(rb"http://127\.0\.0\.1:\d+/\?token=\S+")


class Demo:
    """A demo on a folder; it can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._environment = os.environ | {
            "BRANDWARDEN_DATA_DIR": str(folder),
            "BRANDWARDEN_WEB_PORT": str(_free_port()),
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> str:
        """Start it and return the link that it prints."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--speed", SPEED),
            cwd=ROOT,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        return await asyncio.wait_for(self._read_link(self._process), PATIENCE)

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            await self._process.wait()
            self._process = None

    async def _read_link(self, process: asyncio.subprocess.Process) -> str:
        assert process.stdout is not None
        printed = b""
        async for line in process.stdout:
            printed += line
            found = _LINK.search(line)
            if found:
                return found[0].decode()
        raise AssertionError(printed.decode())


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[Demo]:
    """A demo that is ended with the block."""
    made = Demo(folder)
    try:
        yield made
    finally:
        await made.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
