"""The demo's folder: who holds it, which world goes on in it, and how it is forgotten."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from bot.bootstrap.application import EVIDENCE, STORE
from bot.errors import StoreLocked, UserError

FILE = "world.json"
"""The world, and the sign that a demo made what lies beside it."""

Aware = Annotated[datetime, msgspec.Meta(tz=True)]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Speed = Annotated[float, msgspec.Meta(ge=0.1, le=100)]


class World(msgspec.Struct, frozen=True):
    """What must be the same when the demo is started again."""

    started_at: Aware
    """When it would have begun, had it always run at this speed."""
    speed: Speed
    port: Port
    """Where the marketplace serves: the links on old cards lead there."""

    def at_speed(self, speed: float, now: datetime) -> World:
        """Return the same world, from now on at another speed."""
        passed = (now - self.started_at) * self.speed
        return msgspec.structs.replace(self, started_at=now - passed / speed, speed=speed)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder and hold it against every other demo.

    Raises:
        StoreLocked: another demo holds it.
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = (
            f"Another demo is running with the data in {folder}. Stop it first, or set "
            "BRANDWARDEN_DATA_DIR to another folder."
        )
        raise StoreLocked(message) from None


def read_world(folder: Path) -> World | None:
    """Return the world that goes on in the folder; None where none does.

    Raises:
        ValueError: what is kept of it cannot be read.
    """
    try:
        content = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return None
    return msgspec.json.decode(content, type=World)


def keep_world(folder: Path, world: World) -> None:
    """Remember the world for the next start; a kill leaves the old or the new one."""
    beside = folder / f"{FILE}.new"
    beside.write_bytes(msgspec.json.encode(world))
    beside.replace(folder / FILE)


def forget(folder: Path) -> None:
    """Delete what a demo made in the folder that is held, and nothing else.

    Raises:
        UserError: the data there is not a demo's.
        OSError: something cannot be deleted.
    """
    made = [folder / name for name in (STORE, EVIDENCE) if (folder / name).exists()]
    if made and not (folder / FILE).exists():
        message = (
            f"The data in {folder} is not from a demo, so --fresh does not delete it. Delete it "
            "yourself, or set BRANDWARDEN_DATA_DIR to another folder."
        )
        raise UserError(message)
    for path in made:
        shutil.rmtree(path)
    # Last, so that what was interrupted can be repeated.
    (folder / FILE).unlink(missing_ok=True)
