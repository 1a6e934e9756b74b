"""Memory that is free again goes back to the system."""

from __future__ import annotations

import ctypes

# As malloc.h of the GNU C library numbers them.
_MMAP_THRESHOLD = -3
_ARENA_MAX = -8
_LARGE = 128 * 1024


def return_memory() -> None:
    """Have the C library give large blocks back at once, and keep one heap for all threads.

    By default it raises what it calls large to 32 MB, and each thread that writes the log anew
    leaves a heap behind: 4 MB more after four months. Does nothing where there is no such library.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGE)
        mallopt(_ARENA_MAX, 1)
