"""Memory that is free again goes back to the system, where there is a C library that knows how."""

from __future__ import annotations

import ctypes
import sys

# As malloc.h of the GNU C library numbers them.
_MMAP_THRESHOLD = -3
_ARENA_MAX = -8
_LARGE = 128 * 1024


def return_memory() -> None:
    """Have the C library give large blocks back at once, and keep one heap for all threads.

    By default it raises what it calls large to 32 MB, and each thread that rewrites the log
    leaves a heap behind: 4 MB more after four months.
    """
    _ask("mallopt", _MMAP_THRESHOLD, _LARGE)
    _ask("mallopt", _ARENA_MAX, 1)


def trim_memory() -> None:
    """Give back what is free between blocks that are in use. Blocks, for a few milliseconds."""
    _ask("malloc_trim", 0)


def _ask(name: str, *numbers: int) -> None:
    # Windows cannot be asked for what the program itself was linked with.
    function = None if sys.platform == "win32" else getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*numbers)
