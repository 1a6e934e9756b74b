"""A process with all its children: how much memory they have, and their end.

Told by Linux's ``/proc``. Where there is none, memory is not known and counts as nothing.
"""

from __future__ import annotations

import os
import re
import signal
from contextlib import suppress
from pathlib import Path

_OWN = re.compile(r"^Rss(?:Anon|Shmem):\s+(\d+) kB", re.MULTILINE)
"""What is not a file's: the program itself, which all its processes share, is left out."""


def tree(pid: int) -> list[int]:
    """Return the process and its descendants, parents first."""
    found = [pid]
    for each in found:
        for listed in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, listed.read_text("ascii").split())
    return found


def resident(pid: int) -> int:
    """Return the bytes that the process and its descendants have in memory."""
    return sum(map(_resident, tree(pid)))


def end(pid: int) -> None:
    """End the process and its descendants at once."""
    for each in tree(pid):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8", "replace")
    except OSError:
        return 0
    return 1024 * sum(int(found[1]) for found in _OWN.finditer(status))
