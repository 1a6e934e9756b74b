"""Places at which a process that handles evidence can be made to die by its own hand.

Each is a moment between two steps that must not come apart: what is on the disk then is exactly
what a SIGKILL there leaves.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.journeys.lives import say

HALF_A_FILE = "half a file was written"
BEFORE_ENTRY = "a file was stored and not entered"
AFTER_KEEP = "a file was kept and in no case"
HALF_AN_ARCHIVE = "half an archive was written"
BEFORE_RENAME = "an archive was whole and had no name"
AFTER_RENAME = "an archive had its name and was not adopted"
BEFORE_ADOPTION = "an archive was in the vault and not entered"
AFTER_ADOPTION = "an archive was adopted and had no PDF"
AFTER_PRINT = "archive and PDF were kept and the report did not know"
BEFORE_POST = "a packet was written down and not posted"
AFTER_POST = "a packet was posted and that not written down"
BEFORE_UNLINK = "a deletion was entered and the bytes were there"
AFTER_FORGET = "bytes were deleted and the job was there"
UNHEARD = "it was done and nobody told"

POINTS = (
    HALF_A_FILE,
    BEFORE_ENTRY,
    AFTER_KEEP,
    HALF_AN_ARCHIVE,
    BEFORE_RENAME,
    AFTER_RENAME,
    BEFORE_ADOPTION,
    AFTER_ADOPTION,
    AFTER_PRINT,
    BEFORE_POST,
    AFTER_POST,
    BEFORE_UNLINK,
    AFTER_FORGET,
    UNHEARD,
)
_BYTES = re.compile(r"[0-9a-f]{64}")

Call = Callable[..., Any]


class Fate:
    """Knows where this life ends, if it ends by its own hand."""

    def __init__(self, point: str, nth: int) -> None:
        """Die when the point is reached for the ``nth`` time."""
        self._point = point
        self._left = nth

    def reached(self, point: str, last_deed: Callable[[], None] = lambda: None) -> None:
        """Die here, if it is here; ``last_deed`` is what had only half come about."""
        if point != self._point:
            return
        self._left -= 1
        if self._left == 0:
            last_deed()
            say(f"died {POINTS.index(point)}")
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Put the points into the vault and into what makes packets."""
        vault = "adapters.capture.files.FileEvidence"
        with ExitStack() as stack:

            def put(where: str, wrapped: Callable[[Call], Call]) -> None:
                module, _, name = where.rpartition(".")
                owner = _found(module)
                stack.enter_context(patch.object(owner, name, wrapped(getattr(owner, name))))

            put("pathlib.Path.replace", self._replace)
            put("pathlib.Path.unlink", self._unlink)
            put("adapters.packets.archive._finish", self._finish)
            put(
                "adapters.capture.custody.CustodyLog.enter",
                lambda real: self._around(real, BEFORE_ENTRY, ""),
            )
            put(f"{vault}._keep", lambda real: self._around(real, "", AFTER_KEEP))
            put(f"{vault}._forget", lambda real: self._around(real, "", AFTER_FORGET))
            put(f"{vault}._adopt", lambda real: self._around(real, "", AFTER_ADOPTION))
            put(
                "bot.features.reports.service.packing.PacketJob._hand_over",
                lambda real: self._around(real, AFTER_PRINT, ""),
            )
            yield

    def _around(self, real: Call, before: str, after: str) -> Call:
        def wrapped(*given: Any) -> Any:
            self.reached(before)
            result = real(*given)
            if not asyncio.iscoroutine(result):
                self.reached(after)
            return result

        return wrapped

    def _replace(self, real: Call) -> Call:
        def replace(source: Path, target: Path) -> Path:
            archive = source.name.endswith(".zip.new")
            if archive:
                self.reached(BEFORE_RENAME)
            elif _BYTES.fullmatch(source.stem):
                size = source.stat().st_size
                self.reached(HALF_A_FILE, lambda: os.truncate(source, size // 2))
            result: Path = real(source, target)
            if archive:
                self.reached(AFTER_RENAME)
            elif source.suffix == ".zip":
                self.reached(BEFORE_ADOPTION)
            return result

        return replace

    def _unlink(self, real: Call) -> Call:
        def unlink(path: Path, missing_ok: bool = False) -> None:
            if _BYTES.fullmatch(path.name):
                self.reached(BEFORE_UNLINK)
            real(path, missing_ok)

        return unlink

    def _finish(self, real: Call) -> Call:
        def finish(file: Any) -> Any:
            def halve() -> None:
                file.flush()
                os.truncate(file.fileno(), file.tell() // 2)

            self.reached(HALF_AN_ARCHIVE, halve)
            return real(file)

        return finish


def _found(name: str) -> Any:
    """Return the module or class of that name."""
    import pkgutil

    return pkgutil.resolve_name(name)
