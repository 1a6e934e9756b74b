"""One process at a time writes in a folder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.errors import StoreError, StoreLocked


def lock(folder: Path) -> int:
    """Open the folder and hold it against other processes; return its file descriptor.

    Raises:
        StoreLocked: another process holds it.
        StoreError: it cannot be locked where it lies.
        OSError: it cannot be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise StoreLocked from None
    except OSError as error:
        os.close(descriptor)
        raise StoreError(_unlockable(folder, error)) from error
    return descriptor


def _unlockable(folder: Path, error: OSError) -> str:
    return (
        f"{folder} cannot be locked ({error.strerror}). It may be on a network drive, where a "
        "second program could write unnoticed. Set BRANDWARDEN_DATA_DIR to a folder on a local "
        "disk."
    )
